"""Taking a table of units and people in: first what it would do, then all of it or nothing."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm.attributes import set_committed_value

from app.acts import actions as acts
from app.clock import day_of
from app.people import planning_people, planning_units
from app.people.actions_staff import new_person, seat_all
from app.people.importing import Table
from app.people.models import Person, Post
from app.people.planning import NEW, PersonLine, Plan, UnitLine
from app.people.queries_staff import by_logins
from app.units import actions as units
from app.units.models import Unit
from app.units.queries import by_codes_and_names


def plan(table: Table, today: date) -> Plan:
    """What the table would do to what is there now; nothing is written."""
    called = by_codes_and_names()
    near = dict[str, str]()
    unit_lines = planning_units.planned(table.units, called, near)
    there = by_logins(planning_people.logins_of(table.people))
    people = planning_people.planned(table.people, unit_lines, called, near, there, today)
    return Plan(unit_lines, people, table.ignored)


def carry_out(ready: Plan, by: Person | None, *, now: datetime) -> None:
    """Write everything that is new together, each with its act; a plan with something wrong is refused whole."""
    if not ready.is_ready:
        raise ValueError("rows are still wrong")
    fresh = list[Unit]()
    for line in ready.units:
        _made(line, fresh)
    units.create_all(fresh)
    entered = dict[str, Person]()
    posts = [_seated(line, entered, now) for line in ready.people if line.verdict == NEW]
    people = list(entered.values())
    seat_all(people, posts)
    for subjects in (fresh, people, posts):
        acts.all_made(subjects, by, now=now)


def _made(line: UnitLine, fresh: list[Unit]) -> Unit:
    """The unit of a line, made once, after the one above it."""
    if line.unit is None:
        above = _made(line.above, fresh) if isinstance(line.above, UnitLine) else line.above
        row = line.row
        line.unit = units.new(
            above, kind=line.kind, name=line.what, code=row.get("code"), aliases=row.get("aliases"),
            has_account=line.account,
        )  # fmt: skip
        fresh.append(line.unit)
    return line.unit


def _seated(line: PersonLine, entered: dict[str, Person], now: datetime) -> Post:
    row = line.row
    if line.person is None and line.login not in entered:
        said = {name: row.get(name) for name in ("phone", "email")}
        entered[line.login] = new_person(login=line.login, name=line.what, now=now, **said)
    unit = line.seat.unit if isinstance(line.seat, UnitLine) else line.seat
    if unit is None:
        raise ValueError(f"row {row.number} has no unit")
    post = Post(kind=line.post, title=row.get("title"), starts_on=line.since or day_of(now))
    set_committed_value(post, "person", line.person or entered[line.login])
    set_committed_value(post, "unit", unit)
    return post
