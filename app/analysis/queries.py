"""Counting findings by unit, state or clause: one statement each, every column a view of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, case, func, select

from app.analysis.lens import Lens
from app.analysis.scope import Scope
from app.db import db
from app.findings.filters import Filters
from app.findings.narrowing import conditions
from app.tasks.models import Task
from app.units.models import Unit

GROUPS = {"state": Task.state, "clause": Task.clause}


def by(group: str, lens: Lens, scope: Scope, base: Filters, columns: Sequence[Filters]) -> list[list[Any]]:
    """For each unit, state or clause: its key, its name, and how many findings stand in each column's view."""
    counts = [_counted(column, lens, scope).label(f"n{place}") for place, column in enumerate(columns)]
    where = *conditions(replace(base, unit=scope.unit), lens.viewer, scope.day), lens.seen
    if group == "unit":
        return _by_unit(counts, where)
    asked = select(GROUPS[group], GROUPS[group], *counts).where(*where).group_by(GROUPS[group])
    return [list(row) for row in db.session.execute(asked)]


def _counted(view: Filters, lens: Lens, scope: Scope) -> Any:
    """How many stand in that view. Where a sum is read from, the scope's unit was looked up already."""
    wanted = and_(*conditions(view, lens.viewer, scope.day))
    return func.coalesce(func.sum(case((wanted, 1), else_=0)), 0)


def _by_unit(counts: list[Any], where: Any) -> list[list[Any]]:
    """Counted by number first and named afterwards, so that names are looked up once a unit."""
    counted = select(Task.unit_id, *counts).where(*where).group_by(Task.unit_id).subquery()
    asked = select(Unit.code, Unit.name, *list(counted.c)[1:]).select_from(counted)
    asked = asked.outerjoin(Unit, Unit.id == counted.c.unit_id).order_by(Unit.path)
    return [[row[0] or "", row[1] or "", *row[2:]] for row in db.session.execute(asked)]


def is_large(threshold: int) -> bool:
    """Whether the house holds so much that counting takes long."""
    return (db.session.scalar(select(func.max(Task.id))) or 0) >= threshold
