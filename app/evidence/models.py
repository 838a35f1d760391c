"""Evidence: photos and papers on a task; superseded, never overwritten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of
from app.people.models import Person
from app.tasks.models import Task

KINDS = ("before", "after", "paper", "scan")


class Evidence(Base):
    """One file as it was received; `sha256` names the untouched original in the storage."""

    __tablename__ = "evidence"
    __table_args__ = (one_of("kind", KINDS), Index("ix_evidence_sha256", "sha256"))

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    width: Mapped[int | None]
    height: Mapped[int | None]
    caption: Mapped[str] = mapped_column(String(200), default="")
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    uploaded_at: Mapped[datetime]
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    removed_at: Mapped[datetime | None]

    task: Mapped[Task] = relationship(back_populates="evidence")
    uploaded_by: Mapped[Person] = relationship()

    @property
    def is_picture(self) -> bool:
        """Whether it is shown as a photo."""
        return self.media_type.startswith("image/")
