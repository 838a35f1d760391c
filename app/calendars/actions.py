"""Setting days off or on; a package that knows the public holidays only seeds the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import chinese_calendar
import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.calendars.models import CalendarDay, CalendarYear
from app.calendars.queries import calendar_kept, known_years
from app.db import db

PACKAGE, BY_HAND = "chinesecalendar", "entered"
SOURCES = {PACKAGE: _l("public holiday list"), BY_HAND: _l("entered by hand")}
FIRST, LAST = 2004, 2040
NAMES = {
    "New Year's Day": "元旦", "Spring Festival": "春节", "Tomb-sweeping Day": "清明节", "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节", "National Day": "国庆节", "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}  # fmt: skip


def seed(years: Iterable[int]) -> tuple[list[int], list[int]]:
    """Enter what the package knows of `years` that are not entered yet; returns the years entered and unknown."""
    entered: list[int] = []
    unknown: list[int] = []
    there = known_years()
    for year in (year for year in years if year not in there):
        days = _announced(year)
        if days is None:
            unknown.append(year)
            continue
        _enter(days)
        db.session.add(CalendarYear(year=year, source=PACKAGE))
        entered.append(year)
    db.session.flush()
    return entered, unknown


def _announced(year: int) -> list[CalendarDay] | None:
    """The days of a year that depart from the week; None when the package does not know the year."""
    try:
        days = [(on, *chinese_calendar.get_holiday_detail(on)) for on in days_of(date(year, 1, 1), date(year, 12, 31))]
    except NotImplementedError:
        return None
    return [
        CalendarDay(on=on, kind="off" if is_off else "on", note=_noted(name, is_off), source=PACKAGE)
        for on, is_off, name in days
        if is_off != (on.weekday() >= 5) or (is_off and name)
    ]


def _noted(name: str | None, is_off: bool) -> str:
    feast = NAMES.get(name or "", name or "")
    return feast if is_off else f"{feast}调休上班"


def _enter(days: list[CalendarDay]) -> None:
    """Add days, leaving alone what people entered by hand."""
    calendar_kept.forget()
    spoken_for = set(db.session.scalars(sa.select(CalendarDay.on).where(CalendarDay.on.in_([d.on for d in days]))))
    db.session.add_all(day for day in days if day.on not in spoken_for)


def set_days(start: date, end: date, kind: str, note: str) -> int:
    """Make the days from `start` to `end` off, on, or as the week has them (`default`); returns how many.

    What is entered wins over the package, but a school break does not rename the holidays inside it.
    """
    days = list(days_of(start, end))
    replaced = sa.delete(CalendarDay).where(CalendarDay.on.between(start, end))
    if kind == "off":
        replaced = replaced.where(sa.or_(CalendarDay.kind == "on", CalendarDay.source == BY_HAND))
    db.session.execute(replaced)
    calendar_kept.forget()
    if kind == "default":
        return len(days)
    _enter([CalendarDay(on=on, kind=kind, note=note, source=BY_HAND) for on in days])
    db.session.flush()
    return len(days)


def confirm_year(year: int, source: str = BY_HAND) -> None:
    """Somebody has entered the public calendar of that year; it is no longer estimated."""
    if db.session.get(CalendarYear, year) is None:
        db.session.add(CalendarYear(year=year, source=source))
        db.session.flush()


def days_of(start: date, end: date) -> Iterator[date]:
    """The days from `start` to `end`, both included."""
    return (start + timedelta(days=n) for n in range((end - start).days + 1))
