"""Charts as shapes: everything across is in percent of the drawing, so that words keep their size on every screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from app.analysis.charts import FEW, Chart, Column, Rows
from app.analysis.scope import Scope
from app.analysis.tables import STATE_LABELS, first, group_of, listed, ordered
from app.findings.filters import Filters
from app.words import NOTHING, told

MOST_BARS, MOST_ROWS, MOST_CLAUSES, LEVELS, NAMED = 12, 12, 6, 5, 2


@dataclass(frozen=True)
class Part:
    """A piece of a bar, a column or a field: from where, how far, in which tone, and what it says."""

    x: float
    wide: float
    tone: str
    title: str
    y: float = 0
    high: float = 0
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Bar:
    """A line of words with what it measures below it."""

    label: str
    value: str
    url: str
    parts: list[Part]
    few: bool = False


@dataclass(frozen=True)
class Drawing:
    """What a template draws; `kind` says which."""

    kind: str
    bars: list[Bar] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    legend: list[tuple[str, str]] = field(default_factory=list)
    ticks: list[tuple[float, str, bool]] = field(default_factory=list)
    line: str = ""
    top: int = 0
    more: int = 0


def draw(chart: Chart, rows: Rows, scope: Scope) -> Drawing:
    """The drawing of those rows."""
    if not rows:
        return Drawing("none")
    how = {"bars": _stacked, "shares": _shares, "waits": _waits, "weeks": _weeks, "heat": _heat}[chart.drawn]
    return how(chart, rows, scope)


def _stacked(chart: Chart, rows: Rows, scope: Scope) -> Drawing:
    """The drawn columns of each row, end to end; the longest row is as wide as the drawing."""
    drawn = [(number, chart.columns[place]) for number, place in enumerate(chart.counted) if chart.columns[place].tone]
    whole = max(sum(row[2 + number] for number, _column in drawn) for row in rows) or 1
    bars, shown = [], [row for row in ordered(chart, rows) if any(row[2 + number] for number, _column in drawn)]
    for row in shown[:MOST_BARS]:
        parts = list(_pieces(chart, row, scope, drawn, whole))
        named = [f"{told(column.label)} {row[2 + number]:,}" for number, column in drawn]
        said = " · ".join(named) if len(named) <= NAMED else f"{sum(row[2 + number] for number, _c in drawn):,}"
        bars.append(Bar(first(chart, row).text, said, listed(_of_row(chart, row, scope)), parts))
    if not bars:
        return Drawing("none")
    return Drawing("bars", bars, legend=[(c.tone, told(c.label)) for _n, c in drawn], more=len(shown) - len(bars))


def _pieces(
    chart: Chart, row: list[Any], scope: Scope, drawn: list[tuple[int, Column]], whole: float
) -> Iterator[Part]:
    """The pieces of one bar; each leads to exactly what it counts."""
    x = 0.0
    for number, column in drawn:
        n = row[2 + number]
        if wide := 100 * n / whole:
            yield Part(round(x, 2), round(wide, 2), column.tone, f"{told(column.label)} {n:,}",
                       url=listed(_of_row(chart, row, scope, column)))  # fmt: skip
        x += wide


def _of_row(chart: Chart, row: list[Any], scope: Scope, column: Column | None = None) -> Filters:
    return chart.view(scope, column, **group_of(chart, row, scope))


def _shares(chart: Chart, rows: Rows, scope: Scope) -> Drawing:
    """A share of each row with enough in it; a row with fewer than five says so and has no bar."""
    column = next(column for column in chart.columns if column.share and column.tone)
    assert column.share is not None
    part, whole = column.share
    bars = []
    for row in ordered(chart, rows)[:MOST_BARS]:
        n, of = row[2 + part], row[2 + whole]
        few, share = of < FEW, 100 * n / of if of else 0
        said = _("%(part)d of %(whole)d", part=n, whole=of) if few else f"{share:.1f} % · n {of:,}"
        parts = [] if few else [Part(0, round(share, 2), column.tone, said)]
        counted = listed(_of_row(chart, row, scope, chart.columns[chart.counted[whole]])) if of else ""
        bars.append(Bar(first(chart, row).text, said, counted, parts, few))
    return Drawing("bars", bars, legend=[(column.tone, told(column.label))], more=len(rows) - len(bars))


def _waits(_chart: Chart, rows: Rows, _scope: Scope) -> Drawing:
    """The longest medians of those with enough in them."""
    enough = sorted((row for row in rows if row[3] >= FEW), key=lambda row: (-row[4], -row[3], row[2]))
    whole = max((row[4] for row in enough), default=0) or 1
    bars = [
        Bar(f"{told(STATE_LABELS[row[0]])} · {row[2] or NOTHING}",
            _("%(days)s d · n %(n)d", days=f"{row[4]:g}", n=row[3]), "",
            [Part(0, round(100 * row[4] / whole, 2), "going", _("Median days"))])
        for row in enough[:MOST_BARS]
    ]  # fmt: skip
    return Drawing("bars" if bars else "none", bars, legend=[("going", _("Median days"))], more=len(rows) - len(bars))


def _weeks(_chart: Chart, rows: Rows, _scope: Scope) -> Drawing:
    """Two columns a week, and a line for what was open at its end, each in its own measure."""
    top = max(max(row[2], row[3]) for row in rows) or 1
    crest = max(row[4] for row in rows) or 1
    wide = 100 / len(rows)
    parts = []
    for place, row in enumerate(rows):
        for n, shift, tone, said in (
            (row[2], 0.12, "going", _("Issued")),
            (row[3], 0.5, "done", _("Closed or withdrawn")),
        ):
            high = 100 * n / top
            parts.append(Part(round(wide * (place + shift), 2), round(wide * 0.36, 2), tone, f"{row[0]} {said} {n:,}",
                              round(100 - high, 2), round(high, 2)))  # fmt: skip
    line = " ".join(f"{wide * (place + 0.5):.2f},{100 - 100 * row[4] / crest:.2f}" for place, row in enumerate(rows))
    ticks = [(round(wide * place, 2), row[0][5:], place % 8 == 0) for place, row in enumerate(rows) if place % 4 == 0]
    legend = [("going", _("Issued")), ("done", _("Closed or withdrawn")), ("ink", _("Open, at most %(n)d", n=crest))]
    return Drawing("weeks", parts=parts, line=line, ticks=ticks, legend=legend, top=top)


def _heat(_chart: Chart, rows: Rows, scope: Scope) -> Drawing:
    """The units with the most findings, each a strip of the commonest clauses: the darker, the more."""
    clauses: Counter[str] = Counter()
    units: Counter[tuple[str, str]] = Counter()
    for code, name, clause, n in rows:
        clauses[clause] += n
        units[code, name] += n
    across = [clause for clause, _n in clauses.most_common(MOST_CLAUSES)]
    numbers = {(row[0], row[2]): row[3] for row in rows}
    most, wide = max(numbers.values()), 100 / len(across)
    bars = [
        Bar(name, f"{n:,}", listed(_valid(scope, unit=f"={code}")), [
            _field(numbers.get((code, clause), 0), most, place * wide, wide,
                   listed(_valid(scope, unit=f"={code}", clause=clause or NOTHING)), f"{name} {clause or NOTHING}")
            for place, clause in enumerate(across)
        ])
        for (code, name), n in units.most_common(MOST_ROWS)
    ]  # fmt: skip
    ticks = [(round(wide * (place + 0.5), 2), str(place + 1), True) for place in range(len(across))]
    legend = [(str(place), clause or NOTHING) for place, clause in enumerate(across, start=1)]
    return Drawing("heat", bars, legend=legend, ticks=ticks, more=len(units) - len(bars))


def _field(n: int, most: int, x: float, wide: float, url: str, what: str) -> Part:
    level = 0 if not n else 1 + int((LEVELS - 1) * (n - 1) / max(most - 1, 1))
    return Part(round(x, 2), round(wide, 2), f"heat-{level}", f"{what}: {n:,}", text=str(n or ""), url=url if n else "")


def _valid(scope: Scope, **more: Any) -> Filters:
    return Filters(state="valid", issued=scope.spelled, **more)
