"""An order, a circular or a talk, and the late tasks it covers."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of
from app.tasks.models import Task
from workflows.rungs import LIGHTS

CODES = {"order": "DB", "circular": "TB", "talk": "YT"}


class Order(Base):
    """What is demanded of a unit, how it explains itself, what it answers; of a talk also what was said."""

    __tablename__ = "orders"
    __table_args__ = (
        one_of("light", {"", *LIGHTS}),
        CheckConstraint("(held_on IS NULL) = (minutes = '')", name="held"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), unique=True)
    demand: Mapped[str] = mapped_column(Text)
    light: Mapped[str] = mapped_column(String(8), default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    explanation: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    held_on: Mapped[date | None]
    minutes: Mapped[str] = mapped_column(Text, default="")
    promise: Mapped[str] = mapped_column(Text, default="")

    task: Mapped[Task] = relationship(back_populates="order")
    covered: Mapped[list[Covered]] = relationship(back_populates="order", order_by="Covered.task_id")

    @property
    def open_children(self) -> list[Any]:
        """Nothing ends with an order: what it covers goes its own way."""
        return []


class Covered(Base):
    """That an order speaks of a task."""

    __tablename__ = "order_tasks"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True, index=True)

    order: Mapped[Order] = relationship(back_populates="covered")
    task: Mapped[Task] = relationship()
