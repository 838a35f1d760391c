"""Rows as a table people read: numbers that lead to their lists, shares that say of how many, a line of sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from flask import url_for
from flask_babel import gettext as _

from app.analysis.charts import FEW, Chart, Column, Rows
from app.analysis.scope import Scope
from app.findings.filters import STATES, Filters
from app.words import told

NONE = "—"
BLANK = "\ue000"  # where a row's own word goes; nobody names a unit so
SPELLED = quote_plus(BLANK)
STATE_LABELS = dict(STATES)


@dataclass(frozen=True)
class Cell:
    """What stands in a cell; the list it counts, and whether it is too few to say much."""

    text: str
    url: str = ""
    few: bool = False
    number: float | None = None


@dataclass(frozen=True)
class Table:
    """Heads, rows, and the line of sums below them; the first columns are words, the rest numbers."""

    heads: list[str]
    rows: list[list[Cell]]
    sums: list[Cell]
    words: int = 1


def listed(view: Filters) -> str:
    """The address of the ledger in that view."""
    return f"{url_for('findings.index')}?{view.address()}".rstrip("?")


def ordered(chart: Chart, rows: Rows) -> Rows:
    """The rows in the order in which they are shown."""
    return sorted(rows, key=chart.order) if chart.order else rows


def lay(chart: Chart, rows: Rows, scope: Scope, most: int | None = None) -> Table:
    """The table of a chart, or its first rows; the line of sums is of all."""
    if chart.lays:
        table: Table = chart.lays(rows, scope, most)
        return table
    heads = [_("Unit") if chart.group == "unit" else _("State"), *(told(column.label) for column in chart.columns)]
    ways = _ways(chart, scope)
    lines = [[first(chart, row), *_cells(chart, row, scope, ways)] for row in ordered(chart, rows)[:most]]
    sums = ["", "", *(sum(row[place] for row in rows) for place in range(2, 2 + len(chart.counted)))]
    return Table(heads, lines, [Cell(_("In all")), *_cells(chart, sums, scope, {})])


def _ways(chart: Chart, scope: Scope) -> dict[int, str]:
    """For each column the address of its lists, in which only the row's own word is to be put: spelled once."""
    narrowed = ({"unit": scope.unit} if scope.unit else {}) | {chart.group: BLANK}
    return {place: listed(chart.view(scope, column, **narrowed)) for place, column in enumerate(chart.columns)
            if not column.share}  # fmt: skip


def first(chart: Chart, row: list[Any]) -> Cell:
    """Whose row it is."""
    if chart.group == "state":
        return Cell(told(STATE_LABELS[row[0]]))
    return Cell(row[1] or _("No unit yet"))


def _cells(chart: Chart, row: list[Any], scope: Scope, ways: dict[int, str]) -> list[Cell]:
    own = quote_plus(group_of(chart, row, scope)[chart.group]) if ways and row[0] else ""
    numbers = iter(row[2:])
    return [_cell(chart, column, row, next(numbers) if column.share is None else 0, scope,
                  ways[place].replace(SPELLED, own) if own and place in ways else "")
            for place, column in enumerate(chart.columns)]  # fmt: skip


def _cell(chart: Chart, column: Column, row: list[Any], n: int, scope: Scope, way: str) -> Cell:
    if column.share:
        return share(*(row[2 + number] for number in column.share), is_sum=not row[1] and not row[0])
    if not n:
        return Cell(f"{n:,}", number=n)
    return Cell(f"{n:,}", way or listed(chart.view(scope, column, **group_of(chart, row, scope))), number=n)


def group_of(chart: Chart, row: list[Any], scope: Scope) -> dict[str, str]:
    """What narrows the ledger to a row: its unit alone, its state; a row of sums is all of the scope."""
    within = {"unit": scope.unit} if scope.unit else {}
    if not row[0]:
        return within
    return within | {chart.group: f"={row[0]}" if chart.group == "unit" else row[0]}


def share(part: int, whole: int, *, is_sum: bool = False) -> Cell:
    """A share with one decimal; of fewer than five only how many of how many, and of none a dash."""
    if not whole:
        return Cell(NONE)
    if whole < FEW and not is_sum:
        return Cell(_("%(part)d of %(whole)d", part=part, whole=whole), few=True)
    return Cell(f"{100 * part / whole:.1f} %", number=round(100 * part / whole, 1))
