"""What the pages of notices and channels show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.notices.models import MAIL, Channel, Message, Notice, Wish
from app.people.models import Person

PER_PAGE = 50
TABS = ("waiting", "retrying", "given_up", "sent")


def _of(tab: str) -> tuple[Any, ...]:
    """What belongs under a tab: what failed once and is tried again has one of its own."""
    if tab in ("waiting", "retrying"):
        return Message.phase == "waiting", Message.said != "" if tab == "retrying" else Message.said == ""
    return (Message.phase == tab,)


def counts() -> dict[str, int]:
    """How many messages under each tab, and notices that are not due yet; one statement each."""
    named = case((Message.phase != "waiting", Message.phase), (Message.said == "", "waiting"), else_="retrying")
    found = dict.fromkeys(TABS, 0) | {row[0]: row[1] for row in db.session.execute(
        select(named, func.count()).group_by(named)
    )}  # fmt: skip
    coming = select(func.count()).select_from(Notice).where(Notice.message_id.is_(None), Notice.skipped == "")
    return found | {"coming": db.session.scalar(coming) or 0}


def listed(tab: str, before: int | None) -> list[Message]:
    """A page of them, newest first, and one more."""
    found = select(Message).where(*_of(tab)).order_by(Message.id.desc()).limit(PER_PAGE + 1)
    found = found.options(joinedload(Message.channel), joinedload(Message.person))
    return list(db.session.scalars(found.where(Message.id < before) if before else found))


def numbers_of(messages: list[int]) -> dict[int, int]:
    """How many entries each of them carries."""
    found = select(Notice.message_id, func.count(Notice.entry_id.distinct())).where(Notice.message_id.in_(messages))
    return {row[0]: row[1] for row in db.session.execute(found.group_by(Notice.message_id)) if row[0]}


def message(message_id: int) -> Message | None:
    """That message."""
    return db.session.get(Message, message_id)


def channels() -> list[Channel]:
    """Mail first, then the robots by unit; retired ones are gone."""
    found = select(Channel).where(Channel.retired_at.is_(None)).options(joinedload(Channel.unit))
    return list(db.session.scalars(found.order_by(Channel.id != MAIL, Channel.unit_id, Channel.id)))


def channel(channel_id: int) -> Channel | None:
    """That channel, unless it was retired."""
    return db.session.scalar(select(Channel).where(Channel.id == channel_id, Channel.retired_at.is_(None)))


def last_test(channel_id: int) -> Message | None:
    """The last test message of that channel."""
    found = select(Message).where(Message.channel_id == channel_id, Message.kind == "test")
    return db.session.scalar(found.order_by(Message.id.desc()).limit(1))


def wish_of(person: Person) -> Wish:
    """How she wants to be told; what nobody wished for is the house's way."""
    return db.session.get(Wish, person.id) or Wish(person_id=person.id, news=True, weekly=True, groups=True)


def overdue_since(now: datetime) -> datetime | None:
    """The oldest moment at which something might have gone out and did not."""
    found = select(func.min(Message.try_at)).join(Channel, Channel.id == Message.channel_id)
    return db.session.scalar(found.where(Message.phase == "waiting", Message.try_at <= now, Channel.active))
