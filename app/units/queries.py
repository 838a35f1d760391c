"""Every look-up of units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, and_, func, or_, select

from app.asking import once
from app.db import db
from app.folding import fold
from app.units.models import Unit, end_of_range
from app.words import joined

EVERYWHERE = "/"
NOWHERE = "/0/"


def below(path: str) -> Select[Unit]:
    """The units at or below `path`, in tree order."""
    return select(Unit).where(Unit.path >= path, Unit.path < end_of_range(path)).order_by(Unit.path)


def who_may_answer(issuer: Unit) -> Select[Unit]:
    """The units that `issuer` may make responsible: everything it reaches that still exists."""
    return at_work_below(issuer.reach)


def at_work_below(path: str) -> Select[Unit]:
    """The units at or below `path` that still exist, in tree order."""
    return below(path).where(Unit.closed_on.is_(None))


def by_name(name: str) -> Unit | None:
    """The unit with that name, code or alias, exactly."""
    alias = Unit.aliases.contains(f"|{name}|")
    return db.session.scalar(select(Unit).where(or_(Unit.name == name, Unit.code == name, alias)).limit(1))


def ancestors(unit: Unit) -> list[Unit]:
    """The units above, the nearest first."""
    ids = [int(part) for part in unit.path.strip("/").split("/")][:-1]
    return once(("ancestors", *ids), lambda: _in_order(ids))


def _in_order(ids: list[int]) -> list[Unit]:
    found = {u.id: u for u in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}
    return [found[unit_id] for unit_id in reversed(ids)]


def district_of(unit: Unit) -> Unit | None:
    """The district a unit belongs to, if there is one between it and the bureau."""
    return next((above for above in ancestors(unit) if above.kind == "district"), None)


def count() -> int:
    """How many units there are."""
    return db.session.scalar(select(func.count()).select_from(Unit)) or 0


def overlapping(paths: list[str]) -> Select[Unit]:
    """The units at or below any of `paths`."""
    ranges = [and_(Unit.path >= path, Unit.path < end_of_range(path)) for path in paths]
    return select(Unit).where(or_(*ranges)).order_by(Unit.path)


def get(unit_id: int) -> Unit | None:
    """The unit with that id."""
    return db.session.get(Unit, unit_id)


def by_code(code: str) -> Unit | None:
    """The unit with that code."""
    return db.session.scalar(select(Unit).where(Unit.code == code))


def codes_taken(codes: Iterable[str]) -> set[str]:
    """Those of the codes that units have."""
    wanted = list(codes)
    return set(db.session.scalars(select(Unit.code).where(Unit.code.in_(wanted)))) if wanted else set()


def by_codes_and_names() -> dict[str, list[Unit]]:
    """All units by everything they may be called: code, name and aliases."""
    called: dict[str, list[Unit]] = {}
    for unit in db.session.scalars(select(Unit).order_by(Unit.path)):
        for name in {unit.code, unit.name, *unit.other_names}:
            called.setdefault(name, []).append(unit)
    return called


def all_open() -> Select[Unit]:
    """Every unit that still exists, in tree order."""
    return select(Unit).where(Unit.closed_on.is_(None)).order_by(Unit.path)


def open_ones() -> list[Unit]:
    """The same, read."""
    return list(db.session.scalars(all_open()))


def listed(reaches: Iterable[str], words: str = "", after: str = "", limit: int = 200) -> list[Unit]:
    """One page of the units below `reaches` whose names hold `words`, in tree order after that path."""
    found = overlapping(list(reaches) or [NOWHERE]).where(Unit.path > after).limit(limit + 1)
    if words:
        found = found.where(Unit.folded.contains(fold(words), autoescape=True))
    return list(db.session.scalars(found))


def reach_of(seats: Iterable[Any]) -> set[str]:
    """The paths below which those seats may read."""
    return {seat.reach for seat in seats}


def locked(*units: Unit | None) -> None:
    """Lock these units in the order of their ids and look at them anew."""
    ids = [unit.id for unit in units if unit is not None]
    rows = select(Unit).where(Unit.id.in_(ids)).order_by(Unit.id).with_for_update()
    db.session.scalars(rows.execution_options(populate_existing=True)).all()


def children(unit: Unit) -> list[Unit]:
    """The units directly below, in the order they were made."""
    return list(db.session.scalars(select(Unit).where(Unit.parent_id == unit.id).order_by(Unit.id)))


def why_not_below(unit: Unit, parent: Unit | None) -> str:
    """Why `unit` cannot be moved below `parent`; empty when it can."""
    if parent is None:
        return ""
    if unit.covers(parent.path):
        return _l("A unit cannot stand below itself or below one of its own units.")
    return _l("That unit is closed; choose one that still exists.") if parent.closed_on else ""


def why_not_close(unit: Unit) -> str:
    """Why `unit` cannot be closed; empty when it can."""
    live = [child.name for child in children(unit) if child.closed_on is None]
    if not live:
        return ""
    return _l("Units below it still exist: %(names)s. Move or close them first.", names=joined(live[:5]))
