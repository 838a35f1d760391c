"""What a viewer may see of tasks, what waits on her, and what is late: one predicate each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import selectinload

from app.db import db
from app.people.models import SUPERVISING, Person
from app.tasks.entries import Entry, Listener
from app.tasks.models import Party, Task, Wait
from app.units.models import end_of_range


def within(path: str) -> ColumnElement[bool]:
    """Tasks whose responsible unit lies at or below `path`."""
    return and_(Task.unit_path >= path, Task.unit_path < end_of_range(path))


def is_overdue(day: date) -> ColumnElement[bool]:
    """Open, not submitted, and past the unit's due date."""
    return and_(Task.open, Task.submitted_at.is_(None), Task.due_on < day)


def is_step_late(now: datetime) -> ColumnElement[bool]:
    """An open wait past its end: late in its holder's name."""
    return and_(Wait.ended_at.is_(None), Wait.until < now)


def visible_to(viewer: Person) -> ColumnElement[bool]:
    """What her posts reach once it is issued, what her unit issues, and where she is a party."""
    issuing = [seat.unit_id for seat in viewer.seats if seat.kind == "inspector"]
    ranges = [within(reach) for reach in _reaches(viewer)]
    return or_(
        and_(Task.issued_at.is_not(None), or_(*ranges, Task.id.in_(party_to(viewer)))),
        Task.issuer_unit_id.in_(issuing) if issuing else false(),
    )


def _reaches(viewer: Person) -> list[str]:
    """The shortest paths that cover everything her posts reach."""
    paths = sorted({s.reach for s in viewer.seats if s.kind in SUPERVISING} | own_units(viewer))
    return [path for path in paths if not any(path != other and path.startswith(other) for other in paths)]


def own_units(viewer: Person) -> set[str]:
    """Paths of the units she heads: a head sees what concerns her unit."""
    return {seat.path for seat in viewer.seats if seat.kind == "head"}


def party_to(viewer: Person) -> Select[int]:
    """Ids of the tasks in which she, or a post she fills, stands in any relation, former ones included for persons."""
    seats = [and_(Party.unit_id == s.unit_id, Party.post == s.kind, Party.until.is_(None)) for s in viewer.seats]
    return select(Party.task_id).where(or_(Party.person_id.in_(viewer.identities), *seats))


def get(viewer: Person, task_id: int) -> Task | None:
    """The task with that id if she may see it, with what a page needs of it."""
    found = select(Task).where(Task.id == task_id, visible_to(viewer)).options(*WHOLE)
    return db.session.scalar(found)


WHOLE: tuple[Any, ...] = (
    selectinload(Task.parties),
    selectinload(Task.waits),
    selectinload(Task.due_dates),
)


def waits_on(viewer: Person) -> ColumnElement[bool]:
    """Open waits in her hands: named, or of a post she fills and nobody is named."""
    seats = [and_(Wait.unit_id == s.unit_id, Wait.post == s.kind, Wait.person_id.is_(None)) for s in viewer.seats]
    return and_(Wait.ended_at.is_(None), or_(Wait.person_id.in_(viewer.identities), *seats))


def unread(viewer: Person) -> int:
    """How many entries she has been told of and has not read."""
    told = Listener.person_id.in_(viewer.identities), Listener.read_at.is_(None)
    return db.session.scalar(select(func.count()).select_from(Listener).where(*told)) or 0


def inbox(viewer: Person, limit: int = 50, before: int | None = None) -> list[Listener]:
    """What she has been told, newest first."""
    told = (
        select(Listener)
        .join(Entry)
        .where(Listener.person_id.in_(viewer.identities))
        .options(selectinload(Listener.entry).joinedload(Entry.task))
        .order_by(Listener.entry_id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(told.where(Listener.entry_id < before) if before else told))


def history(task: Task) -> list[Entry]:
    """All entries of a task in order."""
    return list(db.session.scalars(select(Entry).where(Entry.task_id == task.id).order_by(Entry.seq)))
