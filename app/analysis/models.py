"""What was counted once and is shown again for a while, and the screens that may show one unit's numbers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.people.models import Person
from app.units.models import Unit


class Count(Base):
    """The rows of one chart as somebody may see them, at a moment; only where counting takes long."""

    __tablename__ = "counts"
    __table_args__ = (
        UniqueConstraint("key", "chart", "asked"),
        CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="whose"),
        Index("ix_counts_looked_at", "looked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    chart: Mapped[str] = mapped_column(String(20))
    asked: Mapped[str] = mapped_column(String(600), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    day: Mapped[date]
    made_at: Mapped[datetime]
    looked_at: Mapped[datetime]
    rows: Mapped[list[Any]] = mapped_column(JSON)

    @property
    def scope(self) -> dict[str, str]:
        """The unit and the period that were asked for."""
        said = dict(parse_qsl(self.asked))
        return {"unit": said.get("unit", ""), "said": said.get("period", "")}


class Screen(Base):
    """A screen in a corridor: its address opens one page about one unit, until it is revoked."""

    __tablename__ = "screens"
    __table_args__ = (CheckConstraint("(revoked_at IS NULL) = (revoked_by_id IS NULL)", name="revoked"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    seen_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))

    unit: Mapped[Unit] = relationship()
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])
