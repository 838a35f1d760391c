"""What goes out at once, what waits for the day's digest, and the first moment at which either may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from app.calendars.queries import calendar_between
from app.calendars.queries_hours import HouseHours, house_hours
from app.clock import zone
from workflows.calendar import Calendar

ALL, OWNER = "all", "owner"
# Assignments, returns and orders, by kind of task and step: to all who are told, or only to whoever is named owner.
AT_ONCE = {
    ("finding", "issue"): ALL, ("finding", "transfer"): ALL, ("finding", "uphold"): ALL,
    ("finding", "acknowledge"): OWNER, ("finding", "reassign"): OWNER,
    ("finding", "return_plan"): ALL, ("finding", "send_back"): ALL, ("extension", "refuse"): ALL,
    ("report", "ask_again"): ALL, ("order", "issue"): ALL, ("order", "send_back"): ALL,
    ("circular", "issue"): ALL, ("talk", "issue"): ALL, ("talk", "hold"): ALL, ("talk", "send_back"): ALL,
}  # fmt: skip
PROPOSES = frozenset({"propose_order", "propose_circular", "propose_talk"})
GRAVER = ("remind", "urge", "propose_order", "propose_circular", "propose_talk")
LADDERS = frozenset(GRAVER)
SHORTLY = timedelta(minutes=5)  # after the hour, so that what the ladder says at the opening comes along
LATE = timedelta(minutes=15)  # later than any tick; then somebody slept
WHOLE = date(2000, 1, 1), date(2100, 1, 1)


def is_urgent(kind: str, step: str, facts: dict[str, Any], person_id: int) -> bool:
    """Whether that entry is for her at once rather than in a digest."""
    whom = ALL if step in PROPOSES else AT_ONCE.get((kind, step))
    return whom == ALL or (whom == OWNER and (facts.get("owner") or {}).get("id") == person_id)


@dataclass(frozen=True)
class Quiet:
    """Two hours of the day between which nothing is sent; over midnight when the first is the later one."""

    starts: time
    ends: time

    def holds(self, at: time) -> bool:
        """Whether nothing is sent at that time of day."""
        if self.starts <= self.ends:
            return self.starts <= at < self.ends
        return at >= self.starts or at < self.ends


@dataclass(frozen=True)
class Times:
    """The calendar and the hours by which the house sends."""

    calendar: Calendar
    zone: tzinfo
    hours: HouseHours

    @property
    def quiet(self) -> Quiet:
        """The house's quiet hours."""
        return Quiet(*self.hours.quiet)

    def may_go(self, moment: datetime, quiet: Quiet | None = None) -> datetime:
        """The first moment from `moment` on that lies on a working day and in nobody's quiet hours."""
        quiets = [self.quiet] + ([quiet] if quiet else [])
        here = moment.astimezone(self.zone)
        for _turn in range(1000):
            silent = next((one for one in quiets if one.holds(here.timetz().replace(tzinfo=None))), None)
            if not self.calendar.works(here.date()):
                here = self._at(here.date() + timedelta(days=1), time(0))
            elif silent is not None:
                tomorrow = here.time() >= silent.ends
                here = self._at(here.date() + timedelta(days=int(tomorrow)), silent.ends)
            else:
                break
        found = here.astimezone(moment.tzinfo)
        # The hour that comes twice when clocks are set back: its second turn, where the first is over.
        return found if found >= moment else here.replace(fold=1).astimezone(moment.tzinfo)

    def digest_after(self, moment: datetime, hour: int | None = None, quiet: Quiet | None = None) -> datetime:
        """When the next digest leaves: on a working day, at her hour, never before the house opens."""
        hers = time(hour) if hour is not None else self.hours.digest
        leaves = max(hers, self.hours.office[0])
        day = moment.astimezone(self.zone).date()
        while not self.calendar.works(day) or self._at(day, leaves) + SHORTLY < moment:
            day += timedelta(days=1)
        return self.may_go((self._at(day, leaves) + SHORTLY).astimezone(moment.tzinfo), quiet)

    def _at(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone)


def times() -> Times:
    """The times as they are set now."""
    return Times(calendar_between(*WHOLE), zone(), house_hours())


def off_the_hour(kind: str, moment: datetime) -> datetime:
    """Robots keep away from full and half hours, when everybody's robots speak and the platforms refuse."""
    if kind in ("mail", "webhook"):
        return moment
    past = (moment.minute + 2) % 30
    return moment if past > 4 else moment.replace(second=0, microsecond=0) + timedelta(minutes=5 - past)
