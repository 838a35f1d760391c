"""The week for leaders in at most eight lines: three numbers with their change, where it is late, what is to decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flask import current_app

from app.clock import day_of
from app.db import db, unit_of_work
from app.notices import queries_weekly as queries
from app.notices.models import MAIL, Message
from app.notices.when import Times, times
from app.overview import digest
from app.people.queries import one_seated
from app.pouring import put_if_missing

EVERY = 5  # minutes between looks


def write_weekly(now: datetime) -> int:
    """On the week's first working day or later, at the hour of the digest: one for each leader who wants it."""
    if now.minute % EVERY or not current_app.config["SMTP_HOST"]:
        return 0
    key = _week(day_of(now))
    leaders = queries.leaders(day_of(now), key)
    leaves = _leaves(times(), now) if leaders else None
    db.session.rollback()
    if leaves is None or now < leaves:
        return 0
    with unit_of_work():
        for person_id in leaders:
            put_if_missing(
                Message, channel_id=MAIL, person_id=person_id, kind="weekly", key=key, made_at=now, late=False,
                phase="waiting", try_at=now, tries=0, in_doubt=False, copies=0, worker="", said="",
            )  # fmt: skip
    return len(leaders)


def _week(day: date) -> str:
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02d}"


def _leaves(at: Times, now: datetime) -> datetime | None:
    """The moment of today's digest; None on a day of rest."""
    if not at.calendar.works(day_of(now)):
        return None
    return at.digest_after(now - timedelta(hours=23))


def sentences(message: Message) -> Iterator[str]:
    """What it says, as it stood when the message was made."""
    viewer = one_seated(message.person_id or 0)
    if viewer is None:
        return
    yield from (line.text for line in digest.lines(viewer, message.made_at))
