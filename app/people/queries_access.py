"""Look-ups on the way in: before anybody is known, so none of them says who there is."""

from __future__ import annotations

from datetime import datetime
from zlib import crc32

from sqlalchemy import func, select

from app.db import db
from app.people.models import Attempt, Person, SignIn
from app.people.queries import SEATED


def nobody_yet() -> bool:
    """Whether there is no person at all, so that the first one sets the house up."""
    return db.session.scalar(select(Person.id).limit(1)) is None


def kept_hash(login: str) -> str:
    """The password hash of an active person; empty for everybody else."""
    found = select(Person.password_hash).where(Person.login == login, Person.active)
    return db.session.scalar(found) or ""


def demo_people() -> list[Person]:
    """The demo people, seated, in the order in which they were made."""
    found = select(Person).options(*SEATED).where(Person.is_demo, Person.active).order_by(Person.id)
    return list(db.session.scalars(found.limit(40)))


def demo_person(login: str) -> Person | None:
    """The demo person with that login."""
    return db.session.scalar(select(Person).where(Person.login == login, Person.is_demo, Person.active))


def last_failures(number: int, *, since: datetime, login: str, place: str) -> list[datetime]:
    """When the latest failures were, the latest first; of a login, of a place or of both."""
    wanted = [Attempt.succeeded.is_(False), Attempt.at > since]
    wanted += [Attempt.login == login[:60]] if login else []
    wanted += [Attempt.ip == place] if place else []
    return list(db.session.scalars(select(Attempt.at).where(*wanted).order_by(Attempt.at.desc()).limit(number)))


def last_success(login: str, place: str, *, since: datetime) -> datetime | None:
    """When that login last succeeded from that place."""
    wanted = (Attempt.login == login[:60], Attempt.ip == place, Attempt.succeeded, Attempt.at > since)
    return db.session.scalar(select(Attempt.at).where(*wanted).order_by(Attempt.at.desc()).limit(1))


def stand_in_line(*names: str) -> None:
    """Wait for everybody before who named the same, until their transactions end; SQLite has one line for all."""
    if db.session.get_bind().dialect.name == "postgresql":
        for name in names:
            db.session.execute(select(func.pg_advisory_xact_lock(crc32(name.encode()))))


def live_sign_ins(person_id: int, now: datetime) -> list[SignIn]:
    """Where a person is signed in, the latest first."""
    live = (SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
    return list(db.session.scalars(select(SignIn).where(*live).order_by(SignIn.seen_at.desc()).limit(20)))
