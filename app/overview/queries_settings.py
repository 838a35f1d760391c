"""The last act about each kind of setting."""

from __future__ import annotations

from sqlalchemy import func, select

from app.acts.models import Act
from app.db import db


def last_acts() -> dict[str, Act]:
    """By what they are about; for administrators only."""
    last = select(func.max(Act.id)).group_by(Act.about)
    return {act.about: act for act in db.session.scalars(select(Act).where(Act.id.in_(last)))}
