"""Activation codes: printed, good once and for a fortnight; the database keeps only their hash."""

from __future__ import annotations

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


def spend(person: Person) -> None:
    """A code is good once."""
    person.activation_hash = person.activation_until = None
