"""What is still to be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app.db import db
from app.evidence.models import DUE, Evidence


def _free(now: datetime) -> tuple[ColumnElement[bool], ...]:
    unheld = or_(Evidence.looking_until.is_(None), Evidence.looking_until < now)
    return Evidence.sight == DUE, Evidence.erased_at.is_(None), unheld


def is_anything_due(now: datetime) -> bool:
    """Whether any piece waits; a plain read, so that an idle worker locks nothing."""
    return db.session.scalar(select(Evidence.id).where(*_free(now)).limit(1)) is not None


def free(now: datetime, evidence_id: int | None = None) -> Evidence | None:
    """The piece that waits longest, or that one, if nobody is looking at it; nobody else gets it then."""
    asked: Any = select(Evidence).where(*_free(now)).order_by(Evidence.id).limit(1)
    if evidence_id is not None:
        asked = asked.where(Evidence.id == evidence_id)
    return db.session.scalar(asked.with_for_update(of=Evidence, skip_locked=True))


def locked(evidence_id: int) -> Evidence:
    """The piece as it is now, nobody else changing it until the transaction ends."""
    asked = select(Evidence).where(Evidence.id == evidence_id).with_for_update(of=Evidence)
    return db.session.scalars(asked.execution_options(populate_existing=True)).one()


def due_on(task_ids: Iterable[int]) -> list[int]:
    """The pieces on those tasks that nobody has looked at yet."""
    due = Evidence.sight == DUE, Evidence.erased_at.is_(None), Evidence.task_id.in_(list(task_ids))
    return list(db.session.scalars(select(Evidence.id).where(*due).order_by(Evidence.id)))
