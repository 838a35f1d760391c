"""Look-ups for those who keep the list of people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.folding import fold
from app.people.models import Deputy, Person, Post
from app.people.queries import holding
from app.units.models import Unit

PER_PAGE = 100


def listed(words: str = "", after: str = "", limit: int = PER_PAGE) -> list[Person]:
    """One page of people with their posts, by login, whose names or units hold `words`; one more than asked."""
    found = select(Person).options(selectinload(Person.posts)).order_by(Person.login).limit(limit + 1)
    if after:
        found = found.where(Person.login > after)
    if words:
        wanted = fold(words)
        seated = select(Post.person_id).join(Unit).where(Unit.folded.contains(wanted, autoescape=True))
        found = found.where(or_(Person.folded.contains(wanted, autoescape=True), Person.id.in_(seated)))
    return list(db.session.scalars(found))


def get(person_id: int) -> Person | None:
    """The person with that id, with posts and whom she deputises."""
    whole = selectinload(Person.posts), selectinload(Person.deputising).joinedload(Deputy.person)
    return db.session.scalar(select(Person).where(Person.id == person_id).options(*whole))


def by_ids(ids: Iterable[int]) -> list[Person]:
    """Those people with their posts, by login."""
    found = select(Person).where(Person.id.in_(list(ids))).options(selectinload(Person.posts))
    return list(db.session.scalars(found.order_by(Person.login)))


def post(post_id: int) -> Post | None:
    """The post with that id."""
    return db.session.scalar(select(Post).where(Post.id == post_id).options(joinedload(Post.person)))


def deputyship(deputy_id: int) -> Deputy | None:
    """The deputyship with that id."""
    return db.session.get(Deputy, deputy_id)


def deputies_of(person: Person) -> list[Deputy]:
    """Who stands in for her, stood in or will, the latest first."""
    found = select(Deputy).where(Deputy.person_id == person.id).options(joinedload(Deputy.deputy))
    return list(db.session.scalars(found.order_by(Deputy.starts_on.desc())))


def named(words: str) -> list[Person]:
    """The people with exactly that login, or else that name."""
    by_login = db.session.scalar(select(Person).where(Person.login == words))
    if by_login is not None:
        return [by_login]
    return list(db.session.scalars(select(Person).where(Person.name == words).limit(2)))


def by_logins(logins: Iterable[str]) -> dict[str, Person]:
    """The people who sign in with those names, with their posts."""
    found = select(Person).where(Person.login.in_(list(logins))).options(selectinload(Person.posts))
    return {person.login: person for person in db.session.scalars(found)}


def administrators() -> int:
    """How many active administrators there are."""
    count = select(func.count()).select_from(Person).where(Person.is_admin, Person.active)
    return db.session.scalar(count) or 0


def posts_in(unit_id: int) -> list[Post]:
    """Every post ever held in a unit, those held longest ago last."""
    found = select(Post).where(Post.unit_id == unit_id).options(joinedload(Post.person))
    return list(db.session.scalars(found.order_by(Post.ends_on.is_not(None), Post.ends_on.desc(), Post.starts_on)))


def heads_of(unit_ids: Iterable[int], day: date) -> dict[int, list[Person]]:
    """Who heads each of those units on that day."""
    found = select(Post).where(Post.unit_id.in_(list(unit_ids)), Post.kind == "head", holding(day))
    heads: dict[int, list[Person]] = {}
    for post in db.session.scalars(found.options(joinedload(Post.person))):
        heads.setdefault(post.unit_id, []).append(post.person)
    return heads
