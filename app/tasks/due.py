"""The dates a unit has promised, one row each, none ever changed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.tasks.models import Task


class DueDate(Base):
    """One date promised; the first is the original, none is ever changed."""

    __tablename__ = "due_dates"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    on: Mapped[date]
    why: Mapped[str] = mapped_column(String(24))
    entry_seq: Mapped[int]

    task: Mapped[Task] = relationship(back_populates="due_dates")
