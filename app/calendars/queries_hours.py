"""The hours of the house: what was set, or the defaults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from sqlalchemy import select

from app.calendars.models import Hours
from app.db import db

# Minutes of the day: the house speaks from eight to six, sends nothing at night, and its digest with the opening.
DEFAULTS = {"office": (8 * 60, 18 * 60), "quiet": (20 * 60, 7 * 60), "digest": (8 * 60, 8 * 60)}


@dataclass(frozen=True)
class HouseHours:
    """When the house speaks, when it is quiet, when its digest leaves."""

    office: tuple[time, time]
    quiet: tuple[time, time]
    digest: time


def listed() -> dict[str, Hours]:
    """What was set instead of the defaults, by name."""
    return {row.name: row for row in db.session.scalars(select(Hours))}


def house_hours() -> HouseHours:
    """The hours that hold."""
    rows = db.session.connection().execute(select(Hours.name, Hours.starts, Hours.ends))
    held = DEFAULTS | {row.name: (row.starts, row.ends) for row in rows}
    spans = {name: (_time(starts), _time(ends)) for name, (starts, ends) in held.items()}
    return HouseHours(spans["office"], spans["quiet"], spans["digest"][0])


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
