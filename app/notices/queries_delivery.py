"""What the deliverers ask, and what the page of notices shows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from app.db import db
from app.notices.models import Channel, Message


def due_channels(now: datetime) -> set[int]:
    """The channels that are awake and have a message which may go now and which nobody else is sending."""
    free = or_(Message.locked_until.is_(None), Message.locked_until < now)
    awake = or_(Channel.rests_until.is_(None), Channel.rests_until <= now)
    found = select(Message.channel_id).join(Channel, Channel.id == Message.channel_id).distinct()
    found = found.where(Message.phase == "waiting", Message.try_at <= now, free, awake, Channel.active)
    return set(db.session.scalars(found))
