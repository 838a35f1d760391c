"""Every look-up of people: who is signed in, who fills a post, who may be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import FromClause, Select, and_, bindparam, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.asking import once
from app.clock import today
from app.db import UtcDateTime, db
from app.people.models import SUPERVISING, Deputy, Person, Post, SignIn
from app.units.models import Unit

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
    asked = frozenset((party.unit_id, party.post, party.person_id) for party in parties)
    return once(("filling", asked), lambda: _filling(asked))


def _filling(asked: Iterable[tuple[int | None, str | None, int | None]]) -> list[Person]:
    named = [person_id for _unit, _post, person_id in asked if person_id is not None]
    posts = [and_(Post.unit_id == unit, Post.kind == post) for unit, post, person_id in asked if person_id is None]
    seats = select(Post.person_id).where(or_(*posts) if posts else false(), holding(today()))
    chosen = select(Person).options(*SEATED).where(Person.active, or_(Person.id.in_(named), Person.id.in_(seats)))
    return list(db.session.scalars(chosen.order_by(Person.id)))


def is_held(unit_id: int, kind: str) -> bool:
    """Whether anybody holds such a post there today."""
    return once(("held", unit_id, kind), lambda: _is_held(unit_id, kind))


def _is_held(unit_id: int, kind: str) -> bool:
    held = select(Post.id).where(Post.unit_id == unit_id, Post.kind == kind, holding(today())).limit(1)
    return db.session.scalar(held) is not None


def holders_of(seats: FromClause, day: Any, *beside: Any) -> Select[Any]:
    """The ids of the active people who hold on `day` one of the posts that lie in columns `unit_id` and `post`.

    The columns `beside` of the same rows come before them.
    """
    post, person = Post.__table__, Person.__table__
    same = and_(post.c.unit_id == seats.c.unit_id, post.c.kind == seats.c.post, seats.c.person_id.is_(None))
    held = and_(post.c.starts_on <= day, or_(post.c.ends_on.is_(None), post.c.ends_on >= day))
    holders = select(*beside, post.c.person_id).select_from(post).join(seats, same)
    holders = holders.join(person, person.c.id == post.c.person_id)
    return holders.where(held, person.c.active)


def holders_above(seats: FromClause, day: Any, *beside: Any) -> Select[Any]:
    """The same of whoever supervises right above where one of those units has no account: she stands in for it."""
    post, person, unit = Post.__table__, Person.__table__, Unit.__table__
    mute = and_(unit.c.id == seats.c.unit_id, unit.c.has_account.is_(False), seats.c.person_id.is_(None))
    over = and_(post.c.unit_id == unit.c.parent_id, or_(*(post.c.kind == kind for kind in sorted(SUPERVISING))))
    held = and_(post.c.starts_on <= day, or_(post.c.ends_on.is_(None), post.c.ends_on >= day))
    holders = select(*beside, post.c.person_id).select_from(seats).join(unit, mute).join(post, over)
    return holders.join(person, person.c.id == post.c.person_id).where(held, person.c.active)


def who_may_own(unit: Unit | None) -> Select[Person]:
    """Who may own what a unit must put right: its people, and for one without an account whoever acts for it."""
    theirs = Post.unit_id == (unit.id if unit else 0)
    if unit and not unit.has_account:
        theirs = or_(theirs, and_(Post.kind.in_(SUPERVISING), Post.unit_id.in_(_supervising(unit))))
    sitting = select(Post.person_id).where(theirs, holding(today()))
    return select(Person).where(Person.active, Person.id.in_(sitting)).order_by(Person.name, Person.id)


def _supervising(unit: Unit) -> Select[Any]:
    """The ids of the units whose supervisors reach `unit`: those above, and the departments of these."""
    above = [int(part) for part in unit.parent_path.strip("/").split("/") if part]
    department = Unit.kind == "department"
    return select(Unit.id).where(
        or_(and_(~department, Unit.id.in_(above)), and_(department, Unit.parent_id.in_(above)))
    )


def owners_in(unit: Unit | None) -> list[Person]:
    """Those people, by name."""
    return list(db.session.scalars(who_may_own(unit)))
