"""Ladders as data, what was climbed, and what is proposed to a named person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of, where
from app.orders.models import Order
from app.people.models import Person
from app.tasks.entries import Entry
from app.tasks.models import Task, Wait
from app.units.models import Unit
from workflows import rungs as law
from workflows.book import WEIGHTS

OUTCOMES = ("spoke", "skipped", "expired")
PROPOSED = ("order", "circular", "talk")
ANY_WEIGHT = ""


class Ladder(Base):
    """A ladder by name; its rungs hang on it, retired ones too."""

    __tablename__ = "ladders"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    rungs: Mapped[list[Rung]] = relationship(back_populates="ladder", order_by="Rung.days", lazy="selectin")

    @property
    def standing(self) -> list[Rung]:
        """The rungs that hold today, in order."""
        return sorted((rung for rung in self.rungs if rung.retired_at is None), key=lambda rung: rung.days)

    def as_law(self) -> law.Ladder:
        """The same as plain data."""
        return law.Ladder(self.name, tuple(rung.as_law() for rung in self.standing), self.id)


class Rung(Base):
    """One rung of a ladder; retired rather than deleted, for climbs name it."""

    __tablename__ = "rungs"
    __table_args__ = (
        one_of("kind", law.KINDS),
        one_of("light", law.LIGHTS),
        CheckConstraint("(kind = 'reminder') = (days <= 0)", name="side"),
        CheckConstraint("(kind IN ('reminder', 'urging')) = (decides = '')", name="decides"),
        Index("uq_rungs_days", "ladder_id", "days", unique=True, **where("retired_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ladder_id: Mapped[int] = mapped_column(ForeignKey("ladders.id"), index=True)
    days: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    light: Mapped[str] = mapped_column(String(8))
    hears: Mapped[list[str]] = mapped_column(JSON)
    decides: Mapped[str] = mapped_column(String(12), default="")
    channels: Mapped[list[str]] = mapped_column(JSON)
    retired_at: Mapped[datetime | None]

    ladder: Mapped[Ladder] = relationship(back_populates="rungs")

    def as_law(self) -> law.Rung:
        """The same as plain data."""
        return law.Rung(
            self.days, self.kind, self.light, tuple(self.hears), self.decides, tuple(self.channels), self.id
        )


class LadderChoice(Base):
    """Which ladder holds for a unit with everything below it, and for a weight; the nearest wins."""

    __tablename__ = "ladder_choices"
    __table_args__ = (
        one_of("weight", {ANY_WEIGHT, *dict(WEIGHTS)}),
        UniqueConstraint("unit_id", "weight"),
        Index("uq_ladder_choices_house", "weight", unique=True, **where("unit_id IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    weight: Mapped[str] = mapped_column(String(10), default=ANY_WEIGHT)
    ladder_id: Mapped[int] = mapped_column(ForeignKey("ladders.id"))

    unit: Mapped[Unit | None] = relationship()
    ladder: Mapped[Ladder] = relationship()


class Climb(Base):
    """A rung that came for a wait: once for each end that the wait was given."""

    __tablename__ = "climbs"
    __table_args__ = (
        one_of("outcome", OUTCOMES),
        UniqueConstraint("wait_id", "rung_id", "until"),
        CheckConstraint("(entry_id IS NOT NULL) = (outcome = 'spoke')", name="spoke"),
        CheckConstraint("(held_until IS NULL) = (held_at IS NULL)", name="held"),
        Index("ix_climbs_task", "task_id"),
        Index("ix_climbs_grace", "grace_until", **where("grace_until IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    wait_id: Mapped[int] = mapped_column(ForeignKey("waits.id"))
    rung_id: Mapped[int] = mapped_column(ForeignKey("rungs.id"))
    until: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(12))
    days: Mapped[int]
    due_at: Mapped[datetime]
    fired_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(8))
    caught_up: Mapped[bool] = mapped_column(default=False)
    grace_until: Mapped[datetime | None]
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    held_at: Mapped[datetime | None]
    held_until: Mapped[datetime | None]
    held_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))

    task: Mapped[Task] = relationship()
    wait: Mapped[Wait] = relationship()
    rung: Mapped[Rung] = relationship(lazy="joined", innerjoin=True)
    entry: Mapped[Entry | None] = relationship()
    held_by: Mapped[Person | None] = relationship()

    @property
    def expired(self) -> bool:
        """Whether it was a reminder whose deadline had passed: recorded, never sent."""
        return self.outcome == "expired"


class Proposal(Base):
    """A paper that the ladder drafted and a named person decides; the machine itself never does."""

    __tablename__ = "proposals"
    __table_args__ = (
        one_of("kind", PROPOSED),
        CheckConstraint("outcome IS NULL OR outcome IN ('adopted', 'dismissed', 'lapsed')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(outcome IS NULL OR outcome = 'lapsed') = (decided_by_id IS NULL)", name="by_somebody"),
        CheckConstraint("order_id IS NULL OR outcome = 'adopted'", name="adopted"),
        Index("uq_proposals_open", "task_id", "kind", unique=True, **where("decided_at IS NULL")),
        Index("ix_proposals_decider", "decider_id", **where("decided_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    climb_id: Mapped[int] = mapped_column(ForeignKey("climbs.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    outcome: Mapped[str | None] = mapped_column(String(10))
    remark: Mapped[str] = mapped_column(Text, default="")
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"), index=True)

    order: Mapped[Order | None] = relationship()
    task: Mapped[Task] = relationship()
    climb: Mapped[Climb] = relationship()
    decider: Mapped[Person | None] = relationship(foreign_keys=[decider_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
