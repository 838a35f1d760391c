"""Activation codes: printed, good once and for a fortnight; the database keeps only their hash."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db
from app.people.models import Person
from app.people.sessions import hashed

GOOD_FOR = timedelta(days=14)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike on paper
GROUPS, LONG = 3, 4


def issue_code(person: Person, now: datetime) -> str:
    """A new code with which `person` chooses her password; every earlier one stops working."""
    groups = ["".join(secrets.choice(LETTERS) for _ in range(LONG)) for _ in range(GROUPS)]
    code = "-".join(groups)
    person.activation_hash, person.activation_until = hashed(normal(code)), now + GOOD_FOR
    return code


def normal(code: str) -> str:
    """A code as typed, without dashes, blanks and case."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def whose(code: str, now: datetime) -> Person | None:
    """The active person whose code this is, if it still holds."""
    found = select(Person).where(
        Person.activation_hash == hashed(normal(code)), Person.activation_until > now, Person.active
    )
    return db.session.scalar(found)


def for_set_up(secret: str) -> str:
    """The code with which an empty house is set up: made from the house's secret, so it is kept nowhere."""
    digest = hmac.digest(secret.encode(), b"the first administrator", "sha256")
    letters = [LETTERS[byte % len(LETTERS)] for byte in digest]
    return "-".join("".join(letters[group * LONG : (group + 1) * LONG]) for group in range(GROUPS))


def is_for_set_up(code: str, secret: str) -> bool:
    """Whether that is the code for the set-up; takes as long for a wrong one."""
    return hmac.compare_digest(normal(code).encode(), normal(for_set_up(secret)).encode())


def spend(person: Person) -> None:
    """A code is good once."""
    person.activation_hash = person.activation_until = None
