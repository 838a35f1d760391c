"""The calendar as the law wants it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import bindparam, select

from app.asking import once
from app.calendars.models import CalendarDay, CalendarYear
from app.db import db, table_of
from app.keeping import Kept
from workflows.calendar import Calendar, add_working_days
from workflows.grammar import Sentence, say

ANNOUNCED = 11  # the State Council publishes next year's holidays in October or November


DAYS = table_of(CalendarDay).c
ALL = select(DAYS.on, DAYS.kind, DAYS.note)
BETWEEN = ALL.where(DAYS.on.between(bindparam("start"), bindparam("end")))


def calendar_between(start: date, end: date) -> Calendar:
    """The calendar for the days from `start` to `end`; years not known follow the week."""
    return once(("calendar", start, end), lambda: _between(start, end))


def _between(start: date, end: date) -> Calendar:
    rows = db.session.connection().execute(BETWEEN, {"start": start, "end": end})
    return Calendar({row.on: (row.kind, row.note) for row in rows}, frozenset())


def _whole() -> Calendar:
    rows = db.session.connection().execute(ALL)
    return Calendar({row.on: (row.kind, row.note) for row in rows}, frozenset())


calendar_kept = Kept(_whole)  # for counting working days: every step that starts a wait asks it


def known_years() -> frozenset[int]:
    """The years whose calendar has been entered."""
    return frozenset(db.session.scalars(select(CalendarYear.year)))


def calendar_explained(start: date, end: date) -> Calendar:
    """The calendar between two days, knowing which years are only estimated."""
    return Calendar(calendar_between(start, end).days, known_years())


@dataclass(frozen=True)
class Explained:
    """How many days were counted on the way to a date, and which were skipped for what."""

    counted: int
    skipped: list[tuple[str, list[date]]]
    make_up: list[date]
    estimated: list[int]


def explain(start: date, end: date) -> Explained:
    """The working days after `start` up to `end`: counted, skipped by reason, worked at weekends, years estimated."""
    calendar = calendar_explained(start, end)
    days = [calendar.day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1)]
    skipped: dict[str, list[date]] = {}
    for day in days:
        if not day.counted:
            skipped.setdefault(day.why, []).append(day.on)
    make_up = [day.on for day in days if day.counted and day.on.weekday() >= 5]
    estimated = sorted({day.on.year for day in days if day.estimated})
    return Explained(sum(day.counted for day in days), list(skipped.items()), make_up, estimated)


def explained(start: date, working_days: int) -> Explained:
    """The same for a wait of so many working days that began after `start`."""
    last = add_working_days(calendar_kept(), start, working_days)
    return explain(start, last)


def told(found: Explained) -> list[Sentence]:
    """The explanation as sentences for a reader: what was counted, what was skipped, what is estimated."""
    said = [say("%(count)d working days were counted.", count=found.counted)]
    for why, days in found.skipped:
        reason = say("weekends") if why == "weekend" else why
        said.append(say("Skipped: %(why)s (%(days)s).", why=reason, days=spans(days)))
    if found.make_up:
        said.append(say("Counted although at a weekend (make-up workday): %(days)s.", days=spans(found.make_up)))
    for year in found.estimated:
        said.append(say("The holidays of %(year)d are not entered yet: Monday to Friday was counted.", year=year))
    return said


def spans(days: list[date]) -> str:
    """Days as they are read: 2026-02-15–2026-02-23, 2026-03-01."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def said_between(start: date, end: date) -> str:
    """What departs from the week between two days, as the record of administration keeps it."""
    days = calendar_between(start, end).days
    said: dict[tuple[str, str], list[date]] = {}
    for on in sorted(days):
        said.setdefault(days[on], []).append(on)
    return "; ".join(f"{spans(run)} {kind} {note}".strip() for (kind, note), run in said.items())


def years() -> dict[int, str]:
    """The years entered, each with its source, in order."""
    rows = db.session.scalars(select(CalendarYear).order_by(CalendarYear.year))
    return {row.year: row.source for row in rows}


def ranges(year: int) -> list[tuple[date, date, str, str, str]]:
    """The days of a year that depart from the week, as runs: first, last, kind, note, source."""
    inside = CalendarDay.on.between(date(year, 1, 1), date(year, 12, 31))
    runs: list[tuple[date, date, str, str, str]] = []
    for day in db.session.scalars(select(CalendarDay).where(inside).order_by(CalendarDay.on)):
        said = (day.kind, day.note, day.source)
        if runs and runs[-1][2:] == said and day.on - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day.on, *said)
        else:
            runs.append((day.on, day.on, *said))
    return runs


def missing_years(today: date) -> list[int]:
    """Years that are counted by the week alone and should be entered by now: this one, from November also the next."""
    wanted = [today.year, today.year + 1] if today.month >= ANNOUNCED else [today.year]
    known = known_years()
    return [year for year in wanted if year not in known]
