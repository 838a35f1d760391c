"""What names in lists stand for, as an issuing unit settled it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import db
from app.intake.models import Called


def names_meant(issuer_id: int) -> dict[str, int]:
    """The unit's id by the folded name."""
    found = select(Called.name, Called.unit_id).where(Called.issuer_unit_id == issuer_id)
    return {row.name: row.unit_id for row in db.session.execute(found)}


def names_kept(issuer_id: int) -> list[Called]:
    """The names with their units, in order."""
    found = select(Called).where(Called.issuer_unit_id == issuer_id).order_by(Called.name)
    return list(db.session.scalars(found.options(joinedload(Called.unit))))
