"""The people and units every test knows: one county with two districts, and a foreign county beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from app.calendars.models import CalendarDay, CalendarYear
from app.db import db
from app.folding import fold
from app.people.models import Person, Post
from app.units.models import Unit

START = date(2020, 1, 1)
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
# name: (kind, shown, above, has an account)
UNITS = {
    "bureau": ("bureau", "清河县教育局", None, True),
    "office": ("department", "清河县教育督导室", "bureau", True),
    "east": ("district", "东片学区", "bureau", True),
    "west": ("district", "西片学区", "bureau", True),
    "first": ("school", "清河县第一小学", "east", True),
    "willow": ("school", "柳溪小学", "east", True),
    "stone": ("school", "石桥教学点", "east", False),
    "north": ("school", "北山中学", "west", True),
    "foreign": ("bureau", "白沙县教育局", None, True),
    "sands": ("school", "白沙小学", "foreign", True),
}
# login: (name, post, unit, title)
PEOPLE = {
    "leader": ("周明达", "leader", "bureau", "副局长"),
    "inspector": ("许文清", "inspector", "office", "督学"),
    "colleague": ("何静", "inspector", "office", "督学"),
    "county": ("田勇", "reviewer", "office", "督导室主任"),
    "district": ("郭学军", "reviewer", "east", "学区主任"),
    "westerner": ("马丽", "reviewer", "west", "学区主任"),
    "head": ("李秀云", "head", "first", "校长"),
    "owner": ("张明远", "member", "first", "总务主任"),
    "teacher": ("孙晓", "member", "first", "教师"),
    "neighbour": ("王建国", "head", "willow", "校长"),
    "northerner": ("冯立", "head", "north", "校长"),
    "stranger": ("罗成", "inspector", "foreign", "督学"),
    "sandhead": ("陈芳", "head", "sands", "校长"),
}
ADMIN = "admin"


def enter() -> None:
    """Put the whole cast into an empty database."""
    units: dict[str, Unit] = {}
    for code, (kind, name, above, has_account) in UNITS.items():
        units[code] = _unit(code, kind, name, units.get(above or ""), has_account)
    for login, (name, post, unit, title) in PEOPLE.items():
        person = _person(login, name)
        db.session.add(Post(person=person, unit=units[unit], kind=post, title=title, starts_on=START))
    _person(ADMIN, "管理员").is_admin = True
    db.session.add(CalendarYear(year=2026, source="test"))
    db.session.add(CalendarDay(on=date(2026, 1, 1), kind="off", note="元旦", source="test"))


def _unit(code: str, kind: str, name: str, parent: Unit | None, has_account: bool) -> Unit:
    unit = Unit(code=code, kind=kind, name=name, parent=parent, path="", has_account=has_account, folded=fold(name))
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    return unit


def _person(login: str, name: str) -> Person:
    person = Person(login=login, name=name, folded=fold(f"{name} {login}"), created_at=SINCE, activated_at=SINCE)
    db.session.add(person)
    return person


class Cast:
    """`cast.head` is the person with that login, `cast.units["first"]` the unit with that code."""

    def __getattr__(self, login: str) -> Person:
        return db.session.query(Person).filter_by(login=login).one()

    @property
    def units(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in db.session.query(Unit)}

    def unit(self, code: str) -> Any:
        return self.units[code]
