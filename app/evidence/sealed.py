"""What is kept with care: who looked at pictures of minors and who carried evidence out, and what was erased."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of, where
from app.evidence.models import Evidence
from app.people.models import Person
from app.tasks.entries import Entry
from app.tasks.models import Task

VIEW, EXPORT = "view", "export"


class Access(Base):
    """Somebody was shown a picture of minors, or exported evidence; the database refuses to change or delete it."""

    __tablename__ = "accesses"
    __table_args__ = (
        one_of("what", (VIEW, EXPORT)),
        CheckConstraint("(what = 'view') = (evidence_id IS NOT NULL)", name="piece"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    what: Mapped[str] = mapped_column(String(8))
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    note: Mapped[str] = mapped_column(String(200), default="")
    count: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship()
    evidence: Mapped[Evidence | None] = relationship()


class Erasure(Base):
    """That personal content is to be erased, or was: one person says why, another one confirms it.

    Of a piece the file, its copies and prints go, and what it is called; of an entry the free text. Hash,
    entry and this row stay. `cleared_at` says when nothing of the file was left on the storage.
    """

    __tablename__ = "erasures"
    __table_args__ = (
        one_of("outcome", ("open", "erased", "kept")),
        CheckConstraint("(evidence_id IS NULL) <> (entry_id IS NULL)", name="subject"),
        CheckConstraint(
            "(outcome = 'open') = (decided_at IS NULL) AND (outcome = 'open') = (decided_by_id IS NULL)", name="decided"
        ),
        CheckConstraint("outcome <> 'erased' OR decided_by_id <> proposed_by_id", name="two_persons"),
        Index("ix_erasures_open_evidence_id", "evidence_id", unique=True, **where("outcome = 'open'")),
        Index("ix_erasures_open_entry_id", "entry_id", unique=True, **where("outcome = 'open'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    reason: Mapped[str] = mapped_column(String(500))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    proposed_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(8), default="open")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    decided_at: Mapped[datetime | None]
    cleared_at: Mapped[datetime | None]

    evidence: Mapped[Evidence | None] = relationship()
    entry: Mapped[Entry | None] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def task(self) -> Task:
        """The task whose evidence or entry it is about."""
        subject = self.evidence or self.entry
        assert subject is not None
        return subject.task
