"""The calendar as the law wants it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from app.calendars.models import CalendarDay, CalendarYear
from app.db import db
from workflows.calendar import Calendar


def calendar_between(start: date, end: date) -> Calendar:
    """The calendar for the days from `start` to `end`; years not known follow the week."""
    rows = db.session.execute(
        select(CalendarDay.on, CalendarDay.kind, CalendarDay.note).where(CalendarDay.on.between(start, end))
    )
    return Calendar({row.on: (row.kind, row.note) for row in rows}, frozenset())


def calendar_for(start: date, working_days: int) -> Calendar:
    """A calendar long enough to count `working_days` from `start`, long holidays included."""
    return calendar_between(start, start + timedelta(days=working_days * 2 + 40))


def known_years() -> frozenset[int]:
    """The years whose calendar has been entered."""
    return frozenset(db.session.scalars(select(CalendarYear.year)))


def calendar_explained(start: date, end: date) -> Calendar:
    """The calendar between two days, knowing which years are only estimated."""
    return Calendar(calendar_between(start, end).days, known_years())
