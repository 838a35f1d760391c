"""What a unit's page shows: its numbers, its findings and what happened lately, as the viewer may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.db import db
from app.findings.models import Finding
from app.people.models import Person
from app.tasks.entries import Entry
from app.tasks.models import Task
from app.tasks.queries import is_overdue, visible_to, within
from app.units.models import Unit

PER_PAGE, LATELY = 30, 12


@dataclass(frozen=True)
class Counts:
    """Findings of a unit and everything below it."""

    open: int
    overdue: int
    closed: int


def may_read(viewer: Person, unit: Unit) -> bool:
    """Whether one of her posts reaches the unit; administrators keep the tree and see every unit's facts."""
    return viewer.is_admin or any(unit.path.startswith(seat.reach) for seat in viewer.seats)


def counts(viewer: Person, unit: Unit, today: date) -> Counts:
    """How many of its findings are open, overdue and closed."""
    numbers = select(
        func.count().filter(Task.open),
        func.count().filter(is_overdue(today)),
        func.count().filter(Task.state == "closed"),
    ).where(Task.kind == "finding", within(unit.path), visible_to(viewer))
    return Counts(*db.session.execute(numbers).one())


def findings(viewer: Person, unit: Unit, before: int | None = None) -> list[Finding]:
    """One page of its findings, the newest first; one more than a page when there are more."""
    found = (
        select(Finding)
        .join(Finding.task)
        .where(within(unit.path), visible_to(viewer))
        .options(contains_eager(Finding.task).joinedload(Task.unit))
        .order_by(Finding.id.desc())
        .limit(PER_PAGE + 1)
    )
    return list(db.session.scalars(found.where(Finding.id < before) if before else found))


def lately(viewer: Person, unit: Unit) -> list[Entry]:
    """The latest entries of its tasks, the newest first."""
    found = (
        select(Entry)
        .join(Entry.task)
        .where(within(unit.path), visible_to(viewer))
        .options(contains_eager(Entry.task), joinedload(Entry.words))
        .order_by(Entry.id.desc())
        .limit(LATELY)
    )
    return list(db.session.scalars(found))
