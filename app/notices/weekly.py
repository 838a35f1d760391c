"""The week for leaders in at most eight lines: three numbers with their change, where it is late, what is to decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from app.analysis.queries_week import stood
from app.clock import day_of
from app.db import db, put_if_missing, unit_of_work
from app.escalations.queries_pages import proposals
from app.notices import queries_weekly as queries
from app.notices.models import MAIL, Message
from app.notices.when import Times, times
from app.overview.queries import by_unit, waiting
from app.people.models import Person
from app.people.queries import one_seated

WORST, FEW = 3, 5  # units named; findings below which a share says nothing
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
    at = message.made_at
    current, before = stood(viewer, at), stood(viewer, at - timedelta(days=7))
    for label, number, then in zip((_("Open"), _("Overdue"), _("Due this week")), current, before, strict=True):
        yield _("%(label)s: %(n)d (%(change)s since last week)", label=label, n=number, change=f"{number - then:+d}")
    yield from _worst(viewer, day_of(at))
    if count := len(proposals(viewer)):
        yield ngettext("%(num)d paper waits for your decision.", "%(num)d papers wait for your decision.", count)
    if count := len(waiting(viewer)):
        yield ngettext("%(num)d thing is in your hands.", "%(num)d things are in your hands.", count)


def _worst(viewer: Person, today: date) -> Iterator[str]:
    """Where the overdue share is greatest, never with names of people."""
    rows = [row for row in by_unit(viewer, today) if row.n >= FEW and row.late]
    for row in sorted(rows, key=lambda row: (-row.late / row.n, -row.n))[:WORST]:
        yield _("%(unit)s: %(late)d of %(n)d overdue", unit=row.name, late=row.late, n=row.n)
