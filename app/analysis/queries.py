"""Counting findings by unit, state or clause: one statement each, every column a view of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, case, func, select

from app.analysis import narrowing
from app.analysis.lens import Lens
from app.analysis.scope import Scope
from app.clock import now
from app.db import db, table_of
from app.findings.filters import Filters
from app.findings.narrowing import conditions, waiting
from app.tasks.models import Task, Wait
from app.units.models import Unit

GROUPS = {"state": Task.state, "clause": Task.clause}


def by(group: str, lens: Lens, scope: Scope, base: Filters, columns: Sequence[Filters]) -> list[list[Any]]:
    """For each unit, state or clause: its key, its name, and how many findings stand in each column's view."""
    top = narrowing.climbed() if any(view.rung for view in columns) else None
    counts = [_counted(view, top, lens, scope).label(f"n{place}") for place, view in enumerate(columns)]
    where = *conditions(replace(base, unit=scope.unit), lens.viewer, scope.day), lens.seen
    found: Any = table_of(Task)
    if any(view.wait for view in columns):
        found = found.outerjoin(Wait, (Wait.task_id == Task.id) & Wait.ended_at.is_(None))
    if top is not None:
        found = found.outerjoin(top, top.c.task_id == Task.id)
    if group == "unit":
        return _by_unit(found, counts, where)
    asked = select(GROUPS[group], GROUPS[group], *counts).select_from(found).where(*where).group_by(GROUPS[group])
    return [list(row) for row in db.session.execute(asked)]


def _counted(view: Filters, top: Any, lens: Lens, scope: Scope) -> Any:
    """How many stand in that view: its wait and its rung are joined once, not looked up for every row and column."""
    wanted = conditions(replace(view, wait="", rung=""), lens.viewer, scope.day)
    if view.wait:
        wanted.append(waiting(view.wait, now()))
    if view.rung:
        wanted.append(top.c.kind.is_(None) if view.rung == "none" else top.c.kind == view.rung)
    return func.coalesce(func.sum(case((and_(*wanted), 1), else_=0)), 0)


def _by_unit(found: Any, counts: list[Any], where: Any) -> list[list[Any]]:
    """Counted by number first and named afterwards, so that names are looked up once a unit."""
    counted = select(Task.unit_id, *counts).select_from(found).where(*where).group_by(Task.unit_id).subquery()
    asked = select(Unit.code, Unit.name, *list(counted.c)[1:]).select_from(counted)
    asked = asked.outerjoin(Unit, Unit.id == counted.c.unit_id).order_by(Unit.path)
    return [[row[0] or "", row[1] or "", *row[2:]] for row in db.session.execute(asked)]


def is_large(threshold: int) -> bool:
    """Whether the house holds so much that counting takes long."""
    return (db.session.scalar(select(func.max(Task.id))) or 0) >= threshold
