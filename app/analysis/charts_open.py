"""Charts of what is open: by unit, on which rung, stuck where, returned, with warnings, without a superior, how old."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.analysis.charts import FEW, Rows, chart, total
from app.analysis.charts import Column as C
from app.analysis.scope import Scope
from app.findings.filters import STATES
from workflows.grammar import Sentence, say

OPEN = _l("Open")
ORDER = {name: place for place, (name, _label) in enumerate(STATES)}
AGES = ("0-7", "8-30", "31-90", "90-")


def by_share(numerator: int, denominator: int) -> Any:
    """The highest share first among rows with enough in them; the rest after them, in order of name."""

    def key(row: list[Any]) -> tuple[Any, ...]:
        part, whole = row[2 + numerator], row[2 + denominator]
        return (whole < FEW, -part / whole if whole >= FEW else 0, row[1])

    return key


def most(place: int) -> Any:
    """The largest number first."""
    return lambda row: (-row[2 + place], row[1])


def in_order(row: list[Any]) -> int:
    """States in the order of the work."""
    return ORDER[row[0]]


def _late(rows: Rows, _scope: Scope) -> Sentence:
    return say("%(late)d of %(n)d open findings are overdue, at %(units)d of %(all)d units.", late=total(rows, 1),
               n=total(rows, 0), units=sum(row[3] > 0 for row in rows), all=len(rows))  # fmt: skip


UNITS = chart(
    name="units", label=_l("Overdue by unit"), group="unit", says=_late, order=by_share(1, 0),
    columns=(C(OPEN), C(_l("Overdue"), {"light": "overdue"}, "late"), C(_l("Share"), share=(1, 0)),
             C(_l("Due this week"), {"light": "week"}, "soon")),
    means=(_l("Share = open findings past their date and not handed in ÷ all open findings of the unit."),),
)  # fmt: skip


def _climbed(rows: Rows, _scope: Scope) -> Sentence:
    grave = total(rows, 4) + total(rows, 5) + total(rows, 6)
    return say("%(n)d of %(all)d open findings stand on a rung; for %(grave)d of them a person decides.",
               n=total(rows, 0) - total(rows, 1), all=total(rows, 0), grave=grave)  # fmt: skip


chart(
    name="ladder", label=_l("Ladder and lights by unit"), group="unit", says=_climbed, order=most(0),
    columns=(
        C(OPEN), C(_l("No rung"), {"rung": "none"}, "done"), C(_l("Reminder"), {"rung": "reminder"}, "going"),
        C(_l("Urging"), {"rung": "urging"}, "soon"), C(_l("Supervision order"), {"rung": "order"}, "late-1"),
        C(_l("Circular"), {"rung": "circular"}, "late-2"), C(_l("Admonitory talk"), {"rung": "talk"}, "late-3"),
        C(_l("Overdue"), {"light": "overdue"}), C(_l("Due soon"), {"light": "soon"}),
        C(_l("Returned"), {"light": "returned"}),
    ),
    means=(_l("A finding counts at the highest rung that its present wait has climbed; one that is not late stands "
              "on none."),
           _l("Overdue, due soon and returned are the lights of the ledger; a finding may count in more than one.")),
)  # fmt: skip


def _stuck(rows: Rows, _scope: Scope) -> Sentence:
    return say("%(n)d findings have been in one state for over 30 days; %(late)d are past the time their step has.",
               n=total(rows, 2), late=total(rows, 4))  # fmt: skip


chart(
    name="stuck", label=_l("Stuck in one state"), group="state", says=_stuck, order=in_order,
    columns=(C(OPEN), C(_l("Over 14 days"), {"wait": "14"}), C(_l("Over 30 days"), {"wait": "30"}, "soon"),
             C(_l("Over 90 days"), {"wait": "90"}, "late"), C(_l("Step late"), {"wait": "late"})),
    means=(_l("Counted from the moment it came into whoever holds it now; step late = past the end of that wait."),),
)  # fmt: skip


def _again(rows: Rows, _scope: Scope) -> Sentence:
    return say("%(twice)d open findings were sent back twice or more, %(n)d at least once.",
               twice=total(rows, 1), n=total(rows, 0))  # fmt: skip


chart(
    name="returned", label=_l("Sent back again"), group="unit", says=_again, order=most(1), base={"returns": "1"},
    columns=(C(_l("Sent back once or more"), {}, "soon"), C(_l("Twice or more"), {"returns": "2"}, "returned")),
    means=(_l("Open findings that verification has sent back, whether they were handed in again or not."),),
)  # fmt: skip


def _warned(rows: Rows, _scope: Scope) -> Sentence:
    return say("%(n)d open findings carry photos that are like others.", n=total(rows, 0))


chart(
    name="hints", label=_l("Photo warnings"), group="unit", says=_warned, order=most(0), judged=True,
    base={"hints": "1"},
    columns=(C(OPEN, {}, "returned"), C(_l("Awaiting verification"), {"state": "verifying"})),
    means=(_l("A photo of the finding or of its measures is the same as another or much alike, and nobody has "
              "dismissed the hint. A hint is no proof."),),
)  # fmt: skip


def _vacant(rows: Rows, _scope: Scope) -> Sentence:
    return say("%(n)d open findings wait on a post that nobody holds; %(headless)d are at units without a head.",
               n=total(rows, 1), headless=total(rows, 2))  # fmt: skip


chart(
    name="vacant", label=_l("Without a superior"), group="unit", says=_vacant, order=most(1),
    columns=(C(OPEN), C(_l("Waits on a vacant post"), {"wait": "vacant"}, "late"),
             C(_l("Its unit has no head"), {"wait": "headless"}, "soon")),
    means=(_l("A post is vacant when nobody holds it today, or whoever is named can no longer sign in. Units without "
              "an account are left out: whoever supervises them acts for them."),),
)  # fmt: skip


def _aged(rows: Rows, _scope: Scope) -> Sentence:
    n = sum(total(rows, place) for place in range(4))
    return say("%(old)d of %(n)d open findings were issued more than 90 days ago.", old=total(rows, 3), n=n)


chart(
    name="ageing", label=_l("How old what is open is"), group="state", says=_aged, order=in_order,
    columns=(C(_l("0–7 days"), {"age": "0-7"}, "shade-1"), C(_l("8–30 days"), {"age": "8-30"}, "shade-2"),
             C(_l("31–90 days"), {"age": "31-90"}, "shade-3"), C(_l("More than 90 days"), {"age": "90-"}, "shade-4")),
    means=(_l("Days of the calendar since it was issued. Drafts are not counted."),),
)  # fmt: skip
