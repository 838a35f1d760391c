"""How findings went: who held them how long, what came and went by week, which clause where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import and_, case, func, select

from app.analysis.lens import Lens
from app.analysis.scope import Scope
from app.clock import beginning_of, end_of
from app.days import day_at, days_between
from app.db import db
from app.findings.filters import Filters
from app.findings.narrowing import conditions
from app.tasks.models import Task, Wait
from app.units.models import Unit

WEEKS, FEWEST = 26, 8
MOST_CELLS = 500


def held(lens: Lens, scope: Scope) -> list[list[Any]]:
    """For each state and whoever held it: how many waits ended in the period, median and longest days, in time."""
    first, last = scope.period
    took = days_between(Wait.started_at, Wait.ended_at).label("took")
    in_time = func.sum(case((and_(Wait.until.is_not(None), Wait.ended_at > Wait.until), 0), else_=1))
    counted = (
        select(Wait.state, Wait.unit_id, took, func.count().label("n"), in_time.label("timely"))
        .join(Task, Task.id == Wait.task_id)
        .where(Wait.ended_at.between(beginning_of(first), end_of(last)), *_within(lens, scope, Filters(state="all")))
        .group_by(Wait.state, Wait.unit_id, took)
        .subquery()
    )
    asked = select(counted.c.state, Unit.code, Unit.name, counted.c.took, counted.c.n, counted.c.timely)
    return _medians(db.session.execute(asked.outerjoin(Unit, Unit.id == counted.c.unit_id)))


def _medians(rows: Iterable[Any]) -> list[list[Any]]:
    held: dict[tuple[str, str, str], Counter[int]] = defaultdict(Counter)
    timely: Counter[tuple[str, str, str]] = Counter()
    for state, code, name, took, n, in_time in rows:
        held[state, code or "", name or ""][took] += n
        timely[state, code or "", name or ""] += in_time
    return [[*key, sum(days.values()), median(days), max(days), timely[key]] for key, days in sorted(held.items())]


def median(days: Counter[int]) -> float:
    """The middle of so many of each length; between two, their mean."""
    ordered = sorted(days)
    reached = list(accumulate(days[length] for length in ordered))
    half, odd = divmod(reached[-1], 2)
    upper = next(length for length, far in zip(ordered, reached, strict=True) if far > half)
    lower = upper if odd else next(length for length, far in zip(ordered, reached, strict=True) if far >= half)
    return (lower + upper) / 2


def flow(lens: Lens, scope: Scope) -> list[list[Any]]:
    """For each of the last weeks: its Monday, its last day, issued, ended, and open at its end."""
    monday = scope.day - timedelta(days=scope.day.weekday() + 7 * (WEEKS - 1))
    came, went = (_by_week(lens, scope, column, monday) for column in (Task.issued_at, Task.closed_at))
    where = *_within(lens, scope, Filters()), Task.issued_at.is_not(None)
    standing = db.session.scalar(select(func.count()).select_from(Task).where(*where)) or 0
    rows: list[list[Any]] = []
    for week in reversed(range(WEEKS)):
        first = monday + timedelta(weeks=week)
        last = min(first + timedelta(days=6), scope.day)
        rows.append([first.isoformat(), last.isoformat(), came[first], went[first], standing])
        standing += went[first] - came[first]
    return _from_the_first(rows[::-1])


def _from_the_first(rows: list[list[Any]]) -> list[list[Any]]:
    """Without the weeks before anything was issued, but always some."""
    first = next((place for place, row in enumerate(rows) if any(row[2:])), 0)
    return rows[min(first, WEEKS - FEWEST) :]


def _by_week(lens: Lens, scope: Scope, column: Any, monday: date) -> Counter[date]:
    day = day_at(column)
    where = column.between(beginning_of(monday), end_of(scope.day)), Task.issued_at.is_not(None)
    asked = select(day, func.count()).where(*where, *_within(lens, scope, Filters(state="all"))).group_by(day)
    weeks: Counter[date] = Counter()
    for on, n in db.session.execute(asked):
        weeks[on - timedelta(days=on.weekday())] += n
    return weeks


def cells(lens: Lens, scope: Scope) -> list[list[Any]]:
    """For each unit and clause how many findings count in the period: code, name, clause, number; the most first."""
    view = Filters(state="valid", issued=scope.spelled)
    counted = (
        select(Task.unit_id, Task.clause, func.count().label("n"))
        .where(*_within(lens, scope, view), Task.unit_id.is_not(None))
        .group_by(Task.unit_id, Task.clause)
        .subquery()
    )
    asked = select(Unit.code, Unit.name, counted.c.clause, counted.c.n).join(Unit, Unit.id == counted.c.unit_id)
    most = asked.order_by(counted.c.n.desc(), Unit.path, counted.c.clause).limit(MOST_CELLS)
    return [list(row) for row in db.session.execute(most)]


def _within(lens: Lens, scope: Scope, view: Filters) -> list[Any]:
    return [*conditions(replace(view, unit=scope.unit), lens.viewer, scope.day), lens.seen]
