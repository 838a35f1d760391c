"""How long each state may wait: settings by state, track and weight, each with its source; the law is the default."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db, one_of, table_of
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


# Asked by every step that starts a wait, so it is put together once.
C = table_of(Clock).c
FITTING = select(C.track, C.weight, C.days, C.unit).where(
    C.kind == bindparam("kind"), C.state == bindparam("state"),
    C.track.in_(("", bindparam("track"))), C.weight.in_(("", bindparam("weight"))),
)  # fmt: skip


def within(task: Task) -> Within | None:
    """How long the task may stay where it stands: what was set for it, else what the law says."""
    lawful = task.workflow.state(task.state).within
    if lawful is None or lawful.unit == "due":
        return lawful
    asked = {"kind": task.kind, "state": task.state, "track": task.track, "weight": task.weight}
    fitting = db.session.connection().execute(FITTING, asked).all()
    return _closest(fitting) or lawful


def for_all() -> Callable[[Any], Within | None]:
    """The same for any number of rows: the settings are asked for once."""
    settings = list(db.session.scalars(select(Clock)))

    def of(row: Any) -> Within | None:
        lawful = WORKFLOWS[row.kind].state(row.state).within
        fits = [c for c in settings if (c.kind, c.state) == (row.kind, row.state)
                and c.track in (ANY, row.track) and c.weight in (ANY, row.weight)]  # fmt: skip
        return lawful if lawful is None or lawful.unit == "due" else _closest(fits) or lawful

    return of


def _closest(fitting: Any) -> Within | None:
    """The track counts before the weight, both before either."""
    best = max(fitting, key=lambda row: bool(row.track) * 2 + bool(row.weight), default=None)
    return Within(best.days, best.unit) if best else None
