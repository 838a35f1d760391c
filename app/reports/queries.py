"""Every look-up of progress reports, always as the viewer may see them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.db import db
from app.findings.models import Finding
from app.people.models import Person
from app.reports.models import Report
from app.tasks.models import Task
from app.tasks.queries import WHOLE, visible_to


def get(viewer: Person, report_id: int) -> Report | None:
    """The report with that id if she may see it."""
    found = (
        select(Report)
        .join(Report.task)
        .where(Report.id == report_id, visible_to(viewer))
        .options(
            contains_eager(Report.task).options(joinedload(Task.unit), *WHOLE),
            joinedload(Report.finding).joinedload(Finding.task),
        )
    )
    return db.session.scalar(found)
