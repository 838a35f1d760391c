"""How an issuing unit assigns its lists: days by weight, owners by unit and category, what columns and names mean."""

from __future__ import annotations

from datetime import datetime

from app.db import db
from app.folding import fold
from app.intake import queries
from app.intake.models import Assignment, Called, Columns, Days
from app.people.models import Person

LONGEST_NAME = 120


def keep_days(issuer_id: int, **days: int) -> None:
    """Remember the days by weight."""
    kept = queries.days_of(issuer_id)
    if kept is None:
        db.session.add(Days(unit_id=issuer_id, **days))
        return
    for weight, many in days.items():
        setattr(kept, weight, many)


def assign(issuer_id: int, unit_id: int, category: str, owner_id: int) -> None:
    """Remember who owns what that unit must put right; a line of the same category is replaced."""
    rules = queries.assignments(issuer_id)
    known = next((one for one in rules if (one.unit_id, one.category) == (unit_id, category)), None)
    if known is None:
        db.session.add(Assignment(issuer_unit_id=issuer_id, unit_id=unit_id, category=category, owner_id=owner_id))
    else:
        known.owner_id = owner_id


def forget(issuer_id: int, assignment_id: int) -> None:
    """Forget a line."""
    for one in queries.assignments(issuer_id):
        if one.id == assignment_id:
            db.session.delete(one)


def remember_columns(issuer_id: int, headings: str, meanings: dict[str, str], actor: Person, now: datetime) -> None:
    """What the columns under these headings are taken for from now on."""
    kept = queries.remembered(issuer_id, headings)
    if kept is None:
        kept = Columns(unit_id=issuer_id, headings=headings)
        db.session.add(kept)
    kept.meanings, kept.person_id, kept.at = meanings, actor.id, now


def remember_name(issuer_id: int, name: str, unit_id: int, actor: Person, now: datetime) -> None:
    """Which unit that name means from now on; what nobody could look up by its length is not kept."""
    folded = fold(name)
    if not folded or len(folded) > LONGEST_NAME:
        return
    kept = db.session.get(Called, (issuer_id, folded))
    if kept is None:
        kept = Called(issuer_unit_id=issuer_id, name=folded)
        db.session.add(kept)
    kept.unit_id, kept.person_id, kept.at = unit_id, actor.id, now


def forget_name(issuer_id: int, name: str) -> None:
    """The name means nothing any more."""
    if kept := db.session.get(Called, (issuer_id, name)):
        db.session.delete(kept)
