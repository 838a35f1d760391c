"""What the tick asks: who is due, how each wait stands, what was climbed, and who fills which post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import selectinload

from app.db import db
from app.escalations.models import Climb, Ladder, LadderChoice
from app.escalations.watches import Gap
from app.people.models import Deputy, Person, Post
from app.people.queries import holding
from app.pouring import among
from app.tasks.models import Party, Task, Wait
from app.units.models import Unit
from workflows.roles import Role

BESIDE = (Role.REVIEWER, Role.INSPECTOR, Role.LEADER)


def due(now: datetime, limit: int) -> list[int]:
    """The tasks whose alarm has rung, the longest ago first."""
    found = select(Task.id).where(Task.open, Task.alarm_at <= now).order_by(Task.alarm_at, Task.id).limit(limit)
    return list(db.session.scalars(found))


def locked(ids: list[int], now: datetime) -> list[int]:
    """Those of them that are still due and that nobody else is looking at, locked until the transaction ends."""
    found = select(Task.id).where(Task.id.in_(among(ids)), Task.open, Task.alarm_at <= now).order_by(Task.id)
    return list(db.session.scalars(found.with_for_update(skip_locked=True)))


def standing() -> Any:
    """How open tasks stand: what the ladder looks at, with the open wait of each."""
    return (
        select(
            Task.id, Task.kind, Task.number, Task.state, Task.level, Task.unit_path, Task.issuer_unit_id, Task.weight,
            Task.issued_at, Task.entry_seq, Task.entry_head, Wait.id.label("wait_id"), Wait.role,
            Wait.unit_id.label("held_in"), Wait.post, Wait.person_id, Wait.started_at, Wait.until,
        )
        .join(Wait, (Wait.task_id == Task.id) & Wait.ended_at.is_(None))
        .where(Task.open)
    )  # fmt: skip


def looked_at(ids: list[int]) -> list[Row[Any]]:
    """Those tasks as they stand."""
    return list(db.session.connection().execute(standing().where(Task.id.in_(among(ids))).order_by(Task.id)).all())


def open_after(task_id: int, limit: int, *, without_alarm: bool = False) -> list[Row[Any]]:
    """Open tasks as they stand, page by page, for a look that changes nothing."""
    found = standing().where(Task.id > task_id).order_by(Task.id).limit(limit)
    return list(db.session.execute(found.where(Task.alarm_at.is_(None)) if without_alarm else found))


def climbed(waits: list[int]) -> dict[int, list[Row[Any]]]:
    """What was climbed for each of those waits."""
    found = select(
        Climb.id, Climb.wait_id, Climb.rung_id, Climb.days, Climb.kind, Climb.until, Climb.held_until, Climb.grace_until
    ).where(Climb.wait_id.in_(among(waits)))
    return _by_first(db.session.connection().execute(found.order_by(Climb.wait_id, Climb.days)).all(), 1)


def extensions(tasks: list[int]) -> dict[int, tuple[bool, datetime | None]]:
    """For each finding that asked for more time: whether that is undecided, and when it was last decided."""
    undecided = func.max(func.coalesce(Task.closed_at, _FOREVER))
    found = (
        select(Task.parent_id, undecided, func.max(Task.closed_at))
        .where(Task.kind == "extension", Task.parent_id.in_(among(tasks)))
        .group_by(Task.parent_id)
    )
    return {row[0]: (row[1].year == _FOREVER.year, row[2]) for row in db.session.execute(found) if row[0]}


_FOREVER = datetime.fromisoformat("9999-12-30T00:00:00+00:00")


def parties(tasks: Iterable[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Reviewers, inspectors and leaders of those tasks: role, unit, post, person."""
    found = (
        select(Party.task_id, Party.role, Party.unit_id, Party.post, Party.person_id)
        .where(Party.task_id.in_(among(tasks)), Party.until.is_(None), Party.role.in_(BESIDE))
        .order_by(Party.id)
    )
    beside: dict[int, list[tuple[Any, ...]]] = {}
    for row in db.session.connection().execute(found):
        beside.setdefault(row[0], []).append(tuple(row[1:]))
    return beside


def _by_first(rows: Iterable[Any], at: int) -> dict[int, list[Row[Any]]]:
    gathered: dict[int, list[Row[Any]]] = {}
    for row in rows:
        gathered.setdefault(row[at], []).append(row)
    return gathered


def lines_of(units: Iterable[int]) -> tuple[dict[int, list[int]], set[int], set[int]]:
    """Each of those units with the units above it, itself first; which have no account, and which have a head."""
    rows = db.session.execute(
        select(Unit.id, Unit.path, Unit.kind, Unit.has_account).where(Unit.id.in_(list(units)))
    ).all()
    lines = {row.id: [int(part) for part in reversed(row.path.strip("/").split("/"))] for row in rows}
    headed = {row.id for row in rows if row.kind in ("school", "other")}
    return lines, {row.id for row in rows if not row.has_account}, headed


def posts_held(units: Iterable[int], day: date) -> dict[tuple[int, str], list[int]]:
    """Who holds which post in those units on that day; the longest in post first."""
    found = select(Post.unit_id, Post.kind, Post.person_id).where(Post.unit_id.in_(list(units)), holding(day))
    held: dict[tuple[int, str], list[int]] = {}
    for unit, kind, person in db.session.execute(found.order_by(Post.starts_on, Post.id)):
        held.setdefault((unit, kind), []).append(person)
    return held


def active(persons: Iterable[int]) -> set[int]:
    """Those of them who can still sign in."""
    return set(db.session.scalars(select(Person.id).where(Person.id.in_(list(persons)), Person.active)))


def deputies(persons: Iterable[int], day: date) -> dict[int, list[int]]:
    """Who stands in for each of them on that day."""
    found = (
        select(Deputy.person_id, Deputy.deputy_id)
        .join(Person, Person.id == Deputy.deputy_id)
        .where(Deputy.person_id.in_(list(persons)), Person.active, Deputy.starts_on <= day, Deputy.ends_on >= day)
    )
    standing_in: dict[int, list[int]] = {}
    for person, deputy in db.session.execute(found.order_by(Deputy.id)):
        standing_in.setdefault(person, []).append(deputy)
    return standing_in


def ladders() -> list[Ladder]:
    """Every ladder with its rungs."""
    return list(db.session.scalars(select(Ladder).options(selectinload(Ladder.rungs)).order_by(Ladder.id)))


def choices() -> list[LadderChoice]:
    """Which ladder holds where."""
    return list(db.session.scalars(select(LadderChoice).order_by(LadderChoice.id)))


def gaps() -> list[Gap]:
    """The times in which nobody ticked."""
    return list(db.session.scalars(select(Gap).order_by(Gap.from_at)))
