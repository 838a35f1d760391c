"""Looking up and replacing what was counted once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select, update

from app.analysis.models import Count
from app.analysis.scope import Scope
from app.db import db, unit_of_work
from app.pouring import put_if_missing

AT_ONCE = 50
FRESH, SELDOM = timedelta(minutes=15), timedelta(hours=6)
WANTED = timedelta(days=2)  # so long after the last look it is counted anew


def kept(key: str, chart: str, asked: str) -> Count | None:
    """What was counted through that lens for that chart and scope."""
    return db.session.scalar(select(Count).where(Count.key == key, Count.chart == chart, Count.asked == asked))


def get(number: int) -> Count:
    """The count of that number."""
    return db.session.get_one(Count, number)


def keep(key: str, person: int | None, unit: int | None, chart: str, scope: Scope, rows: list[Any],
         at: datetime) -> None:  # fmt: skip
    """Keep those rows instead of what was kept."""
    now = {"day": scope.day, "made_at": at, "looked_at": at, "rows": rows}
    put_if_missing(Count, key=key, chart=chart, asked=scope.address, person_id=person, unit_id=unit, **now)
    same = Count.key == key, Count.chart == chart, Count.asked == scope.address, Count.made_at < at
    db.session.execute(update(Count).where(*same).values(**now))


def note_look(number: int, at: datetime) -> None:
    """Somebody looks at it."""
    db.session.execute(update(Count).where(Count.id == number).values(looked_at=at))


def stale(at: datetime, day: date) -> list[int]:
    """What is no longer fresh: a quarter of an hour after a look, otherwise four times a day; the oldest first."""
    looked = and_(Count.looked_at > at - timedelta(hours=1), Count.made_at < at - FRESH)
    due = or_(looked, Count.day < day, Count.made_at < at - SELDOM)
    wanted = Count.looked_at > at - WANTED
    return list(db.session.scalars(select(Count.id).where(wanted, due).order_by(Count.made_at).limit(AT_ONCE)))


def count_again(number: int, rows: list[Any], day: date, at: datetime) -> None:
    """Put newer rows in the place of older ones."""
    db.session.execute(update(Count).where(Count.id == number).values(rows=rows, day=day, made_at=at))


def forget(number: int) -> None:
    """It is not wanted any more."""
    db.session.execute(delete(Count).where(Count.id == number))


def forget_unwanted(at: datetime) -> int:
    """Forget what nobody has looked at for days; how many were forgotten."""
    if not db.session.scalar(select(Count.id).where(Count.looked_at <= at - WANTED).limit(1)):
        return 0
    with unit_of_work():
        gone: Any = db.session.execute(delete(Count).where(Count.looked_at <= at - WANTED))
        return int(gone.rowcount)
