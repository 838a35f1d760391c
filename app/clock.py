"""The only place that asks the time: moments in UTC, days in the county's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import current_app

FIRST_SECOND, LAST_SECOND = time(0, 0), time(23, 59, 59)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def zone() -> ZoneInfo:
    """The county's time zone."""
    return ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])


def local(moment: datetime) -> datetime:
    """`moment` on the county's clock."""
    return moment.astimezone(zone())


def day_of(moment: datetime) -> date:
    """The county's date at `moment`."""
    return local(moment).date()


def today() -> date:
    """The county's date now."""
    return day_of(now())


def end_of(day: date) -> datetime:
    """The last second of `day` in the county, in UTC."""
    return datetime.combine(day, LAST_SECOND, zone()).astimezone(UTC)


def beginning_of(day: date) -> datetime:
    """The first moment of `day` in the county, in UTC."""
    return datetime.combine(day, FIRST_SECOND, zone()).astimezone(UTC)
