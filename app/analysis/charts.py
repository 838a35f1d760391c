"""What a chart is: what it counts, in which views of the ledger, how it says it; and all charts by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.analysis import queries
from app.analysis.lens import Lens
from app.analysis.scope import Scope
from app.findings.filters import Filters
from workflows.grammar import Sentence

Rows = list[list[Any]]
FEW = 5  # of fewer findings no share is shown, and nobody is ranked by it


@dataclass(frozen=True)
class Column:
    """A number that is as long as a list, or a share of two numbers of the same row."""

    label: Any
    view: dict[str, str] = field(default_factory=dict)
    tone: str = ""  # the column is drawn, in that tone
    share: tuple[int, int] | None = None  # of which of the numbers, and of which


@dataclass(frozen=True)
class Chart:
    """One page of analysis: a sentence, a drawing, a table with its definition."""

    name: str
    label: Any
    group: str
    columns: tuple[Column, ...]
    says: Callable[[Rows, Scope], Sentence]
    means: tuple[Any, ...]
    base: dict[str, str] = field(default_factory=dict)
    dated: bool = False  # whether it counts what was issued in the period
    judged: bool = False  # whether only who judges findings sees it
    is_listed: bool = True
    drawn: str = "bars"
    order: Callable[[list[Any]], Any] | None = None
    asks: Callable[[Lens, Scope], Rows] | None = None
    lays: Callable[[Rows, Scope, int | None], Any] | None = None  # the table, where it is not one row a row

    @property
    def counted(self) -> list[int]:
        """The places of the columns that are counted, not reckoned."""
        return [place for place, column in enumerate(self.columns) if column.share is None]

    def view(self, scope: Scope, column: Column | None = None, **more: str) -> Filters:
        """The view of the ledger that holds exactly what a number counts."""
        period = {"issued": scope.spelled} if self.dated else {}
        return replace(Filters(), **(self.base | period | (column.view if column else {}) | more))

    def ask(self, lens: Lens, scope: Scope) -> Rows:
        """The rows: a key, a name, and the counted numbers in order."""
        if self.asks:
            return self.asks(lens, scope)
        views = [self.view(scope, self.columns[place]) for place in self.counted]
        rows = queries.by(self.group, lens, scope, self.view(scope), views)
        return [row for row in rows if any(row[2:])]


CHARTS: dict[str, Chart] = {}


def chart(**said: Any) -> Chart:
    """Put a chart on the list."""
    one = Chart(**said)
    CHARTS[one.name] = one
    return one


def total(rows: Rows, place: int) -> int:
    """The sum of a number over all rows; `place` counts from the first number."""
    return sum(row[2 + place] for row in rows)


def seen_by(lens: Lens) -> Sequence[Chart]:
    """The charts for whoever looks."""
    return [one for one in CHARTS.values() if one.is_listed and (lens.judges or not one.judged)]
