"""Every look-up of visits and of what they found, always as the viewer may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.db import db
from app.inspections.models import Inspection, InspectionLevel, TeamMember
from app.people.models import Person
from app.people.queries import who_may_own
from app.tasks.models import Task, Wait
from app.tasks.queries import WHOLE, visible_to
from app.units.models import Unit
from app.units.queries import who_may_answer

VISITS_A_PAGE = 20
FINDINGS_A_PAGE = 100
DOUBLE_CLICK = timedelta(minutes=1)


@dataclass(frozen=True)
class Tally:
    """How many findings a visit has, and how many of them are drafts or still open."""

    all: int = 0
    drafts: int = 0
    open: int = 0


def get(viewer: Person, inspection_id: int) -> Inspection | None:
    """The visit with that id if she may see it."""
    return db.session.scalar(_whole().where(Inspection.id == inspection_id, visible_to(viewer)))


def of_task(viewer: Person, task_id: int) -> Inspection | None:
    """The visit that hangs on that task if she may see it."""
    return db.session.scalar(_whole().where(Inspection.task_id == task_id, visible_to(viewer)))


def _whole() -> Select[Inspection]:
    return (
        select(Inspection)
        .join(Inspection.task)
        .options(
            contains_eager(Inspection.task).options(joinedload(Task.issuer_unit), *WHOLE),
            selectinload(Inspection.levels).joinedload(InspectionLevel.unit),
            selectinload(Inspection.team).joinedload(TeamMember.person),
        )
    )


def visits(viewer: Person, before: int | None = None) -> list[Inspection]:
    """The visits she may see, newest first; one more than a page when there are more."""
    found = (
        select(Inspection)
        .join(Inspection.task)
        .where(visible_to(viewer))
        .options(contains_eager(Inspection.task).joinedload(Task.issuer_unit))
        .order_by(Inspection.id.desc())
        .limit(VISITS_A_PAGE + 1)
    )
    return list(db.session.scalars(found.where(Inspection.id < before) if before else found))


def tallies(viewer: Person, visit_task_ids: list[int]) -> dict[int, Tally]:
    """What the visits found, by the ids of their tasks."""
    counted = (
        select(
            Task.parent_id,
            func.count().label("all"),
            func.count().filter(Task.state == "draft").label("drafts"),
            func.count().filter(Task.open).label("open"),
        )
        .where(Task.parent_id.in_(visit_task_ids), Task.kind == "finding", visible_to(viewer))
        .group_by(Task.parent_id)
    )
    return {row.parent_id: Tally(row.all, row.drafts, row.open) for row in db.session.execute(counted)}


def findings(viewer: Person, inspection: Inspection, after: int = 0) -> list[Task]:
    """The tasks of what a visit found, in order, each with its holder; one more than a page when there are more."""
    found = (
        _found(viewer, inspection)
        .where(Task.id > after)
        .options(
            joinedload(Task.unit),
            joinedload(Task.finding),
            selectinload(Task.waits).options(joinedload(Wait.unit), joinedload(Wait.person)),
        )
    )
    return list(db.session.scalars(found.limit(FINDINGS_A_PAGE + 1)))


def drafts(viewer: Person, inspection: Inspection) -> list[Task]:
    """The tasks of what a visit found and has not issued yet."""
    found = _found(viewer, inspection).where(Task.state == "draft")
    return list(db.session.scalars(found.options(joinedload(Task.finding))))


def _found(viewer: Person, inspection: Inspection) -> Select[Task]:
    mine = Task.parent_id == inspection.task_id, Task.kind == "finding", visible_to(viewer)
    return select(Task).where(*mine).order_by(Task.id)


def written_just_now(actor: Person, unit: Unit, kind: str, purpose: str, now: datetime) -> Inspection | None:
    """The same visit sent a moment ago: a double click, not a second visit."""
    twin = (
        select(Inspection)
        .join(Inspection.task)
        .where(
            Task.issuer_unit_id == unit.id, Inspection.kind == kind, Inspection.purpose == purpose,
            Task.created_at > now - DOUBLE_CLICK, visible_to(actor),
        )
    )  # fmt: skip
    return db.session.scalar(twin.limit(1))


def issuing_units(viewer: Person) -> list[Unit]:
    """The units for which she records visits."""
    ids = {seat.unit_id for seat in viewer.seats if seat.kind == "inspector"}
    return list(db.session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.path)))


def colleagues(viewer: Person, units: list[Unit]) -> list[Person]:
    """The other people of her issuing units, who may have taken part in a visit."""
    sitting = [who_may_own(unit) for unit in units]
    found = {person.id: person for people in sitting for person in db.session.scalars(people)}
    return [person for person in found.values() if person.id != viewer.id]


def who_may_verify(issuer: Unit) -> list[Unit]:
    """The units that can be named as a level of the closing chain."""
    return list(db.session.scalars(who_may_answer(issuer).where(Unit.kind != "school")))
