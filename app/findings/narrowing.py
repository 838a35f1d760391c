"""What each filter of the ledger demands of a finding, as a condition; visibility comes on top."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from app.clock import beginning_of, end_of, now
from app.days import day_at
from app.db import db
from app.findings.filters import Filters, days
from app.findings.models import Finding
from app.findings.vacancies import is_headless, is_vacant
from app.folding import fold
from app.inspections.models import Inspection
from app.people.models import Person
from app.tasks.due import DueDate
from app.tasks.lights import SOON
from app.tasks.models import Task, Wait
from app.tasks.queries import is_due_between, is_overdue, is_returned, is_step_late, waits_on, within
from app.units.models import Unit
from app.words import NOTHING

Condition = ColumnElement[bool]
Narrowing = Callable[[str, Person | None], ColumnElement[bool]]
UNITS_NAMED = 40  # a name that fits more units than this is too short to mean any
PLAIN = ("category", "weight")
# Filters over what only rooms above know (rungs, hints at photos); they say so with `narrows`.
ABOVE: dict[str, Narrowing] = {}


def narrows(name: str) -> Callable[[Narrowing], Narrowing]:
    """The decorated condition, given the filter's value and the viewer, answers the filter of that name."""

    def keep(condition: Narrowing) -> Narrowing:
        ABOVE[name] = condition
        return condition

    return keep


def conditions(filters: Filters, viewer: Person | None, today: date) -> list[Condition]:
    """What a finding must fulfil to stand in that view, visibility apart."""
    return [Task.kind == "finding", *_in_state(filters.state), *_plain(filters), *_timed(filters, today),
            *_of_course(filters, today), *_whose(filters, viewer), *_at_units(filters.unit),
            *_of_visit(filters.inspection)]  # fmt: skip


def _in_state(state: str) -> list[Condition]:
    if state in ("all", "valid"):
        return [Task.issued_at.is_not(None), Task.state != "withdrawn"] if state == "valid" else []
    return [Task.state == state if state else and_(Task.open)]


def _plain(filters: Filters) -> Iterator[Condition]:
    yield from (getattr(Task, name) == value for name in PLAIN if (value := getattr(filters, name)))
    if filters.track:
        yield Task.track != "long_term" if filters.track == "dated" else Task.track == filters.track
    if filters.clause:
        yield Task.clause == ("" if filters.clause == NOTHING else filters.clause)
    if filters.q:
        yield Task.folded.contains(fold(filters.q), autoescape=True)


def _timed(filters: Filters, today: date) -> Iterator[Condition]:
    if filters.light:
        yield _lit(filters.light, today)
    if filters.age:
        yield aged(filters.age, today)
    for name, column in (("issued", Task.issued_at), ("closed", Task.closed_at)):
        if said := getattr(filters, name):
            yield and_(Task.issued_at.is_not(None), between(column, days(said)))


def _lit(light: str, today: date) -> Any:
    """The predicates themselves, not the one light that is shown: a late one sent back is late too."""
    return {
        "overdue": is_overdue(today),
        "today": is_due_between(today, today),
        "soon": is_due_between(today, today + timedelta(days=SOON)),
        "week": is_due_between(today, sunday_of(today)),
        "returned": is_returned(),
    }[light]


def sunday_of(day: date) -> date:
    """The last day of its week."""
    return day + timedelta(days=6 - day.weekday())


def aged(age: str, today: date) -> Condition:
    """Issued so many days ago: `0-7`, `8-30`, `31-90`, or more than ninety `90-`."""
    youngest, _dash, oldest = age.partition("-")
    if not oldest:
        return Task.issued_at < beginning_of(today - timedelta(days=int(youngest)))
    return between(Task.issued_at, (today - timedelta(days=int(oldest)), today - timedelta(days=int(youngest))))


def between(column: Any, period: tuple[date, date] | None) -> Condition:
    """A moment within those days of the county; nothing fits a period that cannot be read."""
    return column.between(beginning_of(period[0]), end_of(period[1])) if period else false()


def _of_course(filters: Filters, today: date) -> Iterator[Condition]:
    """How it went: waiting, returned, come back."""
    if filters.wait:
        yield exists(select(Wait.id).where(Wait.task_id == Task.id, waiting(filters.wait, now())).correlate(Task))
    if filters.kept:
        yield kept(filters.kept, today)
    if filters.returns:
        yield Task.returns >= int(filters.returns)
    if filters.verified:
        yield is_verified(first="first" in filters.verified)
    if filters.recurs:
        came = aliased(Finding)
        yield exists(select(came.id).where(came.task_id == Task.id, came.recurs_id.is_not(None)).correlate(Task))


def waiting(how: str, moment: datetime) -> Condition:
    """An open wait that is late, older than so many days, or in the hands of a post that nobody fills."""
    if how == "late":
        return is_step_late(moment)
    if how in ("vacant", "headless"):
        return and_(Wait.ended_at.is_(None), is_vacant() if how == "vacant" else is_headless())
    return and_(Wait.ended_at.is_(None), Wait.started_at < moment - timedelta(days=int(how)))


def kept(how: str, today: date) -> Condition:
    """Due by today or closed (`due`), and of these what was closed on an application made in time (`granted`).

    The same with the first date promised instead of the latest: `due-first` and `first`.
    """
    on = first_due() if "first" in how else Task.due_on
    if how.startswith("due"):
        return or_(Task.state == "closed", on <= today)
    return and_(Task.state == "closed", day_at(Task.submitted_at) <= on)


def first_due() -> Any:
    """The first date that was promised."""
    dates = select(DueDate.on).where(DueDate.task_id == Task.id).order_by(DueDate.id).limit(1)
    return dates.correlate(Task).scalar_subquery()


def is_verified(*, first: bool) -> Condition:
    """A verdict was given on an application; with `first`, the first one closed it. On the spot is neither."""
    spot = select(Wait.id).where(Wait.task_id == Task.id, Wait.outcome == "close_on_the_spot").correlate(Task)
    passed = and_(Task.state == "closed", Task.returns == 0)
    return and_(passed if first else or_(Task.state == "closed", Task.returns > 0), ~exists(spot))


def _whose(filters: Filters, viewer: Person | None) -> Iterator[Condition]:
    if filters.mine:
        yield _hers(viewer) if viewer else false()
    for name, condition in ABOVE.items():
        if said := getattr(filters, name):
            yield condition(said, viewer)


def _hers(viewer: Person) -> Condition:
    waits = select(Wait.task_id).where(waits_on(viewer))
    return or_(Task.owner_id.in_(viewer.identities), Task.id.in_(waits))


def _at_units(said: str) -> list[Condition]:
    """Findings of the units with that code or name and of what lies below them; `=code` is that unit alone."""
    if said.startswith("="):
        return [Task.unit_id.in_(select(Unit.id).where(Unit.code == said[1:]))]
    if not said:
        return []
    named = or_(Unit.code == said, Unit.folded.contains(fold(said), autoescape=True))
    paths = list(db.session.scalars(select(Unit.path).where(named).order_by(Unit.path).limit(UNITS_NAMED)))
    return [or_(*(within(path) for path in paths)) if paths else false()]


def _of_visit(number: str) -> list[Condition]:
    if not number:
        return []
    visits = select(Inspection.id).join(Inspection.task).where(Task.number == number)
    visited = select(Finding.task_id).where(Finding.inspection_id.in_(visits.correlate(None)))
    return [and_(Task.id.in_(visited.correlate(None)))]
