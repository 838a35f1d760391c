"""A monthly progress report of a long-term finding."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.findings.models import Finding
from app.tasks.models import Task


class Report(Base):
    """What was reached in one month, written by the owner and read by the reviewer."""

    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("finding_id", "period"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), unique=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    period: Mapped[str] = mapped_column(String(7))
    text: Mapped[str] = mapped_column(Text, default="")
    percent: Mapped[int] = mapped_column(default=0)

    task: Mapped[Task] = relationship(back_populates="report")
    finding: Mapped[Finding] = relationship(back_populates="reports")

    @property
    def open_children(self) -> list[Any]:
        """Nothing hangs below a report."""
        return []
