"""What a step through the door costs beside a bare locked UPDATE with one history row, commits included."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator

import sqlalchemy as sa

from app.clock import now
from app.db import db, unit_of_work
from app.people import queries as people
from app.steps.actions import take
from app.tasks.models import Task
from bench.measuring import Figure
from bench.stage import staged
from tests import story
from tests.cast import Cast

ROUNDS, LIMIT = 60, 2.0
HISTORY = sa.table("bench_history", sa.column("task_id"), sa.column("step"), sa.column("at"), sa.column("said"))


def figures() -> Iterator[Figure]:
    """The ratio of the medians on both databases; both sides commit each time on the same one."""
    for name in os.environ.get("BENCH_DB", "sqlite,postgresql").split(","):
        with staged(name):
            yield _measured(name)


def _measured(name: str) -> Figure:
    with unit_of_work():
        db.session.execute(sa.text("CREATE TABLE bench_history (task_id INT, step TEXT, at TEXT, said TEXT)"))
    ids = [_issued() for _round in range(ROUNDS)]
    bare, door = _median(_bare_step, ids), _median(_step, ids)
    return Figure(f"door_step_{name}", door / bare, "x bare", LIMIT)


def _issued() -> int:
    with unit_of_work():
        return int(story.issued(Cast()).task.id)


def _median(act: Callable[[int], None], ids: list[int]) -> float:
    took = []
    for task_id in ids:
        db.session.remove()
        start = time.perf_counter()
        act(task_id)
        took.append(time.perf_counter() - start)
    return statistics.median(took[5:])


def _bare_step(task_id: int) -> None:
    with unit_of_work():
        found = sa.select(Task.version).where(Task.id == task_id).with_for_update()
        version = db.session.scalar(found)
        db.session.execute(sa.update(Task).where(Task.id == task_id).values(version=version))
        row = {"task_id": task_id, "step": "acknowledge", "at": now().isoformat(), "said": "签收"}
        db.session.execute(sa.insert(HISTORY).values(row))


def _step(task_id: int) -> None:
    with unit_of_work():
        head = people.by_login("head")
        owner = people.by_login("owner")
        take(db.session.get_one(Task, task_id), "acknowledge", head, now=now(), owner=owner)
