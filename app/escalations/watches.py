"""How the machine fares: its last tick, the times nobody ticked, what broke it, what administrators must know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of, where
from app.tasks.models import Task

ALERTS = ("gap", "vacancy", "audit", "set_aside", "notices")

FIRST_YEAR = 2000  # whoever never ticked stands there


class Watch(Base):
    """How the machine fares: its last tick and its last audit, one row each by name."""

    __tablename__ = "watches"

    name: Mapped[str] = mapped_column(String(12), primary_key=True)
    at: Mapped[datetime]
    found: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Gap(Base):
    """A time in which nobody ticked; what came due in it is said late, and says so."""

    __tablename__ = "gaps"
    __table_args__ = (CheckConstraint("until_at > from_at", name="forward"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    from_at: Mapped[datetime] = mapped_column(unique=True)
    until_at: Mapped[datetime]

    @property
    def is_before_all(self) -> bool:
        """Whether it is the time before anybody ever ticked."""
        return self.from_at.year <= FIRST_YEAR


class SetAside(Base):
    """A task that broke the tick: left alone for an hour, then tried again."""

    __tablename__ = "set_aside"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
    times: Mapped[int] = mapped_column(default=1)
    why: Mapped[str] = mapped_column(String(400))

    task: Mapped[Task] = relationship()


class Alert(Base):
    """Something that administrators must know, from when it was first seen until it is settled."""

    __tablename__ = "alerts"
    __table_args__ = (one_of("kind", ALERTS), Index("ix_alerts_open", "kind", **where("settled_at IS NULL")))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(80), unique=True)
    message: Mapped[str] = mapped_column(String(300))
    given: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
