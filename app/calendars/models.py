"""Days set off or on, the years whose calendar is known, and the hours of the house."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of
from app.people.models import Person


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


class Hours(Base):
    """When the house speaks, is quiet, or sends the day's digest, in minutes of the county's day; with its source."""

    __tablename__ = "hours"
    __table_args__ = (
        one_of("name", ("office", "quiet", "digest")),
        CheckConstraint("starts BETWEEN 0 AND 1439", name="starts"),
        CheckConstraint("ends BETWEEN 0 AND 1439", name="ends"),
        CheckConstraint("name <> 'office' OR starts < ends", name="office"),
        CheckConstraint("name <> 'digest' OR starts = ends", name="digest"),
    )

    name: Mapped[str] = mapped_column(String(10), primary_key=True)
    starts: Mapped[int]
    ends: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))

    set_by: Mapped[Person | None] = relationship()
