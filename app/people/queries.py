"""Every look-up of people: who is signed in, who fills a post, who may be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import FromClause, Select, and_, bindparam, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.clock import today
from app.db import UtcDateTime, db
from app.people.models import Deputy, Person, Post, SignIn

SEATED = (
    selectinload(Person.posts),
    selectinload(Person.deputising).joinedload(Deputy.person).selectinload(Person.posts),
)

AT_ONCE = (
    joinedload(Person.posts),
    joinedload(Person.deputising).selectinload(Deputy.person).selectinload(Person.posts),
)
# Asked by every request, so it is put together once, and her posts come along in the same statement.
ONE_SEATED = select(Person).options(*AT_ONCE).where(Person.id == bindparam("of"))
SIGNED_IN = (
    select(SignIn)
    .options(joinedload(SignIn.person).options(*AT_ONCE))
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.ended_at.is_(None),
        SignIn.expires_at > bindparam("now", type_=UtcDateTime()),
    )
)


def signed_in(token_hash: str, now: datetime) -> SignIn | None:
    """The live sign-in with that token, its person seated."""
    return db.session.scalars(SIGNED_IN, {"token_hash": token_hash, "now": now}).unique().first()


def by_login(login: str) -> Person | None:
    """The person who signs in with that name."""
    return db.session.scalar(select(Person).options(*SEATED).where(Person.login == login))


def one_seated(person_id: int) -> Person | None:
    """That person with her seats, in one statement."""
    return db.session.scalars(ONE_SEATED, {"of": person_id}).unique().one_or_none()


def seated(person_ids: Iterable[int]) -> list[Person]:
    """Those people with their seats loaded."""
    return list(db.session.scalars(select(Person).options(*SEATED).where(Person.id.in_(list(person_ids)))))


def holding(day: date) -> Any:
    """The condition that a post is held on `day`."""
    return and_(Post.starts_on <= day, or_(Post.ends_on.is_(None), Post.ends_on >= day))


def filling(parties: Iterable[Any]) -> list[Person]:
    """The active people who are those parties today, by name or by post."""
    parties = list(parties)
    named = [p.person_id for p in parties if p.person_id is not None]
    posts = [and_(Post.unit_id == p.unit_id, Post.kind == p.post) for p in parties if p.person_id is None]
    seats = select(Post.person_id).where(or_(*posts) if posts else false(), holding(today()))
    chosen = select(Person).options(*SEATED).where(Person.active, or_(Person.id.in_(named), Person.id.in_(seats)))
    return list(db.session.scalars(chosen.order_by(Person.id)))


def holders_of(seats: FromClause, day: Any) -> Select[Any]:
    """The ids of the active people who hold on `day` one of the posts that lie in columns `unit_id` and `post`."""
    post, person = Post.__table__, Person.__table__
    same = and_(post.c.unit_id == seats.c.unit_id, post.c.kind == seats.c.post, seats.c.person_id.is_(None))
    held = and_(post.c.starts_on <= day, or_(post.c.ends_on.is_(None), post.c.ends_on >= day))
    holders = select(post.c.person_id).join(seats, same).join(person, person.c.id == post.c.person_id)
    return holders.where(held, person.c.active)


def who_may_own(unit_id: int) -> Select[Person]:
    """The people of a unit who may own what it must put right."""
    sitting = select(Post.person_id).where(Post.unit_id == unit_id, holding(today()))
    return select(Person).where(Person.active, Person.id.in_(sitting)).order_by(Person.name, Person.id)


def owners_in(unit_id: int | None) -> list[Person]:
    """The people of a unit who may own what it must put right."""
    return list(db.session.scalars(who_may_own(unit_id or 0)))
