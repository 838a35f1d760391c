"""Working days: pure functions over a calendar that is handed in; unknown years follow the week."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["off", "on"]


@dataclass(frozen=True)
class Day:
    """One day of a count: whether it was counted, and why not."""

    on: date
    counted: bool
    why: str = ""
    estimated: bool = False


@dataclass(frozen=True)
class Calendar:
    """Days set off or on by hand; every other day follows the week. `known` are the years announced."""

    days: Mapping[date, tuple[Kind, str]]
    known: frozenset[int] = frozenset()

    def works(self, on: date) -> bool:
        """Whether people work on that day."""
        kind = self.days.get(on, (None, ""))[0]
        return kind == "on" or (kind is None and on.weekday() < 5)

    def day(self, on: date) -> Day:
        """That day as it stands in a count."""
        note = self.days.get(on, (None, ""))[1]
        works = self.works(on)
        return Day(on, works, "" if works else (note or "weekend"), on.year not in self.known)


def days_after(start: date) -> Iterator[date]:
    """The days after `start`, one by one."""
    while True:
        start += timedelta(days=1)
        yield start


def add_working_days(calendar: Calendar, start: date, days: int) -> date:
    """The day on which `days` working days after `start` have passed; `start` itself is not counted."""
    last = start
    for day in counted(calendar, start, days):
        last = day.on
    return last


def counted(calendar: Calendar, start: date, days: int) -> Iterator[Day]:
    """Every day from the one after `start` to the `days`-th working day, skipped ones included."""
    left = days
    following = days_after(start)
    while left > 0:
        day = calendar.day(next(following))
        left -= day.counted
        yield day


def working_days_between(calendar: Calendar, start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
    if end < start:
        return -working_days_between(calendar, end, start)
    return sum(calendar.works(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def next_working_day(calendar: Calendar, on: date) -> date:
    """`on` itself when people work then, otherwise the next day on which they do."""
    works: Callable[[date], bool] = calendar.works
    return on if works(on) else next(day for day in days_after(on) if works(day))


def working_day_before(calendar: Calendar, end: date, days: int) -> date:
    """The working day `days` working days before `end`; 0 is `end` itself, or the last one before a rest."""
    day = end
    while not calendar.works(day):
        day -= timedelta(days=1)
    for _day in range(days):
        day -= timedelta(days=1)
        while not calendar.works(day):
            day -= timedelta(days=1)
    return day
