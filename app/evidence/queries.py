"""Every look-up of evidence, always as the viewer may see its task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, func, select, union
from sqlalchemy.orm import joinedload

from app.db import db
from app.evidence.models import HOLDERS, Evidence, Upload
from app.people.models import Person
from app.tasks.models import Task
from app.tasks.queries import visible_to


def get(viewer: Person, evidence_id: int) -> Evidence | None:
    """The piece with that id if she may see its task."""
    seen = select(Evidence).join(Evidence.task).where(Evidence.id == evidence_id, visible_to(viewer))
    return db.session.scalar(seen.options(joinedload(Evidence.task)))


def one(evidence_id: int) -> Evidence:
    """The piece with that number, for the machine."""
    return db.session.get_one(Evidence, evidence_id)


def originals() -> Iterator[tuple[str, int]]:
    """SHA-256 and size of every original that a row names, whatever room the row stands in."""
    rows = union(*(select(model.sha256, model.size).where(*_held(model)) for model in HOLDERS))
    for row in db.session.execute(rows.execution_options(yield_per=1000)):
        yield row.sha256, row.size


def named(sha256: list[str]) -> set[str]:
    """Those of the given hashes that a row names."""
    return set(db.session.scalars(union(*(select(m.sha256).where(m.sha256.in_(sha256), *_held(m)) for m in HOLDERS))))


def _held(model: Any) -> list[ColumnElement[bool]]:
    """Rows that still want their file: it has not been let go or erased."""
    erased = [model.erased_at.is_(None)] if hasattr(model, "erased_at") else []
    return [model.sha256.is_not(None), *erased]


def upload_of(viewer: Person, upload_id: int) -> Upload | None:
    """The upload with that id if she announced it and still sees its task."""
    hers = select(Upload).join(Upload.task).where(Upload.id == upload_id, visible_to(viewer))
    return db.session.scalar(hers.where(Upload.person_id == viewer.id))


def upload_seen(viewer: Person, upload_id: int) -> Upload | None:
    """The upload with that id, whoever sends it, if she may see its task."""
    return db.session.scalar(select(Upload).join(Upload.task).where(Upload.id == upload_id, visible_to(viewer)))


def upload_called(person: Person, client_id: str) -> Upload | None:
    """What that person's phone announced under that name."""
    return db.session.scalar(select(Upload).where(Upload.person_id == person.id, Upload.client_id == client_id))


def upload_locked(upload_id: int) -> Upload | None:
    """The upload, nobody else changing it until the transaction ends."""
    asked = select(Upload).where(Upload.id == upload_id).with_for_update(of=Upload)
    return db.session.scalar(asked.execution_options(populate_existing=True))


def count_awaited(person: Person) -> int:
    """How many files are on their way from her."""
    open_ones = Upload.evidence_id.is_(None), Upload.dropped_at.is_(None)
    asked = select(func.count()).select_from(Upload).where(Upload.person_id == person.id, *open_ones)
    return db.session.scalar(asked) or 0


def unfinished() -> list[Upload]:
    """Every upload of which no evidence has become, the oldest first."""
    return list(db.session.scalars(select(Upload).where(Upload.evidence_id.is_(None)).order_by(Upload.id)))


def lock(tasks: list[Task]) -> None:
    """Have those tasks for oneself, as they are now, until the transaction ends; in the order of their ids."""
    asked = select(Task).where(Task.id.in_([task.id for task in tasks])).order_by(Task.id).with_for_update(of=Task)
    db.session.execute(asked.execution_options(populate_existing=True)).all()
