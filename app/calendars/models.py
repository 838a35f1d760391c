"""Days set off or on, and the years whose calendar is known."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, one_of


class CalendarDay(Base):
    """A day that departs from the week: off (holiday, school break) or on (make-up workday 调休)."""

    __tablename__ = "calendar_days"
    __table_args__ = (one_of("kind", ("off", "on")),)

    on: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(4))
    note: Mapped[str] = mapped_column(String(60), default="")
    source: Mapped[str] = mapped_column(String(40), default="")


class CalendarYear(Base):
    """A year whose public calendar has been announced and entered."""

    __tablename__ = "calendar_years"

    year: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(40), default="")
