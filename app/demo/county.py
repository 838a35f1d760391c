"""The units and people of the demo; every name is made up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.calendars.actions import seed
from app.db import db
from app.folding import fold
from app.people.models import Person, Post
from app.people.passwords import hashed
from app.units.models import Unit

PASSWORD = "qinghe-demo"  # shown on the sign-in page, in demo mode only
START = date(2024, 9, 1)
# code: (kind, name, above, has an account)
UNITS = {
    "QH": ("bureau", "清河县教育局", "", True),
    "QH-DD": ("department", "教育督导室", "QH", True),
    "QH-AQ": ("department", "安全管理科", "QH", True),
    "QH-JC": ("department", "计财装备科", "QH", True),
    "QH-D": ("district", "东片学区", "QH", True),
    "QH-X": ("district", "西片学区", "QH", True),
    "QH-D1": ("school", "清河县第一小学", "QH-D", True),
    "QH-D2": ("school", "柳溪小学", "QH-D", True),
    "QH-D3": ("school", "青禾小学", "QH-D", True),
    "QH-D4": ("school", "石桥教学点", "QH-D", False),
    "QH-X1": ("school", "北山中学", "QH-X", True),
    "QH-X2": ("school", "云台小学", "QH-X", True),
    "QH-X3": ("school", "松林小学", "QH-X", True),
}
# Where the schools stand, so that photos which say where they were taken can be compared with it; made up, too.
PLACES = {
    "QH-D1": (30.2512, 114.5031), "QH-D2": (30.2874, 114.5623), "QH-D3": (30.3120, 114.6017),
    "QH-D4": (30.3391, 114.6402), "QH-X1": (30.2206, 114.4108), "QH-X2": (30.1873, 114.3764),
    "QH-X3": (30.1527, 114.3319),
}  # fmt: skip
# login: (name, (post, unit, title), what the sign-in page says of her)
PEOPLE = {
    "zhou": ("周明达", ("leader", "QH", "副局长")),
    "xu": ("许文清", ("inspector", "QH-DD", "专职督学")),
    "he": ("何静", ("inspector", "QH-DD", "专职督学")),
    "tian": ("田勇", ("reviewer", "QH-DD", "督导室主任")),
    "fang": ("方敏", ("inspector", "QH-AQ", "安全管理科科长")),
    "guo": ("郭学军", ("reviewer", "QH-D", "东片学区主任")),
    "ma": ("马丽", ("reviewer", "QH-X", "西片学区主任")),
    "li": ("李秀云", ("head", "QH-D1", "校长")),
    "zhang": ("张明远", ("member", "QH-D1", "总务主任")),
    "sun": ("孙晓", ("member", "QH-D1", "档案管理员")),
    "wang": ("王建国", ("head", "QH-D2", "校长")),
    "zhao": ("赵小兰", ("member", "QH-D2", "总务主任")),
    "qian": ("钱海燕", ("head", "QH-D3", "校长")),
    "feng": ("冯立", ("head", "QH-X1", "校长")),
    "deng": ("邓宁", ("member", "QH-X1", "后勤主任")),
    "han": ("韩松", ("head", "QH-X2", "校长")),
    "lu": ("陆青", ("head", "QH-X3", "校长")),
}
ADMIN = ("admin", "管理员")
VACANT = "QH-X3"


def is_empty() -> bool:
    """Whether nobody and nothing has been entered yet."""
    return db.session.query(Person.id).first() is None and db.session.query(Unit.id).first() is None


def enter(now: datetime) -> None:
    """Enter the county, its people and the calendars that are known."""
    units: dict[str, Unit] = {}
    for code, (kind, name, above, has_account) in UNITS.items():
        units[code] = _unit(code, kind, name, units.get(above), has_account)
    secret = hashed(PASSWORD)
    for login, (name, (kind, unit, title)) in PEOPLE.items():
        person = _person(login, name, secret, now)
        db.session.add(Post(person=person, unit=units[unit], kind=kind, title=title, starts_on=START))
    _person(*ADMIN, secret, now).is_admin = True
    seed(range(START.year, now.year + 2))


def vacate(now: datetime) -> None:
    """The head of one school left yesterday and nobody follows: what waits there is told upward."""
    left = db.session.query(Post).join(Unit).filter(Unit.code == VACANT, Post.kind == "head").one()
    left.ends_on = now.date() - timedelta(days=1)


def _unit(code: str, kind: str, name: str, above: Unit | None, has_account: bool) -> Unit:
    unit = Unit(code=code, kind=kind, name=name, parent=above, path="", has_account=has_account, folded=fold(name))
    unit.latitude, unit.longitude = PLACES.get(code, (None, None))
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{above.path if above else '/'}{unit.id}/"
    return unit


def _person(login: str, name: str, secret: str, now: datetime) -> Person:
    person = Person(
        login=login, name=name, folded=fold(f"{name} {login}"), password_hash=secret, password_changed_at=now,
        created_at=now, activated_at=now, is_demo=True,
    )  # fmt: skip
    db.session.add(person)
    return person
