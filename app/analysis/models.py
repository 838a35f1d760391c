"""What was counted once and is shown again for a while."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


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
