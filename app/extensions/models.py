"""A request for more time."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.findings.models import Finding
from app.tasks.models import Task


class Extension(Base):
    """Why more time is needed, until when, and what protects people meanwhile."""

    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), unique=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    progress: Mapped[str] = mapped_column(Text, default="")
    protection: Mapped[str] = mapped_column(Text, default="")
    proposed_on: Mapped[date]
    granted_on: Mapped[date | None]

    task: Mapped[Task] = relationship(back_populates="extension")
    finding: Mapped[Finding] = relationship(back_populates="extensions")

    @property
    def open_children(self) -> list[Any]:
        """Nothing hangs below a request."""
        return []
