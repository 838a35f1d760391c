"""Sending what a step changed: one UPDATE that hits only the version that was read, and locks its row.

The unit of work weighs every relation of the house before it writes a single row, which costs more than all
statements of a step together. So a task and who newly stands in a relation to it are sent straight away;
whenever more than that was changed, the session flushes as ever. Entries and waits are written past the
session too: what it holds of them is read anew when somebody looks.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from app.db import db, table_of
from app.entering import enter, enter_all, only
from app.pouring import Ready
from app.tasks.models import Party, Task
from app.tasks.touching import flush, lost_the_race, racing

TASKS, PARTIES = table_of(Task), table_of(Party)
COLUMNS = frozenset(column.key for column in sa.inspect(Task).column_attrs)
ATTRIBUTES = frozenset(sa.inspect(Task).attrs.keys())
GROWING = frozenset({"parties", "due_dates"})  # what a step adds to
LISTS = frozenset(relation.key for relation in sa.inspect(Task).relationships if relation.uselist)
ENTER = Ready(sa.insert(PARTIES), PARTIES.c.keys()[1:])
WRITTEN = ("entries", "waits")


def send(task: Task) -> None:
    """Write what changed on `task`; raises OutOfTurn when somebody else was faster."""
    session, changed = db.session(), ATTRIBUTES - sa.inspect(task).unmodified
    if not _alone(session, task) or not changed <= COLUMNS | {"parties"}:
        flush()
        look_anew(session, task)
        return
    _update(task, changed & COLUMNS)
    new = [party for party in session.new if isinstance(party, Party)]
    if new:
        _enter(session, task, new)
    look_anew(session, task)
    _settle(session, task, but={"parties"} if new else ())


def send_all(tasks: Sequence[Task]) -> None:
    """The same for many: what changed alike in one statement, what is new of a kind in one."""
    session, told = db.session(), {id(task): ATTRIBUTES - sa.inspect(task).unmodified for task in tasks}
    if not _only_theirs(session, told) or any(not names <= COLUMNS | GROWING for names in told.values()):
        flush()
        return
    alike: dict[frozenset[str], list[Task]] = {}
    for task in tasks:
        alike.setdefault(told[id(task)] & COLUMNS, []).append(task)
    for names, group in alike.items():
        _update_all(group, names)
    _enter_all(session, sorted(session.new, key=lambda one: type(one).__name__))
    for task in tasks:
        _settle(session, task, but=told[id(task)] & GROWING)


def _only_theirs(session: Session, tasks: Container[int]) -> bool:
    """Whether nothing but these tasks and what newly hangs on them waits to be written, and no savepoint is open."""
    ours = all(id(getattr(new, "task", None)) in tasks for new in session.new)
    rest = session.deleted or session.in_nested_transaction() or any(id(dirty) not in tasks for dirty in session.dirty)
    return ours and not rest


def _update_all(tasks: Sequence[Task], changed: frozenset[str]) -> None:
    rows = [_row_of(task, changed) for task in tasks]
    with racing():
        hit = _updating(changed).send_all(rows)
    if hit != len(rows):
        raise lost_the_race()
    for task in tasks:
        set_committed_value(task, "version", task.version + 1)


def _enter_all(session: Session, new: Sequence[Any]) -> None:
    for _kind, alike in groupby(new, type):
        fresh = list(alike)
        for one in fresh:
            session.expunge(one)
        enter_all(fresh)


def send_new(subject: Any) -> None:
    """Write a new task, who stands in a relation to it, and what it is about."""
    task: Task = subject.task
    parties = vars(task).get("parties", ())
    if only(task, *parties, subject):
        enter(task, *parties, subject)
    else:
        db.session.add(subject)
        flush()


def give_up(task: Task) -> None:
    """Forget what was changed on `task`, and what is new about it, before any of it is sent."""
    session = db.session()
    for new in [new for new in session.new if getattr(new, "task", None) is task]:
        session.expunge(new)
    for held in (*vars(task).get("parties", ()), task):
        if held in session:
            session.expire(held)


def _alone(session: Session, task: Task) -> bool:
    """Whether nothing but this task and its new parties waits to be written, and all of it or nothing will stay."""
    ours = all(isinstance(new, Party) and new.task is task for new in session.new)
    rest = session.deleted or session.in_nested_transaction() or any(dirty is not task for dirty in session.dirty)
    return ours and not rest


def _update(task: Task, changed: frozenset[str]) -> None:
    with racing():
        sent = _updating(changed).send(_row_of(task, changed))
    if sent.rowcount != 1:
        raise lost_the_race()
    set_committed_value(task, "version", task.version + 1)


def _row_of(task: Task, changed: frozenset[str]) -> dict[str, Any]:
    values = {name: vars(task)[name] for name in changed}
    return values | {"of": task.id, "seen": task.version, "version": task.version + 1}


@lru_cache
def _updating(names: frozenset[str]) -> Ready:
    where = TASKS.c.id == sa.bindparam("of"), TASKS.c.version == sa.bindparam("seen")
    put: dict[str, Any] = {name: sa.bindparam(name) for name in sorted(names | {"version"})}
    return Ready(sa.update(TASKS).where(*where).values(put))


def _enter(session: Session, task: Task, parties: list[Party]) -> None:
    said = [{column: vars(party).get(column) for column in PARTIES.c.keys()[1:]} for party in parties]
    for party in parties:
        session.expunge(party)
    for row in said:
        ENTER.send(row | {"task_id": task.id, "level": row["level"] or 0})


def look_anew(session: Session, task: Task) -> None:
    """What was written of it past the session is read when somebody looks."""
    for wait in vars(task).get("waits", ()):
        session.expire(wait)
    session.expire(task, WRITTEN)


def _settle(session: Session, task: Task, but: Container[str]) -> None:
    """What we hold is now what is stored, so the session has nothing left to write; `but` is read anew."""
    held = {name: value for name, value in vars(task).items() if name in ATTRIBUTES and name not in but}
    session.expire(task)
    lists = {name: held.pop(name) for name in LISTS & held.keys()}
    vars(task).update(held)
    for name, value in {**lists, "version": held["version"]}.items():  # the last says that it is not expired
        set_committed_value(task, name, value)
