"""Counting over many units for circulars and monthly reports, row by row, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.clock import day_of
from app.papers.phrases import brief, clean, day, rate
from app.papers.queries import is_late

NAMED = 50  # late findings that are named one by one


@dataclass
class Count:
    """The numbers of one unit, or of all."""

    name: str = ""
    all: int = 0
    closed: int = 0
    waiting: int = 0
    late: int = 0
    due: int = 0
    in_time: int = 0

    def add(self, row: Any, today: date) -> None:
        """Count one finding."""
        self.all += 1
        self.closed += row.state == "closed"
        self.waiting += row.state == "verifying"
        self.late += is_late(row, today)
        if row.state == "closed" or (row.due_on and row.due_on <= today):
            self.due += 1
            self.in_time += _was_in_time(row)

    def told(self) -> dict[str, Any]:
        """Ready to be set; what is not closed and does not wait is being put right."""
        return {
            "name": clean(self.name), "all": self.all, "closed": self.closed, "waiting": self.waiting,
            "going": self.all - self.closed - self.waiting, "late": self.late,
            "rate": rate(self.closed, self.all), "on_time": rate(self.in_time, self.due),
        }  # fmt: skip


def _was_in_time(row: Any) -> bool:
    handed_in = row.submitted_at or row.closed_at
    return row.state == "closed" and handed_in and (row.due_on is None or day_of(handed_in) <= row.due_on)


@dataclass
class Survey:
    """What the rows add up to: by unit, in all, what is late, what is due next, and the flow of one month."""

    today: date
    month: date
    total: Count = field(default_factory=Count)
    units: list[Count] = field(default_factory=list)
    late: list[Any] = field(default_factory=list)
    next: list[Any] = field(default_factory=list)
    flow: dict[str, int] = field(default_factory=lambda: {"new": 0, "submitted": 0, "closed": 0})
    more_late: int = 0
    more_next: int = 0

    def add(self, row: Any) -> None:
        """Take in one row; rows come unit by unit."""
        if not self.units or self.units[-1].name != row.unit:
            self.units.append(Count(row.unit))
        self.units[-1].add(row, self.today)
        self.total.add(row, self.today)
        for name, moment in (("new", row.issued_at), ("submitted", row.submitted_at), ("closed", row.closed_at)):
            self.flow[name] += bool(moment and _month(day_of(moment)) == self.month)
        if is_late(row, self.today):
            self.more_late += _kept(self.late, row)
        elif row.open and row.submitted_at is None and row.due_on and _month(row.due_on) == following(self.month):
            self.more_next += _kept(self.next, row)

    def told(self) -> dict[str, Any]:
        """Ready to be set."""
        return {
            "units": [unit.told() for unit in self.units], "total": self.total.told(), "flow": self.flow,
            "late": self._named(self.late), "more_late": self.more_late, "waited": False,
            "next": self._named(self.next), "more_next": self.more_next,
            "month": f"{self.month.year}年{self.month.month}月",
        }  # fmt: skip

    def _named(self, rows: list[Any]) -> list[dict[str, Any]]:
        return [
            {"n": n, "unit": clean(row.unit), "title": brief(row.title), "number": row.number, "due": day(row.due_on),
             "days": (self.today - row.due_on).days}
            for n, row in enumerate(rows, start=1)
        ]  # fmt: skip


def survey(rows: Iterable[Any], today: date) -> Survey:
    """Count all rows."""
    counted = Survey(today, _month(today))
    for row in rows:
        counted.add(row)
    return counted


def _kept(rows: list[Any], row: Any) -> bool:
    """Keep the first ones; True when there is no room for it."""
    if len(rows) >= NAMED:
        return True
    rows.append(row)
    return False


def _month(on: date) -> date:
    return on.replace(day=1)


def following(month: date) -> date:
    """The first day of the month after."""
    return _month(month + timedelta(days=31))
