"""What somebody leaves behind: open tasks that wait for her by name, or in which she stands by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.people.models import Person, Post
from app.tasks.models import Party, Task, Wait
from app.tasks.queries import visible_to
from workflows.roles import LABELS, Role

MOST = 300
SOON = timedelta(days=14)  # before a post ends its head reads what it leaves


@dataclass(frozen=True)
class Left:
    """One task to hand over: as what she stands in it, and whether it waits for her now."""

    task: Task
    roles: list[str]
    waiting_since: datetime | None
    is_visible: bool


def may_read(viewer: Person, person: Person) -> bool:
    """Administrators, herself, and whoever heads or supervises a unit in which she holds or held a post."""
    if viewer.is_admin or viewer.id == person.id:
        return True
    return any(viewer.supervises(post.unit.path) or viewer.sits("head", post.unit_id) for post in person.posts)


def left_by(person: Person, viewer: Person) -> list[Left]:
    """Her open tasks, the most urgent first; administrators see that there is one even where they may not read it."""
    waits = select(Wait.task_id).where(Wait.person_id == person.id, Wait.ended_at.is_(None))
    parties = select(Party.task_id).where(Party.person_id == person.id, Party.until.is_(None))
    found = select(Task).where(Task.open, or_(Task.id.in_(waits), Task.id.in_(parties)))
    whole = joinedload(Task.unit), selectinload(Task.parties), selectinload(Task.waits)
    tasks = db.session.scalars(found.options(*whole).order_by(Task.due_key, Task.id).limit(MOST)).all()
    seen = _visible(viewer, tasks)
    return [_left(task, person, task.id in seen) for task in tasks if task.id in seen or viewer.is_admin]


def _visible(viewer: Person, tasks: Iterable[Task]) -> set[int]:
    ids = [task.id for task in tasks]
    return set(db.session.scalars(select(Task.id).where(Task.id.in_(ids), visible_to(viewer))))


def _left(task: Task, person: Person, is_visible: bool) -> Left:
    held = [party.role for party in task.parties if party.person_id == person.id and party.until is None]
    roles = [LABELS[Role(role)] for role in dict.fromkeys(held)]
    wait = task.current_wait
    waits = wait is not None and wait.person_id == person.id
    return Left(task, roles, wait.started_at if wait and waits else None, is_visible)


def leaving(viewer: Person, today: date) -> list[Any]:
    """Who leaves, or left, a unit that she heads or cannot sign in any more, while tasks wait for them by name."""
    headed = [seat.unit_id for seat in viewer.seats if seat.kind == "head"]
    if not headed:
        return []
    stays = select(Post.person_id).where(
        Post.unit_id.in_(headed), or_(Post.ends_on.is_(None), Post.ends_on > today + SOON)
    )
    there = select(Post.person_id).where(Post.unit_id.in_(headed))
    goes = or_(Person.id.not_in(stays), Person.active.is_(False))
    asked = (
        select(Person.id, Person.name, func.count().label("left"))
        .join(Wait, Wait.person_id == Person.id)
        .join(Task, Task.id == Wait.task_id)
        .where(Wait.ended_at.is_(None), Task.unit_id.in_(headed), Person.id.in_(there), goes)
        .group_by(Person.id, Person.name)
        .order_by(Person.id)
    )
    return list(db.session.execute(asked))
