"""Every look-up of evidence, always as the viewer may see its task."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import db
from app.evidence.models import Evidence
from app.people.models import Person
from app.tasks.queries import visible_to


def get(viewer: Person, evidence_id: int) -> Evidence | None:
    """The piece with that id if she may see its task."""
    seen = select(Evidence).join(Evidence.task).where(Evidence.id == evidence_id, visible_to(viewer))
    return db.session.scalar(seen.options(joinedload(Evidence.task)))


def originals() -> Iterator[tuple[str, int]]:
    """SHA-256 and size of every original that a row names."""
    rows = select(Evidence.sha256, Evidence.size).distinct().execution_options(yield_per=1000)
    for row in db.session.execute(rows):
        yield row.sha256, row.size


def named(sha256: list[str]) -> set[str]:
    """Those of the given hashes that a row names."""
    return set(db.session.scalars(select(Evidence.sha256).where(Evidence.sha256.in_(sha256)).distinct()))


def of_tasks(task_ids: list[int]) -> list[Evidence]:
    """The standing evidence of several tasks, in the order it came."""
    standing = select(Evidence).where(
        Evidence.task_id.in_(task_ids), Evidence.superseded_by_id.is_(None), Evidence.removed_at.is_(None)
    )
    return list(db.session.scalars(standing.order_by(Evidence.id)))
