"""A minute of the house: what happened is sealed, swept and gathered, then delivered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app.db import db, unit_of_work
from app.notices import delivering, gathering, sweeping
from app.notices.models import Message, Notice
from app.notices.queries_delivery import due_channels
from app.tasks import sealing

SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def swept(now: datetime) -> int:
    """The sweep as the tick does it, on what was written so far; returns how many notices there are in all."""
    with unit_of_work():
        pass
    sealing.seal(now)
    sweeping.sweep(now)
    gathering.gather(now)
    return db.session.query(Notice).count()


def delivered(now: datetime) -> int:
    """Everything that may go at that moment; returns how many were tried."""
    with unit_of_work():
        pass
    tried = 0
    while channels := due_channels(now):
        db.session.rollback()
        tried += sum(delivering.one(channel, "test", now) for channel in sorted(channels))
    db.session.expire_all()
    return tried


def minute(now: datetime) -> int:
    """Both."""
    swept(now)
    return delivered(now)


def messages(**by: Any) -> list[Message]:
    """All messages, in order."""
    db.session.expire_all()
    return db.session.query(Message).filter_by(**by).order_by(Message.id).all()
