"""Looking acts up, the latest first; for administrators only."""

from __future__ import annotations

from sqlalchemy import select

from app.acts.models import Act
from app.db import db

PER_PAGE = 50


def lately(about: str = "", about_id: int | None = None, before: int | None = None) -> list[Act]:
    """A page of acts and one more, so that it is known whether others follow."""
    found = select(Act).order_by(Act.id.desc()).limit(PER_PAGE + 1)
    if about:
        found = found.where(Act.about == about)
    if about_id:
        found = found.where(Act.about_id == about_id)
    if before:
        found = found.where(Act.id < before)
    return list(db.session.scalars(found))
