"""Every look-up of findings, always as the viewer may see them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.findings.models import Finding
from app.people.models import Person
from app.tasks.models import Task
from app.tasks.queries import WHOLE, visible_to


def get(viewer: Person, finding_id: int) -> Finding | None:
    """The finding with that id if she may see it."""
    found = (
        select(Finding)
        .join(Finding.task)
        .where(Finding.id == finding_id, visible_to(viewer))
        .options(joinedload(Finding.task).options(*WHOLE, selectinload(Task.evidence)))
    )
    return db.session.scalar(found)


def by_number(viewer: Person, number: str) -> Finding | None:
    """The finding with that number if she may see it."""
    found = select(Finding).join(Finding.task).where(Task.number == number.strip(), visible_to(viewer))
    return db.session.scalar(found)
