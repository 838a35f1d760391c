"""Every look-up of measures, always as the viewer may see them."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.findings.models import Finding
from app.measures.models import Measure, MeasureLink
from app.people.models import Person
from app.tasks.models import Task
from app.tasks.queries import WHOLE, visible_to


def get(viewer: Person, measure_id: int) -> Measure | None:
    """The measure with that id if she may see it, with the findings it serves."""
    return _one(_seen_by(viewer).where(Measure.id == measure_id))


def of_task(viewer: Person, task_id: int) -> Measure | None:
    """The measure that this task is about."""
    return _one(_seen_by(viewer).where(Measure.task_id == task_id))


def _one(found: Select[Measure]) -> Measure | None:
    return db.session.scalars(found).unique().one_or_none()


def _seen_by(viewer: Person) -> Select[Measure]:
    served = selectinload(Measure.links).joinedload(MeasureLink.finding).joinedload(Finding.task)
    return (
        select(Measure)
        .join(Measure.task)
        .where(visible_to(viewer))
        .options(joinedload(Measure.task).options(*WHOLE, selectinload(Task.evidence)), served)
    )


def others_of_the_unit(viewer: Person, finding: Finding) -> list[Finding]:
    """Other findings of the same unit whose measures are being set, for a measure that serves several."""
    same = (
        select(Finding)
        .join(Finding.task)
        .where(
            visible_to(viewer), Task.unit_id == finding.task.unit_id, Finding.id != finding.id,
            Task.state.in_(("planning", "rectifying")), Task.track != "immediate", Task.open,
        )
        .options(joinedload(Finding.task))
        .order_by(Task.number)
        .limit(50)
    )  # fmt: skip
    return list(db.session.scalars(same))
