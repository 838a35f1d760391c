"""Checking rows of people against who is there and against each other."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.people import vocabulary
from app.people.importing import Row
from app.people.models import Person
from app.people.planning import PersonLine, UnitLine
from app.people.planning_units import Called, Near, found

LOGIN = re.compile(r"[\w.@-]{1,60}")
PHONE = re.compile(r"[\d +-]{5,30}")
MAIL = re.compile(r"[^@\s]{1,60}@[^@\s]{1,59}")


def logins_of(rows: list[Row]) -> list[str]:
    """Under which names these people would sign in."""
    return [login_of(row) for row in rows]


def login_of(row: Row) -> str:
    """The login written, or else the phone number."""
    return row.get("login") or re.sub(r"[ +-]", "", row.get("phone"))


def planned(
    rows: list[Row], units: list[UnitLine], called: Called, near: Near, there: dict[str, Person], today: date
) -> list[PersonLine]:
    """One line per row; somebody named twice under one login gets two posts."""
    by_name: dict[str, list[UnitLine]] = {}
    for unit in units:
        if unit.unit is None:
            by_name.setdefault(unit.what, []).append(unit)
    lines = [PersonLine(row, row.get("name"), login=login_of(row)) for row in rows]
    for line in lines:
        line.says += [*_said(line, today), *_seat(line, by_name, called, near)]
        line.person = there.get(line.login)
        line.says += _stranger(line.what, line.person.name if line.person else "", line.login)
        line.known = line.person is not None and _holds(line.person, line, today)
    _same_logins(lines)
    return lines


def _said(line: PersonLine, today: date) -> list[Any]:
    row, says = line.row, []
    if not 0 < len(line.what) <= 60:
        says.append(_l("The name is missing or longer than 60 characters."))
    if not line.login:
        says.append(_l("Login and phone are both missing; one of them is needed to sign in."))
    elif not LOGIN.fullmatch(line.login):
        says.append(_l("The login “%(login)s” may have letters, digits, dot, dash and @ only.", login=line.login[:20]))
    if row.get("phone") and not PHONE.fullmatch(row.get("phone")):
        says.append(_l("“%(phone)s” is no phone number: 5 to 30 digits.", phone=row.get("phone")[:20]))
    if row.get("email") and not MAIL.fullmatch(row.get("email")):
        says.append(_l("“%(mail)s” is no mail address.", mail=row.get("email")[:20]))
    if len(row.get("title")) > 60:
        says.append(_l("The title is longer than 60 characters."))
    return says + _post(line, today)


def _post(line: PersonLine, today: date) -> list[Any]:
    row, says = line.row, []
    line.post = vocabulary.post_kind(row.get("role"), row.get("title"))
    if not line.post:
        says.append(_l("The role “%(role)s” is not known: write 单位负责人, 责任人, 督学, 验收人 or 分管领导.",
                       role=row.get("role")[:20]))  # fmt: skip
    line.since = vocabulary.day(row.get("since")) if row.get("since") else today
    if line.since is None:
        says.append(_l("“%(day)s” is no date; write it like 2026-09-01.", day=row.get("since")[:20]))
    return says


def _seat(line: PersonLine, by_name: dict[str, list[UnitLine]], called: Called, near: Near) -> list[Any]:
    name = line.row.get("unit")
    if not name:
        return [_l("The unit is missing.")]
    line.seat, says = found(name, by_name, called, near)
    return says


def _stranger(name: str, other: str, login: str) -> list[Any]:
    if other and other != name:
        return [_l("%(other)s signs in as “%(login)s” already; choose another login.", other=other, login=login)]
    return []


def _holds(person: Person, line: PersonLine, today: date) -> bool:
    seat = line.seat.unit if isinstance(line.seat, UnitLine) else line.seat
    return seat is not None and any(
        post.unit_id == seat.id and post.kind == line.post and (post.ends_on is None or post.ends_on >= today)
        for post in person.posts
    )


def _same_logins(lines: list[PersonLine]) -> None:
    first: dict[str, PersonLine] = {}
    seen: dict[Any, PersonLine] = {}
    for line in lines:
        if not line.login:
            continue
        before = first.setdefault(line.login, line)
        line.is_again = before is not line
        line.says += _stranger(line.what, before.what, line.login)
        twin = seen.setdefault((line.login, line.row.get("unit"), line.post), line)
        if twin is not line:
            line.says.append(_l("The same as row %(row)d; delete one of the two.", row=twin.row.number))
