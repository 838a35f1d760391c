"""The week in at most eight lines, each with what it counts: for a page, for a command, and for whoever sends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.analysis import glance, keeping
from app.analysis import lens as lenses
from app.analysis.charts import CHARTS
from app.analysis.glance import Glance
from app.analysis.scope import Scope
from app.clock import day_of
from app.overview import desk, needs, queries
from app.people.models import Person

MOST, WORST = 8, 2  # lines in all, and units named


@dataclass(frozen=True)
class Line:
    """One sentence of the week, and the view of the ledger it counts; empty when it counts no findings."""

    text: str
    view: dict[str, str] | None = None


def lines(viewer: Person, at: datetime) -> list[Line]:
    """At most eight, the three numbers first. In the language that is spoken where it is called."""
    seen = glance.of(viewer, at)
    return [*_numbers(seen), _moved(viewer, at), *_worst(seen), *_hers(viewer, at)][:MOST]


def _numbers(seen: Glance) -> Iterator[Line]:
    labels = _("Not closed"), _("Overdue"), _("Due this week")
    for label, light, n, before in zip(labels, glance.LIGHTS, seen.numbers, seen.before, strict=True):
        said = _("%(label)s: %(n)d (as a week ago)", label=label, n=n)
        if n != before:
            said = _("%(label)s: %(n)d (%(change)s since last week)", label=label, n=n, change=f"{n - before:+d}")
        yield Line(said, {"light": light} if light else {})


def _moved(viewer: Person, at: datetime) -> Line:
    """What came and went in the last whole week."""
    weeks = keeping.counted(CHARTS["flow"], lenses.of(viewer), Scope(day_of(at)), at).rows
    first, last, came, went, _open = weeks[-2]
    said = _("Last week %(came)d were issued, %(went)d closed or withdrawn.", came=came, went=went)
    return Line(said, {"state": "all", "issued": f"{first}..{last}"})


def _worst(seen: Glance) -> Iterator[Line]:
    """Where the overdue share is greatest; units with fewer than five are not named, people never."""
    for unit in [unit for unit in desk.shares(desk.Counted(*row[:4]) for row in seen.units) if not unit["few"]][:WORST]:
        said = _("%(unit)s: %(late)d of %(n)d overdue", unit=unit["name"], late=unit["late"], n=unit["n"])
        yield Line(said, {"light": "overdue", "unit": f"={unit['code']}"})


def _hers(viewer: Person, at: datetime) -> Iterator[Line]:
    slips = desk.slips(viewer, day_of(at))
    decide = needs.of(viewer, [slip for slip in slips if slip.role not in desk.DOERS])
    if count := len(decide):
        yield Line(ngettext("%(num)d thing waits for your decision.", "%(num)d things wait for your decision.", count))
    if count := len(queries.waiting(viewer)):
        yield Line(ngettext("%(num)d thing is in your hands.", "%(num)d things are in your hands.", count))
