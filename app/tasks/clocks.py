"""How long each state may wait: settings by state, track and weight, each with its source; the law is the default."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db, one_of, table_of
from app.keeping import Kept
from app.people.models import Person
from app.tasks.models import Task
from workflows.book import TRACKS, WEIGHTS, WORKFLOWS
from workflows.grammar import Within

ANY = ""
UNITS = ("working", "calendar")


class Clock(Base):
    """So many days for a state of one kind of task; the closest fit of track and weight wins."""

    __tablename__ = "clocks"
    __table_args__ = (
        one_of("track", {ANY, *dict(TRACKS)}),
        one_of("weight", {ANY, *dict(WEIGHTS)}),
        one_of("unit", UNITS),
        CheckConstraint("days BETWEEN 1 AND 365", name="days"),
        UniqueConstraint("kind", "state", "track", "weight"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    track: Mapped[str] = mapped_column(String(10), default=ANY)
    weight: Mapped[str] = mapped_column(String(10), default=ANY)
    days: Mapped[int]
    unit: Mapped[str] = mapped_column(String(10), default="working")
    source: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))

    set_by: Mapped[Person | None] = relationship()


C = table_of(Clock).c
ALL = select(C.kind, C.state, C.track, C.weight, C.days, C.unit)


def _all() -> list[Any]:
    return list(db.session.connection().execute(ALL))


settings = Kept(_all)


def within(task: Task) -> Within | None:
    """How long the task may stay where it stands: what was set for it, else what the law says."""
    return _fitting(task, settings())


def for_all() -> Callable[[Any], Within | None]:
    """The same for any number of rows, by what is set at this moment."""
    all_ = _all()
    return lambda row: _fitting(row, all_)


def _fitting(row: Any, among: list[Any]) -> Within | None:
    lawful = WORKFLOWS[row.kind].state(row.state).within
    if lawful is None or lawful.unit == "due":
        return lawful
    fits = [c for c in among if (c.kind, c.state) == (row.kind, row.state)
            and c.track in (ANY, row.track) and c.weight in (ANY, row.weight)]  # fmt: skip
    return _closest(fits) or lawful


def _closest(fitting: Any) -> Within | None:
    """The track counts before the weight, both before either."""
    best = max(fitting, key=lambda row: bool(row.track) * 2 + bool(row.weight), default=None)
    return Within(best.days, best.unit) if best else None
