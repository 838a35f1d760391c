"""What a step through the door costs beside a bare locked UPDATE with one history row, commits included."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from app.clock import now
from app.db import db, unit_of_work
from app.people import queries as people
from app.steps.actions import take
from app.tasks.models import Task
from tests import story
from tests.cast import Cast

ROUNDS = 60
HISTORY = sa.table("bench_history", sa.column("task_id"), sa.column("step"), sa.column("at"), sa.column("said"))


def figures(dialect: str) -> Iterator[dict[str, Any]]:
    """The ratio of the medians; both sides commit each time on the same database."""
    with unit_of_work():
        db.session.execute(sa.text("CREATE TABLE bench_history (task_id INT, step TEXT, at TEXT, said TEXT)"))
    ids = [_issued() for _round in range(ROUNDS)]
    bare = _median(_bare_step, ids)
    door = _median(_step, ids)
    yield {"name": f"door_step_{dialect}_ms", "value": round(door * 1000, 2), "unit": "ms"}
    yield {"name": f"bare_update_{dialect}_ms", "value": round(bare * 1000, 2), "unit": "ms"}
    yield {"name": f"door_step_{dialect}", "value": round(door / bare, 2), "unit": "x bare", "limit": 2.0,
           "holds": door <= 2.0 * bare}  # fmt: skip


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
