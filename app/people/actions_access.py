"""Accounts: who may come in, own passwords, used codes, the first administrator."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from app.acts import actions as acts
from app.db import db, release
from app.folding import fold
from app.people import codes, passwords, queries, sessions
from app.people import queries_access as access
from app.people.models import Person
from app.units import actions as units

# What a unit's name ends in says what it most likely is; anybody may correct it afterwards.
ENDINGS = {"学区": "district", "片区": "district", "科": "department", "股": "department", "室": "department"}


def who(login: str, password: str) -> Person | None:
    """The active person with that login and password; as slow for nobody as for somebody."""
    kept = access.kept_hash(login)
    release()  # hashing is slow on purpose: nobody else waits for it
    if not passwords.fits(kept, password):
        return None
    person = queries.by_login(login)
    if person is None or not person.active or person.password_hash != kept:
        return None
    if passwords.is_outdated(kept):
        person.password_hash = passwords.hashed(password)
    return person


def set_password(person: Person, kept: str, *, now: datetime) -> None:
    """A new own password (already hashed); every browser signed in with the old one is out."""
    person.password_hash, person.password_changed_at = kept, now
    codes.spend(person)
    sessions.end_all(person.id, now=now)


def activate(code: str, kept: str, *, now: datetime) -> Person | None:
    """Use up a code and set the password (already hashed); None when somebody was faster."""
    person = codes.whose(code, now)
    if person is None:
        return None
    # Two browsers may hold the same code; the row is taken by whoever empties it first.
    mine = (Person.id == person.id, Person.activation_hash == person.activation_hash)
    taken = sa.update(Person).where(*mine).values(activation_hash=None).returning(Person.id)
    if db.session.scalar(taken) is None:
        return None
    set_password(person, kept, now=now)
    person.activated_at = person.activated_at or now
    return person


def set_up(*, name: str, login: str, kept: str, bureau: str, names: list[str], now: datetime) -> Person | None:
    """The first administrator and the first units; None when somebody was faster."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(sa.text("LOCK TABLE persons IN EXCLUSIVE MODE"))
    if not access.nobody_yet():
        return None
    person = Person(login=login, name=name, folded=fold(f"{name} {login}"), password_hash=kept, is_admin=True,
                    created_at=now, activated_at=now, password_changed_at=now)  # fmt: skip
    db.session.add(person)
    top = units.create(None, kind="bureau", name=bureau)
    for unit_name in names:
        units.create(top, kind=likely_kind(unit_name), name=unit_name)
    db.session.flush()
    acts.note("set_up", "person", name, person, now=now, about_id=person.id, after={"unit": bureau})
    return person


def likely_kind(unit_name: str) -> str:
    """What a unit with that name most likely is."""
    return next((kind for ending, kind in ENDINGS.items() if unit_name.endswith(ending)), "school")
