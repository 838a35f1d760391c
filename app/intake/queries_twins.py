"""The open findings beside one, of which it may be the double."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from app.db import db
from app.findings.models import Finding
from app.people.models import Person
from app.tasks.models import Task
from app.tasks.queries import visible_to

MOST = 200


def beside(viewer: Person, task: Task) -> Iterator[tuple[Task, str]]:
    """The other open findings of its unit or its visit with their texts, the newest first."""
    near = or_(Task.unit_id == task.unit_id, Finding.inspection_id == task.finding.inspection_id)
    found = select(Task, Finding.text).join(Task.finding).where(near, Task.open, Task.id != task.id)
    rows = db.session.execute(found.where(visible_to(viewer)).order_by(Task.id.desc()).limit(MOST))
    yield from ((row.Task, row.text) for row in rows)
