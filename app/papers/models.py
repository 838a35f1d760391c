"""The register of papers, the marks of the units that issue them, and the templates that replace ours."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of, where
from app.evidence.models import Files, holds_files
from app.papers.kinds import KINDS
from app.people.models import Person
from app.units.models import Unit


class Paper(Base):
    """A paper with its number: who issued it, when, for what; its file is kept and never made anew.

    Where many are numbered at once, a file is written when the paper is first opened; until then `unwritten` keeps
    what it says.
    """

    __tablename__ = "papers"
    __table_args__ = (
        one_of("kind", KINDS),
        UniqueConstraint("unit_id", "kind", "year", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("(voided_at IS NULL) = (voided_by_id IS NULL)", name="voided"),
        CheckConstraint("(unwritten IS NULL) = (sha256 <> '')", name="written"),
        Index("ix_papers_about", "kind", "subject_id"),
        Index("ix_papers_sha256", "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    subject_id: Mapped[int]
    about_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    voided_at: Mapped[datetime | None]
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    void_reason: Mapped[str] = mapped_column(String(200), default="")
    unwritten: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    about_unit: Mapped[Unit] = relationship(foreign_keys=[about_unit_id])
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    voided_by: Mapped[Person | None] = relationship(foreign_keys=[voided_by_id])
    tasks: Mapped[list[PaperTask]] = relationship(back_populates="paper")


class PaperTask(Base):
    """That a paper speaks of a task: whoever may not see the task may not read the paper."""

    __tablename__ = "paper_tasks"

    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True, index=True)

    paper: Mapped[Paper] = relationship(back_populates="tasks")


class PaperMark(Base):
    """What stands before the year in the numbers of a unit (机关代字)."""

    __tablename__ = "paper_marks"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(20))

    unit: Mapped[Unit] = relationship()


holds_files(Files(Paper.sha256, Paper.size, (Paper.unwritten.is_(None),)))


@holds_files
class PaperTemplate(Base):
    """A template that an administrator put in the place of ours; the one that has not ended counts."""

    __tablename__ = "paper_templates"
    __table_args__ = (
        one_of("kind", KINDS),
        Index("uq_paper_templates_kind", "kind", unique=True, **where("ended_at IS NULL")),
        Index("ix_paper_templates_sha256", "sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
