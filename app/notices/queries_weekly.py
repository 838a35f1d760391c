"""Who gets the week's digest."""

from __future__ import annotations

from datetime import date

from sqlalchemy import exists, or_, select

from app.db import db
from app.notices.models import MAIL, Message, Wish
from app.people.models import Person, Post
from app.people.queries import holding


def leaders(day: date, key: str) -> list[int]:
    """Leaders of that day with a mail address who want it and were not written to this week."""
    written = exists().where(Message.channel_id == MAIL, Message.person_id == Person.id, Message.key == key)
    found = (
        select(Person.id)
        .join(Post, Post.person_id == Person.id)
        .outerjoin(Wish, Wish.person_id == Person.id)
        .where(Post.kind == "leader", holding(day), Person.active, Person.email != "", ~written)
        .where(or_(Wish.weekly.is_(None), Wish.weekly))
    )
    return sorted(set(db.session.scalars(found)))
