"""Charts of the course of things: who waits for whom, what came and went by week, which clause where."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.analysis import queries_course
from app.analysis.charts import FEW, Rows, chart
from app.analysis.scope import Scope
from app.analysis.tables import STATE_LABELS, Cell, Table, listed, share
from app.findings.filters import Filters
from app.words import NOTHING, told
from workflows.grammar import Sentence, say


def _waited(rows: Rows, _scope: Scope) -> Sentence:
    slow = max((row for row in rows if row[3] >= FEW), key=lambda row: (row[4], row[3]), default=None)
    if slow is None:
        return say("Too few steps have ended in the period to say who waits for whom.")
    return say("The longest wait is for %(unit)s, %(state)s: half of %(n)d took more than %(days)s d.",
               unit=slow[2] or NOTHING, state=say(STATE_LABELS[slow[0]]), n=slow[3], days=f"{slow[4]:g}")  # fmt: skip


def _waits_table(rows: Rows, scope: Scope, most: int | None) -> Table:
    heads = [_("State"), _("Waited for"), _("Steps ended"), _("Median days"), _("Most days"), _("Share in time")]
    shown = sorted(rows, key=lambda row: (row[3] < FEW, -row[4], -row[3], row[2]))
    lines = [
        [Cell(told(STATE_LABELS[state])), Cell(name or NOTHING), Cell(f"{n:,}", number=n),
         Cell(f"{median:g}", few=n < FEW, number=median), Cell(f"{longest}", number=longest), share(timely, n)]
        for state, _code, name, n, median, longest, timely in shown[:most]
    ]  # fmt: skip
    ended, timely = sum(row[3] for row in rows), sum(row[6] for row in rows)
    return Table(heads, lines, [Cell(_("In all")), Cell(""), Cell(f"{ended:,}", number=ended), Cell(""), Cell(""),
                                share(timely, ended, is_sum=True)], words=2)  # fmt: skip


chart(
    name="waits", label=_l("Who waits for whom"), group="", columns=(), says=_waited, drawn="waits",
    asks=queries_course.held, lays=_waits_table,
    means=(_l("Every stay in a state that ended in the period, in the name of whoever held it, in days of the "
              "calendar; the median is the middle one."),
           _l("In time = ended no later than that wait's own end. Fewer than five are grey and not ranked.")),
)  # fmt: skip


def _came(rows: Rows, _scope: Scope) -> Sentence:
    added, closed = sum(row[2] for row in rows[-4:]), sum(row[3] for row in rows[-4:])
    return say("In four weeks %(added)d were issued and %(closed)d closed or withdrawn; %(open)d are open now.",
               added=added, closed=closed, open=rows[-1][4])  # fmt: skip


def _flow_table(rows: Rows, scope: Scope, _most: int | None) -> Table:
    heads = [_("Week from"), _("Week until"), _("Issued"), _("Closed or withdrawn"), _("Open at its end")]
    lines = [
        [Cell(first), Cell(last), _counted(added, scope, issued=f"{first}..{last}"),
         _counted(ended, scope, closed=f"{first}..{last}"), Cell(f"{standing:,}", number=standing)]
        for first, last, added, ended, standing in reversed(rows)
    ]  # fmt: skip
    period = f"{rows[0][0]}..{rows[-1][1]}"
    return Table(heads, lines, [
        Cell(_("In all")), Cell(""), _counted(sum(row[2] for row in rows), scope, issued=period),
        _counted(sum(row[3] for row in rows), scope, closed=period), Cell(""),
    ], words=2)  # fmt: skip


def _counted(n: int, scope: Scope, **view: str) -> Cell:
    return Cell(f"{n:,}", listed(Filters(state="all", unit=scope.unit, **view)) if n else "", number=n)


chart(
    name="flow", label=_l("Issued and closed by week"), group="", columns=(), says=_came, drawn="weeks",
    asks=queries_course.flow, lays=_flow_table,
    means=(_l("Issued = became a task in that week. "
              "Open = issued and neither closed nor withdrawn when the week ended."),),
)  # fmt: skip


def _thick(rows: Rows, _scope: Scope) -> Sentence:
    if not rows:
        return say("Nothing was issued in the period.")
    clauses: Counter[str] = Counter()
    for _code, _name, clause, n in rows:
        clauses[clause] += n
    (clause, n), *_rest = clauses.most_common(1)
    return say("Most findings are against clause %(clause)s: %(n)d of %(all)d.",
               clause=clause or NOTHING, n=n, all=clauses.total())  # fmt: skip


def _heat_table(rows: Rows, scope: Scope, most: int | None) -> Table:
    heads = [_("Unit"), _("Clause"), _("Findings")]
    within = {"unit": scope.unit} if scope.unit else {}
    lines = [
        [Cell(name), Cell(clause or NOTHING), Cell(f"{n:,}", listed(_in_cell(code, clause, scope, within)), number=n)]
        for code, name, clause, n in rows[:most]
    ]  # fmt: skip
    n = sum(row[3] for row in rows)
    return Table(heads, lines, [Cell(_("In all")), Cell(""), Cell(f"{n:,}", number=n)], words=2)


def _in_cell(code: str, clause: str, scope: Scope, within: dict[str, Any]) -> Filters:
    view = within | {"unit": f"={code}", "clause": clause or NOTHING}
    return Filters(state="valid", issued=scope.spelled, **view)


chart(
    name="clauses", label=_l("Which clause where"), group="", columns=(), says=_thick, drawn="heat",
    asks=queries_course.cells, lays=_heat_table,
    means=(_l("Findings issued in the period and not withdrawn, by responsible unit and clause; the 500 largest "
              "pairs."),),
)  # fmt: skip
