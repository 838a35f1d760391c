"""Every look-up for taking a list in: was it taken before, and which findings may it repeat."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.findings.models import Finding
from app.inspections.models import Inspection
from app.intake.likeness import Known
from app.intake.models import Batch
from app.people.models import Person
from app.tasks.models import Task
from app.tasks.queries import visible_to

MOST_COMPARED = 2000


def taken(inspection: Inspection, sha256: str) -> Batch | None:
    """The batch of exactly this list for this visit."""
    same = Batch.inspection_id == inspection.id, Batch.sha256 == sha256
    return db.session.scalar(select(Batch).options(joinedload(Batch.person)).where(*same))


def already_there(viewer: Person, inspection: Inspection, unit_ids: Iterable[int]) -> list[Known]:
    """What the visit wrote down before, and what is open at these units; the newest first."""
    here = Finding.inspection_id == inspection.id
    open_there = and_(Task.open, Task.unit_id.in_(sorted(unit_ids)))
    found = (
        select(Task.id, Task.number, Finding.text, Task.unit_id, here.label("here"))
        .join(Finding, Finding.task_id == Task.id)
        .where(or_(here, open_there), visible_to(viewer), Task.state != "withdrawn")
        .order_by(Task.id.desc())
        .limit(MOST_COMPARED)
    )
    return [Known(row.id, row.number, row.text, row.unit_id, bool(row.here)) for row in db.session.execute(found)]
