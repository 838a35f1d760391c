"""What a letter is made of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.escalations.watches import Gap
from app.notices.models import Notice
from app.tasks.models import Task


def notices(message_id: int) -> list[Notice]:
    """What that message carries, in order, with everything a line needs; a few statements however many there are."""
    found = (
        select(Notice)
        .where(Notice.message_id == message_id)
        .options(joinedload(Notice.entry), joinedload(Notice.person),
                 joinedload(Notice.task).joinedload(Task.unit), selectinload(Notice.channel))
        .order_by(Notice.entry_id, Notice.person_id)
    )  # fmt: skip
    return list(db.session.scalars(found))


def gap_before(at: datetime) -> Gap | None:
    """The last time in which nobody ticked that had begun by then."""
    return db.session.scalar(select(Gap).where(Gap.from_at <= at).order_by(Gap.from_at.desc()).limit(1))
