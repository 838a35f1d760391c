"""Looking up and replacing what was counted once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, not_, or_, select, update

from app.analysis.models import Count
from app.analysis.scope import Scope
from app.db import db, unit_of_work
from app.people import queries as people
from app.people.models import Deputy, Person, Post
from app.pouring import put_if_missing

AT_ONCE = 50
FRESH, SELDOM = timedelta(minutes=15), timedelta(hours=6)
WANTED = timedelta(days=35)  # so long after the last look it is counted anew, holidays included
NARROW = timedelta(days=2)  # the same for a part of what somebody sees, or for a period


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
    wanted = not_(_unwanted(at))
    return list(db.session.scalars(select(Count.id).where(wanted, due).order_by(Count.made_at).limit(AT_ONCE)))


def _unwanted(at: datetime) -> Any:
    return or_(Count.looked_at <= at - WANTED, and_(Count.looked_at <= at - NARROW, Count.asked != ""))


def holders(kinds: Collection[str], day: date) -> list[Person]:
    """Who holds a post of those kinds today, and who stands in for them, with their seats."""
    hold = select(Post.person_id).where(Post.kind.in_(kinds), people.holding(day))
    deputies = select(Deputy.deputy_id).where(Deputy.person_id.in_(hold))
    asked = select(Person.id).where(Person.active, or_(Person.id.in_(hold), Person.id.in_(deputies)))
    return people.seated(db.session.scalars(asked.order_by(Person.id)))


def known(keys: list[str]) -> set[tuple[str, str]]:
    """Which charts are kept through those lenses, for everything that is seen."""
    asked = select(Count.key, Count.chart).where(Count.key.in_(keys), Count.asked == "")
    return {(row.key, row.chart) for row in db.session.execute(asked)}


def count_again(number: int, rows: list[Any], day: date, at: datetime) -> None:
    """Put newer rows in the place of older ones."""
    db.session.execute(update(Count).where(Count.id == number).values(rows=rows, day=day, made_at=at))


def forget(number: int) -> None:
    """It is not wanted any more."""
    db.session.execute(delete(Count).where(Count.id == number))


def forget_unwanted(at: datetime) -> int:
    """Forget what nobody has looked at for days; how many were forgotten."""
    if not db.session.scalar(select(Count.id).where(_unwanted(at)).limit(1)):
        return 0
    with unit_of_work():
        gone: Any = db.session.execute(delete(Count).where(_unwanted(at)))
        return int(gone.rowcount)
