"""Reckoning open waits anew after calendars or settings changed: looked at first, then one recorded act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, select, update

from app.calendars.queries import calendar_between
from app.db import db
from app.people.models import Person
from app.tasks import chronicle, clocks
from app.tasks.chronicle import Note
from app.tasks.models import Task, Wait
from app.tasks.waiting import WAITS, until

PAGE = 500
WHOLE = date(2000, 1, 1), date(2100, 1, 1)


class Change(NamedTuple):
    """A wait that would end at another moment."""

    row: Row[Any]
    before: datetime | None
    after: datetime | None


def changes() -> Iterator[Change]:
    """Every open wait that would end otherwise if it were reckoned today; changes nothing."""
    calendar, allowed, last = calendar_between(*WHOLE), clocks.for_all(), 0
    while rows := _page(last):
        for row in rows:
            own = allowed(row)
            after = until(row, own, row.started_at, calendar) if own else None
            if after != row.until:
                yield Change(row, row.until, after)
        last = rows[-1].id


def _page(after: int) -> list[Row[Any]]:
    found = (
        select(
            Task.id, Task.kind, Task.number, Task.state, Task.level, Task.track, Task.weight, Task.due_on,
            Task.submitted_at, Task.issued_at, Task.entry_seq, Task.entry_head, Wait.id.label("wait_id"),
            Wait.started_at, Wait.until, Wait.person_id,
        )
        .join(Wait, (Wait.task_id == Task.id) & Wait.ended_at.is_(None))
        .where(Task.open, Task.id > after)
        .order_by(Task.id)
        .limit(PAGE)
    )  # fmt: skip
    return list(db.session.execute(found))


def reckon(actor: Person, why: str, now: datetime) -> int:
    """Let every open wait end as it would today; each task keeps an entry of what it was. Returns how many moved."""
    found = list(changes())
    locked = select(Task.id).where(Task.id.in_([one.row.id for one in found])).order_by(Task.id).with_for_update()
    db.session.scalars(locked).all()
    if found:
        ends = [{"wait": one.row.wait_id, "end": one.after} for one in found]
        moved = update(WAITS).where(WAITS.c.id == bindparam("wait")).values(until=bindparam("end"))
        db.session.connection().execute(moved, ends)
        chronicle.append([_note(one, actor, why) for one in found], now)
        _look_again([one.row.id for one in found], now)
    return len(found)


def _look_again(tasks: list[int], now: datetime) -> None:
    db.session.connection().execute(update(Task).where(Task.id.in_(tasks)).values(alarm_at=now))


def _note(one: Change, actor: Person, why: str) -> Note:
    seat = next(iter(actor.seats), None)
    by = {"actor_id": actor.id, "actor_name": actor.name, "actor_post": seat.title if seat else "",
          "actor_unit": seat.unit_name if seat else ""}  # fmt: skip
    facts = {"ended": _spelled(one.before), "ends": _spelled(one.after), "why": why}
    told = {one.row.person_id} - {None, actor.id}
    row = one.row
    return Note(row.id, row.state, row.level, row.entry_seq, row.entry_head, "reckon", facts, told, by)


def _spelled(at: datetime | None) -> str:
    return at.isoformat() if at else ""
