"""Making, renaming, moving and closing units; the path follows the tree for whole subtrees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.db import db
from app.entering import enter_all, number
from app.folding import fold
from app.units import queries
from app.units.models import Unit, end_of_range


def create(
    parent: Unit | None, *, kind: str, name: str, code: str = "", aliases: str = "", has_account: bool = True,
    latitude: float | None = None, longitude: float | None = None,
) -> Unit:  # fmt: skip
    """A new unit below `parent`, at the top without one; a code is made when none is given."""
    unit = Unit(parent=parent, kind=kind, name=name, code=code or f"?{name}"[:40], path="", has_account=has_account)
    unit.latitude, unit.longitude = latitude, longitude
    unit.aliases = joined(aliases)
    unit.folded = folded(unit)
    db.session.add(unit)
    db.session.flush()
    unit.code = code or _own_code(unit.id, queries.codes_taken([f"U{unit.id:04d}"]))
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    unit.folded = folded(unit)
    db.session.flush()
    return unit


def new(parent: Unit | None, *, kind: str, name: str, code: str, aliases: str, has_account: bool) -> Unit:
    """A unit that is written later, with others, by `create_all`."""
    return Unit(parent=parent, kind=kind, name=name, code=code, aliases=joined(aliases), has_account=has_account)


def create_all(units: Sequence[Unit]) -> None:
    """Write many new units together, each after the one above it; they go past the session."""
    number(units)
    taken = {unit.code for unit in units} | queries.codes_taken(f"U{unit.id:04d}" for unit in units)
    for unit in units:
        unit.code = unit.code or _own_code(unit.id, taken)
        unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.id}/"
        unit.folded = folded(unit)
    enter_all(units)


def _own_code(unit_id: int, taken: set[str]) -> str:
    """The code of a unit that was given none; one like it when somebody gave it to another."""
    code = f"U{unit_id:04d}"
    return f"{code}-{unit_id}" if code in taken else code


def edit(unit: Unit, *, kind: str, name: str, code: str, aliases: str, has_account: bool,
         latitude: float | None = None, longitude: float | None = None) -> None:  # fmt: skip
    """Other facts about a unit; a former name is worth keeping among its aliases."""
    unit.kind, unit.name, unit.code, unit.has_account = kind, name, code or unit.code, has_account
    unit.latitude, unit.longitude = latitude, longitude
    unit.aliases = joined(aliases)
    unit.folded = folded(unit)


def joined(aliases: str) -> str:
    """Names typed with any usual separator, as they are kept: |one|other|."""
    for separator in "，,、；;\n\r":
        aliases = aliases.replace(separator, "|")
    names = [name.strip() for name in aliases.split("|") if name.strip()]
    return f"|{'|'.join(dict.fromkeys(names))}|" if names else ""


def folded(unit: Unit) -> str:
    """Everything the unit is found by."""
    return fold(" ".join([unit.name, unit.code, *unit.other_names]))[:600]


def rehang(unit: Unit, parent: Unit | None) -> tuple[str, str]:
    """Hang `unit` with everything below it under `parent`; returns its path before and after.

    Tasks carry the path of their unit, so moving is `app.tasks.moving.move`, which calls this.
    """
    db.session.flush()
    queries.locked(unit, parent)
    if queries.why_not_below(unit, parent):
        raise ValueError(f"unit {unit.id} cannot stand below {parent.id if parent else 'the top'}")
    before, after = unit.path, f"{parent.path if parent else '/'}{unit.id}/"
    unit.parent = parent
    db.session.flush()
    db.session.execute(repathed(Unit, "path", before, after))
    db.session.scalars(queries.below(after).execution_options(populate_existing=True)).all()
    return before, after


def repathed(model: type[Any], column: str, before: str, after: str) -> sa.Update:
    """The UPDATE that turns the prefix `before` of a path column into `after`."""
    path = getattr(model, column)
    rest = sa.func.substr(path, len(before) + 1)
    inside = sa.and_(path >= before, path < end_of_range(before))
    changed = sa.update(model).where(inside).values({column: sa.literal(after) + rest})
    return changed.execution_options(synchronize_session=False)


def close(unit: Unit, *, on: date) -> None:
    """The unit no longer exists; what it did stays readable, new findings cannot go to it."""
    if queries.why_not_close(unit):
        raise ValueError(f"units below {unit.id} still exist")
    unit.closed_on = on


def reopen(unit: Unit) -> None:
    """It was closed by mistake."""
    unit.closed_on = None
