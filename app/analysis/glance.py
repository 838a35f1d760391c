"""Three numbers at a glance: open, overdue, due this week; what each was a week ago, and the units behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.analysis import keeping, queries_week
from app.analysis import lens as lenses
from app.analysis.charts import Chart, Column, Rows, chart
from app.analysis.charts_open import UNITS
from app.analysis.lens import Lens
from app.analysis.scope import Scope
from app.clock import day_of, now
from app.people.models import Person
from workflows.grammar import say

LIGHTS = ("", "overdue", "week")
WEEK = timedelta(days=7)


def _a_week_ago(lens: Lens, scope: Scope) -> Rows:
    """As it stood at this hour a week ago, as one row."""
    assert lens.viewer is not None
    return [["", "", *queries_week.stood(lens.viewer, now() - WEEK)]]


BEFORE: Chart = chart(
    name="a_week_ago", label="", group="", columns=(), says=lambda _rows, _scope: say("as a week ago"), means=(),
    is_listed=False, asks=_a_week_ago,
)  # fmt: skip


DATED: Chart = chart(
    name="dated", label="", group="state", columns=(Column("", {"light": "today"}), Column("", {"light": "overdue"})),
    says=lambda _rows, _scope: say("as a week ago"), means=(), is_listed=False,
)  # fmt: skip


def dated(viewer: Person, at: datetime) -> tuple[int, int, datetime | None]:
    """Of everything she may see: due today, overdue; and of when, where it is not of this moment."""
    counted = keeping.counted(DATED, lenses.of(viewer), Scope(day_of(at)), at)
    today, overdue = (sum(row[place] for row in counted.rows) for place in (2, 3))
    return today, overdue, counted.at if counted.is_kept else None


@dataclass(frozen=True)
class Glance:
    """The numbers in the order of their lights, those of a week ago, the rows by unit, and the moment they are of."""

    numbers: tuple[int, ...]
    before: tuple[int, ...]
    units: Rows
    at: datetime
    is_kept: bool


def of(viewer: Person, at: datetime) -> Glance:
    """Everything she may see, in two statements; the sums are those of the units."""
    lens, scope = lenses.of(viewer), Scope(day_of(at))
    counted = keeping.counted(UNITS, lens, scope, at)
    before = keeping.counted(BEFORE, lens, scope, at).rows[0][2:]
    numbers = tuple(sum(row[place] for row in counted.rows) for place in (2, 3, 4))
    return Glance(numbers, tuple(before), counted.rows, counted.at, counted.is_kept)
