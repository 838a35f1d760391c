"""Charts of rates: in time by original and granted dates, closed, passed the first time, come back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.analysis.charts import Column as C
from app.analysis.charts import Rows, chart, total
from app.analysis.charts_open import by_share
from app.analysis.scope import Scope
from workflows.grammar import Sentence, say

NONE = "—"


def percent(part: int, whole: int) -> str:
    """58.9 %, or a dash when there is nothing to divide by."""
    return f"{100 * part / whole:.1f} %" if whole else NONE


def _timely(rows: Rows, _scope: Scope) -> Sentence:
    return say("Closed in time: %(granted)s by the dates granted, %(first)s by the first dates; %(n)d findings count.",
               granted=percent(total(rows, 3), total(rows, 2)), first=percent(total(rows, 5), total(rows, 4)),
               n=total(rows, 0))  # fmt: skip


chart(
    name="rates", label=_l("Rates in time"), group="unit", says=_timely, order=by_share(3, 2), dated=True,
    drawn="shares", base={"state": "valid", "track": "dated"},
    columns=(
        C(_l("Count")), C(_l("Closed"), {"state": "closed"}), C(_l("Closed share"), share=(1, 0)),
        C(_l("Due so far"), {"kept": "due"}),
        C(_l("In time"), {"kept": "granted"}),
        C(_l("Share in time"), {}, "done", share=(3, 2)),
        C(_l("Due by first date"), {"kept": "due-first"}), C(_l("In time by first date"), {"kept": "first"}),
        C(_l("Share by first date"), share=(5, 4)),
        C(_l("Overdue"), {"light": "overdue", "state": ""}), C(_l("Overdue share"), share=(6, 0)),
    ),
    means=(
        _l("Count = findings issued in the period and not withdrawn; long-term ones stand apart."),
        _l("Closed share = closed ÷ count. Overdue share = open, past its date and not handed in ÷ count."),
        _l("Share in time = closed on an application made no later than the date granted ÷ closed, or open with that "
           "date reached today or earlier."),
        _l("By first date: the same with the first date promised, whatever was granted later."),
        _l("— means that there is nothing to divide by."),
    ),
)  # fmt: skip


def _long(rows: Rows, _scope: Scope) -> Sentence:
    return say("%(n)d long-term findings, %(closed)d of them closed, %(late)d past the date of their stage.",
               n=total(rows, 0), closed=total(rows, 1), late=total(rows, 2))  # fmt: skip


chart(
    name="long_term", label=_l("Long-term findings"), group="unit", says=_long, order=by_share(2, 0), dated=True,
    base={"state": "valid", "track": "long_term"},
    columns=(C(_l("Count")), C(_l("Closed"), {"state": "closed"}, "done"),
             C(_l("Overdue"), {"light": "overdue", "state": ""}, "late")),
    means=(_l("Long-term findings go by stages and count in no rate."),),
)  # fmt: skip


def _passed(rows: Rows, _scope: Scope) -> Sentence:
    return say("%(share)s passed verification the first time: %(first)d of %(n)d.",
               share=percent(total(rows, 1), total(rows, 0)), first=total(rows, 1), n=total(rows, 0))  # fmt: skip


chart(
    name="first_pass", label=_l("Passed the first time"), group="unit", says=_passed, order=by_share(1, 0), dated=True,
    drawn="shares", base={"state": "valid", "verified": "1"},
    columns=(C(_l("Verified")), C(_l("Passed the first time"), {"verified": "first"}),
             C(_l("Share"), {}, "done", share=(1, 0))),
    means=(_l("Verified = closed, or sent back at least once; what was closed on the spot is not counted."),
           _l("Share = closed without ever having been sent back ÷ verified.")),
)  # fmt: skip


def _back(rows: Rows, _scope: Scope) -> Sentence:
    return say("%(n)d of %(all)d findings are old ones that came back.", n=total(rows, 1), all=total(rows, 0))


chart(
    name="recurrences", label=_l("Come back"), group="unit", says=_back, order=by_share(1, 0), dated=True,
    base={"state": "valid"},
    columns=(C(_l("Count")), C(_l("Came back"), {"recurs": "1"}, "returned"), C(_l("Share"), share=(1, 0))),
    means=(_l("A finding counts as come back when it is linked to an earlier, closed one. Share = these ÷ all issued "
              "in the period."),),
)  # fmt: skip
