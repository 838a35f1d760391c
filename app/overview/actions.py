"""The one thing written here: that somebody has read what she was told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from app.db import db
from app.people.models import Person
from app.tasks.entries import Listener


def read(viewer: Person, *, now: datetime, entry_id: int | None = None) -> None:
    """Mark one entry as read, or everything she has been told."""
    hers = update(Listener).where(Listener.person_id.in_(viewer.identities), Listener.read_at.is_(None))
    if entry_id is not None:
        hers = hers.where(Listener.entry_id == entry_id)
    db.session.execute(hers.values(read_at=now))
