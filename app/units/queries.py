"""Every look-up of units."""

from __future__ import annotations

from sqlalchemy import Select, and_, func, or_, select

from app.db import db
from app.units.models import Unit, end_of_range


def below(path: str) -> Select[tuple[Unit]]:
    """The units at or below `path`, in tree order."""
    return select(Unit).where(Unit.path >= path, Unit.path < end_of_range(path)).order_by(Unit.path)


def who_may_answer(issuer: Unit) -> Select[tuple[Unit]]:
    """The units that `issuer` may make responsible: everything it reaches that still exists."""
    return below(issuer.reach).where(Unit.closed_on.is_(None))


def by_name(name: str) -> Unit | None:
    """The unit with that name, code or alias, exactly."""
    alias = Unit.aliases.contains(f"|{name}|")
    return db.session.scalar(select(Unit).where(or_(Unit.name == name, Unit.code == name, alias)).limit(1))


def ancestors(unit: Unit) -> list[Unit]:
    """The units above, the nearest first."""
    ids = [int(part) for part in unit.path.strip("/").split("/")][:-1]
    found = {u.id: u for u in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}
    return [found[unit_id] for unit_id in reversed(ids)]


def district_of(unit: Unit) -> Unit | None:
    """The district a unit belongs to, if there is one between it and the bureau."""
    return next((above for above in ancestors(unit) if above.kind == "district"), None)


def count() -> int:
    """How many units there are."""
    return db.session.scalar(select(func.count()).select_from(Unit)) or 0


def overlapping(paths: list[str]) -> Select[tuple[Unit]]:
    """The units at or below any of `paths`."""
    ranges = [and_(Unit.path >= path, Unit.path < end_of_range(path)) for path in paths]
    return select(Unit).where(or_(*ranges)).order_by(Unit.path)
