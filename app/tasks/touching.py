"""Telling other tasks that something they rest on changed, so that a decision under way notices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import bindparam, inspect, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from app.db import db, table_of
from app.pouring import Ready, among
from app.tasks.models import Task
from app.tasks.refusals import OutOfTurn
from workflows.grammar import say

TASKS = table_of(Task)
RAISE = Ready(
    update(TASKS).where(TASKS.c.id == bindparam("of"), TASKS.c.version == bindparam("seen"))
    .values(version=bindparam("version"))
)  # fmt: skip
HELD = Ready(select(TASKS.c.version).where(TASKS.c.id == bindparam("of")).with_for_update())
COLUMNS = [column.key for column in inspect(Task).column_attrs]
DEADLOCKS = {"40P01", "40001"}  # PostgreSQL gave way to the other side


def touch(tasks: Iterable[Task]) -> None:
    """Lock the tasks in the order of their ids and raise their versions."""
    session = db.session()
    for task in sorted(tasks, key=lambda task: task.id):
        if session.is_modified(task):
            flush()
        else:
            _raise_version(task)


def _raise_version(task: Task) -> None:
    with racing():
        sent = RAISE.send({"of": task.id, "seen": task.version, "version": task.version + 1})
    if sent.rowcount != 1:
        raise lost_the_race()
    set_committed_value(task, "version", task.version + 1)


def hold(task: Task) -> None:
    """Have the task for oneself as it is now, and who stands where if it changed, until the transaction ends."""
    if HELD.send({"of": task.id}).scalar() != task.version:
        db.session.refresh(task, COLUMNS)
        db.session.expire(task, ["parties", "waits"])


def hold_all(tasks: Sequence[Task]) -> None:
    """The same for many, locked in the order of their ids."""
    held = select(TASKS.c.id, TASKS.c.version).where(TASKS.c.id.in_(among(task.id for task in tasks)))
    with racing():
        rows = db.session.connection().execute(held.order_by(TASKS.c.id).with_for_update())
        versions = {row.id: row.version for row in rows}
    for task in tasks:
        if versions.get(task.id) != task.version:
            db.session.refresh(task, COLUMNS)
            db.session.expire(task, ["parties", "waits"])


def flush() -> None:
    """Send what was changed."""
    with racing():
        db.session.flush()


@contextmanager
def racing() -> Iterator[None]:
    """A race that somebody else won surfaces here, inside the view, and becomes a refusal."""
    try:
        yield
    except StaleDataError as lost:
        raise lost_the_race() from lost
    except OperationalError as lost:
        if getattr(lost.orig, "sqlstate", None) not in DEADLOCKS:
            raise
        raise lost_the_race() from lost


def lost_the_race() -> OutOfTurn:
    """Told to whoever came second."""
    return OutOfTurn(say("Somebody else was faster. What you typed is kept below; look at what changed and try again."))
