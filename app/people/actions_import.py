"""Taking a table of units and people in: first what it would do, then all of it or nothing."""

from __future__ import annotations

from datetime import date, datetime

from app.acts import actions as acts
from app.clock import day_of
from app.people import planning_people, planning_units
from app.people.actions_staff import add_person, add_post
from app.people.importing import Table
from app.people.models import Person
from app.people.planning import NEW, PersonLine, Plan, UnitLine
from app.people.queries_staff import by_logins
from app.units import actions as units
from app.units.models import Unit
from app.units.queries import by_codes_and_names


def plan(table: Table, today: date) -> Plan:
    """What the table would do to what is there now; nothing is written."""
    called = by_codes_and_names()
    unit_lines = planning_units.planned(table.units, called)
    there = by_logins(planning_people.logins_of(table.people))
    people = planning_people.planned(table.people, unit_lines, called, there, today)
    return Plan(unit_lines, people, table.ignored)


def carry_out(ready: Plan, by: Person | None, *, now: datetime) -> None:
    """Write everything that is new, each with its act; a plan with something wrong is refused whole."""
    if not ready.is_ready:
        raise ValueError("rows are still wrong")
    for line in ready.units:
        _made(line, by, now)
    entered: dict[str, Person] = {}
    for person_line in ready.people:
        if person_line.verdict == NEW:
            _seated(person_line, entered, by, now)


def _made(line: UnitLine, by: Person | None, now: datetime) -> Unit:
    """The unit of a line, made once, after the one above it."""
    if line.unit is None:
        above = _made(line.above, by, now) if isinstance(line.above, UnitLine) else line.above
        row = line.row
        line.unit = units.create(
            above, kind=line.kind, name=line.what, code=row.get("code"), aliases=row.get("aliases"),
            has_account=line.account,
        )  # fmt: skip
        acts.made(line.unit, by, now=now)
    return line.unit


def _seated(line: PersonLine, entered: dict[str, Person], by: Person | None, now: datetime) -> None:
    row = line.row
    person = line.person or entered.get(line.login)
    if person is None:
        person = add_person(login=line.login, name=line.what, phone=row.get("phone"), email=row.get("email"), now=now)
        entered[line.login] = person
        acts.made(person, by, now=now)
    unit = _made(line.seat, by, now) if isinstance(line.seat, UnitLine) else line.seat
    if unit is None:
        raise ValueError(f"row {row.number} has no unit")
    post = add_post(person, unit, kind=line.post, title=row.get("title"), starts_on=line.since or day_of(now))
    acts.made(post, by, now=now)
