"""Setting how long a state may wait."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from app.db import db
from app.people.models import Person
from app.tasks.clocks import Clock, settings


def listed() -> list[Clock]:
    """What was set, in order of kind and state."""
    return list(db.session.scalars(select(Clock).order_by(Clock.kind, Clock.state, Clock.track, Clock.weight)))


def get(clock_id: int) -> Clock | None:
    """The setting with that id."""
    return db.session.get(Clock, clock_id)


def set_clock(actor: Person, now: datetime, *, state: str, track: str, weight: str, days: int, unit: str,
              source: str) -> Clock:  # fmt: skip
    """So many days from now on; waits that run keep their end until they are reckoned anew."""
    kind, name = state.split(".")
    same = {"kind": kind, "state": name, "track": track or "", "weight": weight or ""}
    db.session.execute(delete(Clock).filter_by(**same))
    clock = Clock(**same, days=days, unit=unit, source=source, set_at=now, set_by=actor)
    db.session.add(clock)
    db.session.flush()
    settings.forget()
    return clock


def unset(clock: Clock) -> None:
    """What the law says holds again."""
    db.session.delete(clock)
    db.session.flush()
    settings.forget()
