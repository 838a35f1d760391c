"""Findings that nobody can go on with: they wait on a vacant post, or their unit has nobody at its head."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select, tuple_

from app.clock import day_of, now
from app.people.models import Person, Post
from app.people.queries import holding
from app.tasks.models import Task, Wait
from app.units.models import Unit

Condition = ColumnElement[bool]
HEADED = ("school", "other")  # units that have a head; bureaus and departments are led otherwise


def is_vacant() -> Condition:
    """Nobody can take the wait up: its post is held by nobody, or its person has left."""
    held = select(Post.unit_id, Post.kind).join(Person).where(*_today())
    served = select(Unit.id).where(Unit.has_account.is_(False))
    by_post = tuple_(Wait.unit_id, Wait.post).not_in(held), Wait.unit_id.not_in(served)
    nobody = and_(Wait.person_id.is_(None), Wait.unit_id.is_not(None), Wait.post.is_not(None), *by_post)
    return or_(nobody, and_(Wait.person_id.is_not(None), Wait.person_id.not_in(select(Person.id).where(Person.active))))


def is_headless() -> Condition:
    """The responsible unit has nobody at its head, and nobody acts for it."""
    heads = select(Post.unit_id).join(Person).where(Post.kind == "head", *_today())
    led = select(Unit.id).where(or_(Unit.id.in_(heads), Unit.has_account.is_(False), Unit.kind.not_in(HEADED)))
    return and_(Task.unit_id.is_not(None), Task.unit_id.not_in(led))


def _today() -> tuple[Condition, Condition]:
    return and_(Person.active), holding(day_of(now()))
