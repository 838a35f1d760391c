"""The heartbeat: when the tick last ran; a time in which nobody ticked is recorded, never silently healed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from app.clock import local
from app.db import db, unit_of_work
from app.escalations.alerting import raise_alert
from app.escalations.watches import Gap, Watch
from app.pouring import put_if_missing
from workflows.sentence import say

INTERVAL = timedelta(minutes=1)
LONGEST = 2 * INTERVAL
TICK = "tick"
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def beat(now: datetime) -> int:
    """At the start of a tick: note it, and the gap before it if there was one; returns how many gaps were found."""
    with unit_of_work():
        put_if_missing(Watch, name=TICK, at=BEGINNING, found={})
        last = db.session.scalar(select(Watch.at).where(Watch.name == TICK).with_for_update())
        assert last is not None
        slept = now - last > LONGEST
        if slept:
            _record(last, now)
        _note(now)
    return int(slept)


def still_here(now: datetime) -> int:
    """At the end of a tick: a long sweep is not a sleep."""
    with unit_of_work():
        _note(now)
    return 0


def _note(now: datetime) -> None:
    db.session.execute(update(Watch).where(Watch.name == TICK).values(at=now))


def _record(last: datetime, now: datetime) -> None:
    put_if_missing(Gap, from_at=last, until_at=now)
    if last > BEGINNING:
        said = say("The scheduler stood still from %(start)s to %(end)s. What came due is said late and says so; "
                   "papers are proposed one working day later.", start=_spelled(last), end=_spelled(now))  # fmt: skip
        raise_alert("gap", f"gap:{last.isoformat()}", now, said)


def _spelled(at: datetime) -> str:
    return local(at).strftime("%Y-%m-%d %H:%M")


def last_tick() -> datetime | None:
    """When the tick last ran; None before the first."""
    at = db.session.scalar(select(Watch.at).where(Watch.name == TICK))
    return at if at and at > BEGINNING else None
