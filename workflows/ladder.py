"""The ladder: when each rung of a wait comes, which one speaks, and when to look again; pure functions over data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal, NamedTuple

from workflows.calendar import Calendar, add_working_days, working_day_before
from workflows.rungs import FARTHEST, Ladder, Rung

Outcome = Literal["spoke", "skipped", "expired"]


@dataclass(frozen=True)
class Office:
    """When the house speaks: on working days, between two times of the day, in one zone."""

    calendar: Calendar
    zone: tzinfo
    opens: time = time(8)
    closes: time = time(18)
    _moments: dict[tuple[int, date], datetime] = field(default_factory=dict, compare=False, repr=False)

    def is_open(self, now: datetime) -> bool:
        """Whether anything may be said now."""
        here = now.astimezone(self.zone)
        return self.calendar.works(here.date()) and self.opens <= here.time() < self.closes

    def opening(self, day: date) -> datetime:
        """When the house begins to speak on that day."""
        return datetime.combine(day, self.opens, self.zone)

    def next_opening(self, now: datetime) -> datetime:
        """The next morning on which people work."""
        return self.moment(1, now)

    def moment(self, days: int, until: datetime) -> datetime:
        """The morning that lies so many working days before or after the day of `until`."""
        day = until.astimezone(self.zone).date()
        if (days, day) not in self._moments:
            self._moments[days, day] = self.opening(self._day(days, day))
        return self._moments[days, day]

    def _day(self, days: int, day: date) -> date:
        if days > 0:
            return add_working_days(self.calendar, day, days)
        return working_day_before(self.calendar, day, -days)


@dataclass(frozen=True)
class Stay:
    """One wait as the ladder sees it; `climbed` are the ids of its rungs, each with the days it stood for then."""

    started_at: datetime
    until: datetime
    climbed: Mapping[int, int] = field(default_factory=dict)
    held_until: datetime | None = None


class Step(NamedTuple):
    """A rung that has come: when it should have spoken, and whether it does."""

    rung: Rung
    due_at: datetime
    outcome: Outcome


class Ascent(NamedTuple):
    """What a look at one wait finds: the rungs to record, in order, and when to look again."""

    steps: tuple[Step, ...]
    alarm_at: datetime | None

    @property
    def speaks(self) -> Rung | None:
        """The one rung that speaks; the others are only recorded."""
        return next((step.rung for step in self.steps if step.outcome == "spoke"), None)


def moments(ladder: Ladder, stay: Stay, office: Office) -> list[tuple[datetime, Rung]]:
    """When each rung of this wait comes, in order.

    What had passed before the wait began is not its holder's; but where the whole ladder had passed, the
    last rung comes at once, for nothing late stays unseen.
    """
    coming = [(office.moment(rung.days, stay.until), rung) for rung in ladder.rungs]
    own = [(_held(at, rung, stay), rung) for at, rung in coming if at > stay.started_at]
    if not own and coming and coming[-1][1].days > 0:
        own = [(stay.started_at, coming[-1][1])]
    return own


def _held(at: datetime, rung: Rung, stay: Stay) -> datetime:
    """An acknowledgement holds what the machine says, never what is drafted from 督办 on."""
    return max(at, stay.held_until) if stay.held_until and rung.is_machines else at


def rung_at(ladder: Ladder, stay: Stay, now: datetime, office: Office) -> Rung | None:
    """The highest rung that has come by now, climbed or not."""
    return max((rung for at, rung in moments(ladder, stay, office) if at <= now), key=lambda r: r.days, default=None)


def next_alarm(ladder: Ladder, stay: Stay, office: Office) -> datetime | None:
    """When the next rung above everything climbed comes; None at the top."""
    top = _top(stay.climbed)
    coming = (at for at, rung in moments(ladder, stay, office) if rung.days > top and rung.id not in stay.climbed)
    return min(coming, default=None)


def _top(climbed: Mapping[int, int]) -> int:
    return max(climbed.values(), default=-FARTHEST - 1)


def ascent(ladder: Ladder, stay: Stay, now: datetime, office: Office) -> Ascent:
    """The look at one wait: the highest rung that has come speaks, what lies below it is only recorded."""
    come = [(at, rung) for at, rung in moments(ladder, stay, office) if at <= now and rung.id not in stay.climbed]
    highest = max((rung.days for _at, rung in come), default=-FARTHEST)
    speaking = highest if highest > _top(stay.climbed) else None
    steps = tuple(Step(rung, at, _outcome(rung, speaking, stay.until < now)) for at, rung in come)
    climbed = {**stay.climbed, **{rung.id: rung.days for _at, rung in come}}
    return Ascent(steps, next_alarm(ladder, Stay(stay.started_at, stay.until, climbed, stay.held_until), office))


def _outcome(rung: Rung, speaking: int | None, ended: bool) -> Outcome:
    if rung.days <= 0 and ended:
        return "expired"
    return "spoke" if rung.days == speaking else "skipped"


def longest(ladders: Iterable[Ladder]) -> timedelta:
    """How far from a wait's end the calendar must be known, long holidays included."""
    days = max((abs(rung.days) for ladder in ladders for rung in ladder.rungs), default=1)
    return timedelta(days=days * 2 + 40)
