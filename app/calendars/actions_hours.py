"""Setting the hours of the house."""

from __future__ import annotations

from datetime import datetime

from app.calendars.models import Hours
from app.db import db
from app.people.models import Person


def set_hours(name: str, starts: int, ends: int, source: str, actor: Person, *, now: datetime) -> Hours:
    """From now on so, in minutes of the day; with the rule that says it."""
    kept = db.session.get(Hours, name) or Hours(name=name)
    kept.starts, kept.ends, kept.source, kept.set_at, kept.set_by = starts, ends, source, now, actor
    db.session.add(kept)
    db.session.flush()
    return kept


def get(name: str) -> Hours | None:
    """What was set under that name."""
    return db.session.get(Hours, name)


def unset(kept: Hours) -> None:
    """Let the default hold again."""
    db.session.delete(kept)
    db.session.flush()
