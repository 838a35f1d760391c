"""Who delivers a message: claimed for a while, then marked; whatever was claimed and not marked goes out again."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import or_, select, update

from app.db import db, unit_of_work
from app.escalations.alerting import raise_alert
from app.notices.channels import NotSent
from app.notices.models import TRIES, Channel, Message
from app.notices.when import off_the_hour
from workflows.grammar import Sentence, say

COPIES = 20  # a message that ended its deliverer so often is not tried again
STEPS = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 240, 720))
SPREAD = 0.2
KILLED = say("The deliverer was ended again and again while sending it.")


def lease() -> timedelta:
    """How long a deliverer may be silent: its time limit and some more."""
    return timedelta(seconds=current_app.config["SEND_SECONDS"] * 2 + 10)


def claim(channel_id: int, worker: str, spacing: float, now: datetime) -> int | None:
    """Take the next message of that channel; None when there is none or the channel rests."""
    with unit_of_work():
        channel = db.session.scalar(select(Channel).where(Channel.id == channel_id).with_for_update(skip_locked=True))
        if channel is None or not channel.active or (channel.rests_until and channel.rests_until > now):
            return None
        message = db.session.scalar(_next(channel_id, now))
        if message is None:
            return None
        message.copies, message.in_doubt = message.copies + message.in_doubt, True
        if message.copies > COPIES:
            _give_up(message, KILLED, now)
            return None
        # Behind the others: one that ends its deliverer must not hold them up.
        message.worker, message.locked_until = worker, now + lease()
        message.try_at = message.locked_until
        if spacing:
            channel.rests_until = now + timedelta(seconds=spacing)
        return message.id


def _next(channel_id: int, now: datetime) -> Any:
    free = or_(Message.locked_until.is_(None), Message.locked_until < now)
    found = select(Message).where(Message.channel_id == channel_id, Message.phase == "waiting", Message.try_at <= now)
    return found.where(free).order_by(Message.try_at, Message.id).limit(1).with_for_update(skip_locked=True)


def sent(message_id: int, worker: str, now: datetime) -> None:
    """It arrived."""
    with unit_of_work():
        mine = update(Message).where(Message.id == message_id, Message.worker == worker, Message.phase == "waiting")
        done = {"phase": "sent", "sent_at": now, "locked_until": None, "worker": "", "in_doubt": False, "said": ""}
        db.session.execute(mine.values(**done, tries=Message.tries + 1))


def failed(message_id: int, worker: str, why: NotSent, now: datetime) -> None:
    """It did not, or nobody knows: later again, or never after the seventh try."""
    with unit_of_work():
        message = db.session.get(Message, message_id, with_for_update=True)
        if message is None or message.worker != worker or message.phase != "waiting":
            return
        message.locked_until, message.worker, message.in_doubt = None, "", why.in_doubt
        message.said, message.tries = kept(why.why), message.tries + 1
        if message.tries >= TRIES:
            _give_up(message, why.why, now)
        else:
            later = STEPS[message.tries - 1] * random.uniform(1 - SPREAD, 1 + SPREAD)
            message.try_at = off_the_hour(message.channel.kind, now + later)
        if why.rests:
            message.channel.rests_until = now + timedelta(seconds=why.rests)


def _give_up(message: Message, why: Sentence, now: datetime) -> None:
    message.phase, message.locked_until, message.worker = "given_up", None, ""
    message.said = message.said or kept(why)
    raise_alert("notices", "notices:given_up", now, say("Messages were given up after seven tries. Look at Notices, "
                                                        "mend what is wrong, and send them again."))  # fmt: skip


def kept(sentence: Sentence) -> str:
    """A sentence as the row keeps it: its message and values, so that each reader gets her language."""
    return json.dumps([sentence.message, dict(sentence.values)], ensure_ascii=False)[:300]


def read(said: str) -> Sentence:
    """The sentence that was kept."""
    message, values = json.loads(said)
    return say(message, **values)
