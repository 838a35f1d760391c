"""What a step through the door costs beside a bare locked UPDATE with one history row, commits included.

Both sides run on the same database with the durability that people run (see `stage`), read the person who acts
and the one she names by their ids, and read the task under its lock; the bare side then writes the new state and
one row of history with five Core statements, the door does everything that the law asks. They take turns.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterator

import sqlalchemy as sa

from app.clock import now
from app.db import db, unit_of_work
from app.people.models import Person
from app.people.queries import by_login, one_seated
from app.steps.actions import take
from app.tasks import queries
from app.tasks.models import Task
from bench.measuring import Figure
from bench.stage import staged
from tests import story
from tests.cast import Cast

WARM, ROUNDS, LIMIT = 10, 100, 2.0
HISTORY = sa.Table(
    "bench_history", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("task_id", sa.Integer),
    sa.Column("at", sa.DateTime(timezone=True)), sa.Column("actor_id", sa.Integer), sa.Column("actor", sa.String),
    sa.Column("step", sa.String), sa.Column("state_before", sa.String), sa.Column("said", sa.JSON),
)  # fmt: skip
ONE = sa.select(Person).where(Person.id == sa.bindparam("of"))
TASKS, PERSONS = Task.__table__, Person.__table__


def figures() -> Iterator[Figure]:
    """The ratio of the medians on both databases."""
    for name in os.environ.get("BENCH_DB", "sqlite,postgresql").split(","):
        with staged(name):
            bare, door = measured()
            yield Figure(f"door_step_{name}", door / bare, "x bare", LIMIT)


def measured(clock: Callable[[], float] = time.perf_counter) -> tuple[float, float]:
    """Median seconds of a bare step and of one through the door."""
    HISTORY.create(db.engine)
    with unit_of_work():
        actor, owner = (by_login(login).id for login in ("head", "owner"))  # type: ignore[union-attr]
    rounds = [(_issued(), _issued()) for _round in range(WARM + ROUNDS)]
    gc.collect()
    gc.freeze()
    took = [(_timed(clock, bare_step, one, actor, owner), _timed(clock, step, two, actor, owner))
            for one, two in rounds][WARM:]  # fmt: skip
    gc.unfreeze()
    return statistics.median(bare for bare, _door in took), statistics.median(door for _bare, door in took)


def _issued() -> int:
    with unit_of_work():
        return int(story.issued(Cast()).task.id)


def _timed(clock: Callable[[], float], act: Callable[[int, int, int], None], *given: int) -> float:
    db.session.remove()
    start = clock()
    act(*given)
    return clock() - start


def bare_step(task_id: int, actor_id: int, owner_id: int) -> None:
    """The same change without a house around it."""
    with unit_of_work():
        connection = db.session.connection()
        actor = connection.execute(sa.select(PERSONS).where(PERSONS.c.id == actor_id)).one()
        owner = connection.execute(sa.select(PERSONS).where(PERSONS.c.id == owner_id)).one()
        task = connection.execute(sa.select(TASKS).where(TASKS.c.id == task_id).with_for_update()).one()
        put = {"state": "planning", "owner_id": owner.id, "version": task.version + 1}
        connection.execute(sa.update(TASKS).where(TASKS.c.id == task_id, TASKS.c.version == task.version).values(put))
        row = {"task_id": task_id, "at": now(), "actor_id": actor.id, "actor": actor.name, "step": "acknowledge",
               "state_before": task.state, "said": {"owner": owner.name}}  # fmt: skip
        connection.execute(sa.insert(HISTORY).values(row))


def step(task_id: int, actor_id: int, owner_id: int) -> None:
    """One step through the door."""
    with unit_of_work():
        actor, owner = one_seated(actor_id), db.session.scalars(ONE, {"of": owner_id}).one()
        take(queries.get(actor, task_id), "acknowledge", actor, now=now(), owner=owner)  # type: ignore[arg-type]
