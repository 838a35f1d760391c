"""What a viewer may see of tasks, what waits on her, and what is late: one predicate each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.db import db
from app.people.models import SUPERVISING, Person, Seat
from app.pouring import among
from app.tasks.entries import Entry, Listener
from app.tasks.models import Party, Task, Wait
from app.units.models import end_of_range
from workflows.roles import Role

SEEING = SUPERVISING | {"head"}
DECIDED = ("circular", "order", "talk")  # a leader decides their drafts, so she sees them


def within(path: str) -> ColumnElement[bool]:
    """Tasks whose responsible unit lies at or below `path`."""
    return and_(Task.unit_path >= path, Task.unit_path < end_of_range(path))


def is_overdue(day: date) -> ColumnElement[bool]:
    """Open, not submitted, and past the unit's due date."""
    return and_(Task.open, Task.submitted_at.is_(None), Task.due_on < day)


def is_due_between(first: date, last: date) -> ColumnElement[bool]:
    """Open, not submitted, and due within those days."""
    return and_(Task.open, Task.submitted_at.is_(None), Task.due_on.between(first, last))


def is_returned() -> ColumnElement[bool]:
    """Sent back by verification and not yet submitted again."""
    return and_(Task.open, Task.submitted_at.is_(None), Task.returns > 0)


def is_step_late(now: datetime) -> ColumnElement[bool]:
    """An open wait past its end: late in its holder's name."""
    return and_(Wait.ended_at.is_(None), Wait.until < now)


def visible_to(viewer: Person) -> ColumnElement[bool]:
    """What her posts reach once it is issued, what her unit issues, and where she is a party."""
    return seen_from(viewer.seats, viewer.identities)


@lru_cache(maxsize=1000)
def seen_from(seats: tuple[Seat, ...], identities: frozenset[int]) -> ColumnElement[bool]:
    """What is visible from those seats; put together once, for who sits there asks it all day."""
    issuing = [seat.unit_id for seat in seats if seat.kind == "inspector"]
    leads = any(seat.kind == "leader" for seat in seats)
    ranges = [within(reach) for reach in _reaches(seats)]
    return or_(
        and_(Task.issued_at.is_not(None), or_(*ranges, is_party(seats, identities))),
        Task.issuer_unit_id.in_(issuing) if issuing else false(),
        and_(Task.kind.in_(DECIDED), is_party(seats, identities, Party.role == Role.LEADER)) if leads else false(),
    )


def _reaches(seats: Iterable[Seat]) -> list[str]:
    """The shortest paths that cover everything those posts reach; a head sees what concerns her unit."""
    paths = sorted({s.reach if s.kind in SUPERVISING else s.path for s in seats if s.kind in SEEING})
    return [path for path in paths if not any(path != other and path.startswith(other) for other in paths)]


def is_party(seats: Iterable[Seat], identities: frozenset[int], *but: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether somebody of that name, formerly too, or a post among those stands in a relation to the task.

    Looked up task by task: gathered first, the parties of a busy post are as many as all findings.
    """
    posts = [and_(Party.unit_id == s.unit_id, Party.post == s.kind, Party.until.is_(None)) for s in seats]
    stands = or_(*(Party.person_id == person for person in sorted(identities)), *posts)
    looked_up = select(Party.id).where(Party.task_id == Task.id, stands, *but).correlate(Task)
    return looked_up.limit(1).scalar_subquery().is_not(None)


def get(viewer: Person, task_id: int) -> Task | None:
    """The task with that id if she may see it, and who stands in which relation to it."""
    found = db.session.scalars(_one_seen_from(viewer.seats, viewer.identities), {"of": task_id})
    return found.unique().one_or_none()


@lru_cache(maxsize=1000)
def _one_seen_from(seats: tuple[Seat, ...], identities: frozenset[int]) -> Select[Task]:
    seen = seen_from(seats, identities)
    return select(Task).where(Task.id == bindparam("of"), seen).options(joinedload(Task.parties))


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


def entries(viewer: Person, ids: Iterable[int]) -> list[Entry]:
    """The entries with those ids of tasks she may see, in order."""
    known = [number for number in ids if 0 < number < 2**31][:200]
    found = select(Entry).join(Task).where(Entry.id.in_(known), visible_to(viewer)).options(contains_eager(Entry.task))
    return list(db.session.scalars(found.order_by(Entry.id)))


def history(task: Task) -> list[Entry]:
    """All entries of a task in order."""
    return list(db.session.scalars(select(Entry).where(Entry.task_id == task.id).order_by(Entry.seq)))


def urged_since(moment: datetime, tasks: Iterable[int]) -> set[int]:
    """Those of the tasks that somebody, or the ladder, urged after that moment."""
    urged = select(Entry.task_id).where(Entry.task_id.in_(among(tasks)), Entry.step == "urge", Entry.at > moment)
    return set(db.session.scalars(urged))


def is_urged_since(moment: datetime) -> ColumnElement[bool]:
    """Whether somebody, or the ladder, urged it after that moment."""
    return exists().where(Entry.task_id == Task.id, Entry.step == "urge", Entry.at > moment)


def is_taken_since(step: str, actor: Person, moment: datetime) -> ColumnElement[bool]:
    """Whether she took that step with it after that moment."""
    hers = Entry.task_id == Task.id, Entry.step == step, Entry.actor_id == actor.id
    return exists().where(*hers, Entry.at > moment)
