"""Every look-up of requests for more time, always as the viewer may see them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.db import db
from app.extensions.models import Extension
from app.findings.models import Finding
from app.people.models import Person
from app.tasks.models import Party, Task
from app.tasks.queries import WHOLE, visible_to


def get(viewer: Person, extension_id: int) -> Extension | None:
    """The request with that id if she may see it."""
    found = (
        select(Extension)
        .join(Extension.task)
        .where(Extension.id == extension_id, visible_to(viewer))
        .options(
            contains_eager(Extension.task).options(joinedload(Task.unit), *WHOLE),
            joinedload(Extension.finding).joinedload(Finding.task).selectinload(Task.due_dates),
        )
    )
    return db.session.scalar(found)


def finding_of_task(viewer: Person, task_id: int) -> Finding | None:
    """The finding for which more time is asked."""
    found = (
        select(Finding)
        .join(Finding.task)
        .where(Finding.task_id == task_id, visible_to(viewer))
        .options(
            contains_eager(Finding.task).options(selectinload(Task.parties).joinedload(Party.unit), *WHOLE[1:]),
            selectinload(Finding.extensions),
        )
    )
    return db.session.scalar(found)
