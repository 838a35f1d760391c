"""What people do with notices: send again, keep channels, try them, and say how they want to be told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.db import db
from app.escalations.alerting import settle
from app.notices import keys
from app.notices.models import MAIL, Channel, Message
from app.notices.queries_pages import channels, wish_of
from app.notices.when import off_the_hour
from app.people.models import Person
from app.tasks.refusals import OutOfTurn
from workflows.grammar import say


def send_again(message: Message, *, now: datetime) -> None:
    """Seven more tries for what was given up."""
    if message.phase != "given_up":
        raise OutOfTurn(say("Only what was given up is sent again; this one is under way or has arrived."))
    message.phase, message.tries, message.said, message.copies = "waiting", 0, "", min(message.copies, 1)
    message.try_at = off_the_hour(message.channel.kind, now)
    db.session.flush()
    left = select(func.count()).select_from(Message).where(Message.phase == "given_up")
    if not db.session.scalar(left):
        settle("notices", ["notices:silent", "notices:lost"], now)


def add(*, kind: str, name: str, unit_id: int, address: str, secret: str, instant: bool, locale: str,
        now: datetime) -> Channel:  # fmt: skip
    """A new robot or webhook."""
    made = Channel(kind=kind, name=name, unit_id=unit_id, instant=instant, locale=locale, made_at=now)
    keys.keep(made, address, secret)
    db.session.add(made)
    db.session.flush()
    return made


def change(channel: Channel, *, name: str, unit_id: int, address: str, secret: str, instant: bool, locale: str) -> None:
    """What is left empty of address and secret stays as it is: neither is ever shown."""
    channel.name, channel.unit_id, channel.instant, channel.locale = name, unit_id, instant, locale
    if address or secret:
        kept = keys.Keys(address, secret) if keys.are_lost(channel) else keys.of(channel)
        keys.keep(channel, address or kept.address, secret or kept.secret)
    channel.rests_until = None


def renew() -> None:
    """Conceal every robot's address and secret under the present secret of the house."""
    for channel in channels():
        keys.renew(channel)


def pause(channel: Channel) -> None:
    """Stop sending there, or go on; what comes meanwhile waits."""
    channel.active, channel.rests_until = not channel.active, None


def retire(channel: Channel, *, now: datetime) -> None:
    """Take a robot away for good, its address and secret with it; what was to go there does not go any more."""
    if channel.id == MAIL:
        raise OutOfTurn(say("Mail is paused, never removed."))
    channel.retired_at, channel.active = now, False
    channel.sealed = ""
    waiting = db.session.query(Message).filter_by(channel_id=channel.id, phase="waiting")
    waiting.update({"phase": "given_up", "said": REMOVED, "locked_until": None, "worker": ""})


REMOVED = '["The channel was removed.", {}]'


def test(channel: Channel, tester: Person, *, now: datetime) -> Message:
    """A test message, delivered as every other one is; by mail to whoever asks."""
    if channel.id == MAIL and not tester.email:
        raise OutOfTurn(say("You have no mail address yet; enter one under People, then try again."))
    made = Message(channel_id=channel.id, person_id=tester.id if channel.id == MAIL else None, kind="test",
                   made_at=now, try_at=now)  # fmt: skip
    channel.rests_until = None
    db.session.add(made)
    db.session.flush()
    return made


def wish(person: Person, *, locale: str, **wishes: Any) -> None:
    """How she wants to be told from now on."""
    kept = wish_of(person)
    for name, value in wishes.items():
        setattr(kept, name, value)
    person.locale = locale
    db.session.add(kept)
    db.session.flush()


def leave(person: Person, kind: str) -> None:
    """Spare her what is not duty: news, or the week's digest."""
    kept = wish_of(person)
    setattr(kept, kind, False)
    db.session.add(kept)
    db.session.flush()
