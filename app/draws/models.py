"""A draw with all that makes it come out the same again, and what became of each finding drawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of
from app.findings.models import Finding
from app.inspections.models import Inspection
from app.people.models import Person
from app.units.models import Unit

RESULTS = ("passed", "rebound")
MOST = 200  # nobody looks at more in one go


class Draw(Base):
    """By which seed and criteria, from how many, as things stood when, and by whom."""

    __tablename__ = "draws"
    __table_args__ = (CheckConstraint(f"size BETWEEN 1 AND {MOST}", name="size"), Index("ix_draws_unit_id", "unit_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    seed: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    criteria: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime]
    population: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspections.id"))

    unit: Mapped[Unit] = relationship()
    person: Mapped[Person] = relationship()
    inspection: Mapped[Inspection | None] = relationship()
    drawn: Mapped[list[Drawn]] = relationship(back_populates="draw", order_by="Drawn.place")


class Drawn(Base):
    """One finding drawn: held, or came back as a new finding."""

    __tablename__ = "drawn"
    __table_args__ = (
        UniqueConstraint("draw_id", "finding_id"),
        one_of("result", RESULTS),
        CheckConstraint("(result IS NULL) = (looked_at IS NULL)", name="looked"),
        CheckConstraint("(result IS NULL) = (looked_by_id IS NULL)", name="by_somebody"),
        CheckConstraint("(rebound_id IS NOT NULL) = (result IS NOT NULL AND result = 'rebound')", name="rebound"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    place: Mapped[int]
    result: Mapped[str | None] = mapped_column(String(8))
    remark: Mapped[str] = mapped_column(Text, default="")
    looked_at: Mapped[datetime | None]
    looked_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    rebound_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"), index=True)

    draw: Mapped[Draw] = relationship(back_populates="drawn")
    finding: Mapped[Finding] = relationship(foreign_keys=[finding_id])
    rebound: Mapped[Finding | None] = relationship(foreign_keys=[rebound_id])
    looked_by: Mapped[Person | None] = relationship()
