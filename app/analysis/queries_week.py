"""How it stood at an earlier moment: open, overdue and due by Sunday, read from the waits and dates of then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, or_, select

from app.clock import day_of
from app.db import db
from app.people.models import Person
from app.tasks.due import DueDate
from app.tasks.entries import Entry
from app.tasks.models import Task, Wait
from app.tasks.queries import visible_to


def stood(viewer: Person, at: datetime) -> tuple[int, int, int]:
    """Open, overdue, and due by that week's Sunday, of what she may see now; one statement."""
    day, then = day_of(at), _standing(viewer, at)
    sunday, running = day + timedelta(days=6 - day.weekday()), then.c.state != "verifying"
    late = func.sum(case((running & (then.c.due < day), 1), else_=0))
    near = func.sum(case((running & then.c.due.between(day, sunday), 1), else_=0))
    row = db.session.execute(select(func.count(), late, near).select_from(then)).one()
    return row[0], int(row[1] or 0), int(row[2] or 0)


def _standing(viewer: Person, at: datetime) -> Any:
    """Every finding under way at that moment: the state it was in, and the date promised then."""
    due = (
        select(DueDate.on)
        .join(Entry, (Entry.task_id == DueDate.task_id) & (Entry.seq == DueDate.entry_seq))
        .where(DueDate.task_id == Task.id, Entry.at <= at)
        .order_by(DueDate.id.desc())
        .limit(1)
        .correlate(Task)
        .scalar_subquery()
    )
    issuing = [seat.unit_id for seat in viewer.seats if seat.kind == "inspector"]
    return (
        select(Wait.state, due.label("due"))
        .join(Task, Task.id == Wait.task_id)
        .where(
            Task.kind == "finding", Wait.started_at <= at, or_(Wait.ended_at.is_(None), Wait.ended_at > at),
            or_(Wait.state != "draft", Task.issuer_unit_id.in_(issuing)), visible_to(viewer),
        )
        .subquery()
    )  # fmt: skip
