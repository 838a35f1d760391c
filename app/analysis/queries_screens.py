"""Looking screens up: by the token in their address, and all of them for administrators."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from app.analysis.models import Screen
from app.db import db


def live(token_hash: str) -> Screen | None:
    """The screen with that token, unless it was revoked."""
    found = select(Screen).where(Screen.token_hash == token_hash, Screen.revoked_at.is_(None))
    return db.session.scalar(found.options(joinedload(Screen.unit)))


def get(screen_id: int) -> Screen | None:
    """The screen with that number."""
    return db.session.get(Screen, screen_id)


def all_of_them() -> list[Screen]:
    """Every screen, those that were revoked last."""
    found = select(Screen).options(joinedload(Screen.unit), joinedload(Screen.made_by))
    return list(db.session.scalars(found.order_by(Screen.revoked_at.is_not(None), Screen.id.desc()).limit(200)))


def note_look(screen_id: int, at: datetime) -> None:
    """It was shown."""
    db.session.execute(update(Screen).where(Screen.id == screen_id).values(seen_at=at))
