"""What the sweep, the gathering and the delivery ask: what is new, what is due, who is told where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, or_, select

from app.db import db
from app.notices.models import Channel, Message, Notice, Swept, Wish
from app.people.models import Person, Post
from app.people.queries import holding
from app.tasks.entries import Entry, Listener
from app.tasks.models import Task
from app.tasks.seals import Seal
from app.units.models import Unit

BACKLOG = 500  # so many entries without a seal: more is coming, so a digest waits for it


def is_anything_new() -> bool:
    """Whether the sealer went further than the sweep: the ends of two, for a search PostgreSQL begins at the start."""
    last, swept = select(func.max(Seal.number)).scalar_subquery(), select(Swept.number).scalar_subquery()
    return bool(db.session.scalar(select(last > swept)))


def mark() -> Swept:
    """How far listeners have been swept, locked until the transaction ends: one sweep at a time."""
    return db.session.scalars(select(Swept).with_for_update().execution_options(populate_existing=True)).one()


def last_seal() -> int:
    """The number of the last seal."""
    return db.session.scalar(select(func.max(Seal.number))) or 0


def heard(first: int, last: int, since: datetime) -> list[Row[Any]]:
    """Who was told of the entries sealed after `first` up to `last`; the actor is not among them."""
    found = (
        select(Listener.entry_id, Listener.person_id, Entry.task_id, Entry.step, Entry.at, Entry.facts, Task.kind)
        .join(Entry, Entry.id == Listener.entry_id)
        .join(Seal, Seal.entry_id == Entry.id)
        .join(Task, Task.id == Entry.task_id)
        .where(Seal.number > first, Seal.number <= last, Entry.at >= since)
        .where(or_(Entry.actor_id.is_(None), Entry.actor_id != Listener.person_id))
    )
    return list(db.session.execute(found))


def wishes(persons: Iterable[int]) -> list[Row[Any]]:
    """Where those people are reached and how they want to be told; who left is not among them."""
    found = select(Person.id, Person.email, Wish.news, Wish.groups, Wish.digest_hour, Wish.quiet_from, Wish.quiet_until)
    found = found.outerjoin(Wish, Wish.person_id == Person.id).where(Person.active, Person.id.in_(list(persons)))
    return list(db.session.execute(found))


def lines_of(persons: Iterable[int], day: date) -> dict[int, list[list[int]]]:
    """For each of those people, the units above each of her posts, the nearest first."""
    found = select(Post.person_id, Unit.path).join(Unit, Unit.id == Post.unit_id)
    rows = db.session.execute(found.where(Post.person_id.in_(list(persons)), holding(day)))
    lines: dict[int, list[list[int]]] = {}
    for person, path in rows:
        lines.setdefault(person, []).append([int(part) for part in reversed(path.strip("/").split("/"))])
    return lines


def channels() -> list[Channel]:
    """Those in use."""
    return list(db.session.scalars(select(Channel).where(Channel.retired_at.is_(None)).order_by(Channel.id)))


def is_backlogged() -> bool:
    """Whether many entries were written that the sealer has not reached yet."""
    highest = select(func.coalesce(func.max(Seal.entry_id), 0)).scalar_subquery()
    beyond = select(Entry.id).where(Entry.id > highest).limit(BACKLOG).subquery()
    return (db.session.scalar(select(func.count()).select_from(beyond)) or 0) >= BACKLOG


def is_any_due(now: datetime) -> bool:
    """Whether any notice waits that may go out by now."""
    return db.session.scalar(_waiting(select(Notice.id), now).limit(1)) is not None


def due(now: datetime, limit: int) -> list[Row[Any]]:
    """Those notices, oldest entry first, with what decides whether they are still worth sending."""
    asked = (
        _waiting(
            select(
                Notice.id, Notice.person_id, Notice.channel_id, Notice.task_id, Notice.urgent, Notice.late,
                Entry.step, Task.open, Listener.read_at, Channel.kind,
            ),
            now,
        )
        .join(Entry, Entry.id == Notice.entry_id)
        .join(Task, Task.id == Notice.task_id)
        .join(Channel, Channel.id == Notice.channel_id)
        .join(Listener, (Listener.entry_id == Notice.entry_id) & (Listener.person_id == Notice.person_id))
        .where(Channel.active, Channel.retired_at.is_(None))
    )  # fmt: skip
    return list(db.session.execute(asked.order_by(Notice.entry_id, Notice.id).limit(limit)))


def _waiting(asked: Any, now: datetime) -> Any:
    return asked.where(Notice.message_id.is_(None), Notice.skipped == "", Notice.due_at <= now)


def under_way() -> set[tuple[int, int | None, int]]:
    """Channel, person and task of everything that is in a message which has not gone out yet."""
    found = select(Message.channel_id, Message.person_id, Notice.task_id).join(Notice.message)
    return {(row[0], row[1], row[2]) for row in db.session.execute(found.where(Message.phase == "waiting").distinct())}
