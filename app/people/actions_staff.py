"""Who there is: people, their posts and deputies from when to when, and who may no longer sign in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.db import db
from app.entering import enter_all
from app.folding import fold
from app.people import sessions
from app.people.codes import issue_code, spend
from app.people.models import Deputy, Person, Post
from app.units.models import Unit


def add_person(
    *, login: str, name: str, now: datetime, phone: str = "", email: str = "", is_admin: bool = False
) -> Person:
    """Somebody new; she signs in once she has used an activation code."""
    person = new_person(login=login, name=name, now=now, phone=phone, email=email)
    person.is_admin = is_admin
    db.session.add(person)
    db.session.flush()
    return person


def new_person(*, login: str, name: str, now: datetime, phone: str, email: str) -> Person:
    """Somebody who is written later, with others, by `seat_all`."""
    return Person(login=login, name=name, phone=phone, email=email, folded=folded(name, login, phone), created_at=now)


def seat_all(people: Sequence[Person], posts: Sequence[Post]) -> None:
    """Write many new people and posts together; they go past the session."""
    enter_all(people)
    enter_all(posts)
    for post in posts:
        if post.person in db.session:
            db.session.expire(post.person, ["posts"])


def edit_person(person: Person, *, login: str, name: str, phone: str, email: str, is_admin: bool) -> None:
    """Other facts about somebody; entries keep the name under which things were done."""
    person.login, person.name, person.phone, person.email = login, name, phone, email
    person.is_admin = is_admin
    person.folded = folded(name, login, phone)


def folded(name: str, login: str, phone: str) -> str:
    """Everything a person is found by."""
    return fold(f"{name} {login} {phone}")[:200]


def add_post(
    person: Person, unit: Unit, *, kind: str, starts_on: date, ends_on: date | None = None, title: str = ""
) -> Post:
    """She holds a post from a day on."""
    post = Post(person=person, unit=unit, kind=kind, title=title, starts_on=starts_on, ends_on=ends_on)
    db.session.add(post)
    db.session.flush()
    return post


def end_post(post: Post, *, on: date) -> None:
    """The post ends with that day; a post that would never have begun ends on its first."""
    post.ends_on = max(on, post.starts_on)


def add_deputy(person: Person, deputy: Person, *, starts_on: date, ends_on: date) -> Deputy:
    """`deputy` stands in for `person` for some days."""
    row = Deputy(person=person, deputy=deputy, starts_on=starts_on, ends_on=ends_on)
    db.session.add(row)
    db.session.flush()
    return row


def end_deputy(row: Deputy, *, today: date) -> None:
    """The deputyship ends yesterday; one that has not begun never was."""
    if row.starts_on >= today:
        db.session.delete(row)
    else:
        row.ends_on = min(row.ends_on, today - timedelta(days=1))


def disable(person: Person, *, now: datetime) -> None:
    """She signs in no more, and is signed out everywhere at once; what she did stays."""
    person.active = False
    spend(person)
    sessions.end_all(person.id, now=now)


def enable(person: Person) -> None:
    """She may sign in again."""
    person.active = True


def reset(person: Person, *, now: datetime) -> str:
    """A new code without any mail: the old password and every sign-in end; returns the code to print."""
    person.password_hash = ""
    sessions.end_all(person.id, now=now)
    return issue_code(person, now)
