"""What was sent and what came of it: lists being looked at, batches taken in, and how lists are assigned."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, case
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, where
from app.evidence.models import Files, holds_files
from app.findings.models import Finding
from app.inspections.models import Inspection
from app.people.models import Person
from app.units.models import Unit

USUAL_DAYS = {"ordinary": 30, "serious": 15, "major": 7}


class Preview(Base):
    """A list somebody is looking at: what was sent and what was corrected so far; no finding comes of it yet.

    `text` holds a pasted list; a file lies in the storage under `sha256`. `corrections` holds only what differs
    from the first look, by row; `mark` tells whether the reading is still the one they were made on.
    """

    __tablename__ = "intake_previews"
    # A number is never given twice: a batch remembers which preview it was.
    __table_args__ = (UniqueConstraint("inspection_id", "person_id", "sha256"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(255), default="")
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    text: Mapped[str] = mapped_column(Text, default="")
    against_id: Mapped[int | None] = mapped_column(ForeignKey("intake_batches.id"))
    rule: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    columns: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    corrections: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    mark: Mapped[str] = mapped_column(String(64), default="")

    inspection: Mapped[Inspection] = relationship()
    person: Mapped[Person] = relationship()
    against: Mapped[Batch | None] = relationship(foreign_keys=[against_id])

    @property
    def is_file(self) -> bool:
        """Whether a file was sent, and not a text pasted."""
        return bool(self.name)


class Batch(Base):
    """A list that was taken in; the same list is not taken in twice for the same visit, unless it was undone."""

    __tablename__ = "intake_batches"
    __table_args__ = (
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone"),
        Index(
            "uq_intake_batches_inspection_id", "inspection_id", "sha256", unique=True, **where("undone_at IS NULL")
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(255), default="")
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    source: Mapped[str] = mapped_column(String(255), default="")
    preview_id: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)
    set_aside: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))

    inspection: Mapped[Inspection] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])
    rows: Mapped[list[Taken]] = relationship(back_populates="batch", order_by="Taken.finding_id")


class Taken(Base):
    """Which finding came of which row of a batch, and what the row said then."""

    __tablename__ = "intake_taken"

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("intake_batches.id"), index=True)
    number: Mapped[str] = mapped_column(String(60), default="")
    said: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)

    batch: Mapped[Batch] = relationship(back_populates="rows")
    finding: Mapped[Finding] = relationship()


class Columns(Base):
    """What an issuing unit takes the columns of a list for, remembered by the list's headings."""

    __tablename__ = "intake_columns"
    __table_args__ = (UniqueConstraint("unit_id", "headings"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    headings: Mapped[str] = mapped_column(String(64))
    meanings: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]


class Called(Base):
    """Which unit an issuing unit means by a name that is none of the unit's own, remembered by the folded name."""

    __tablename__ = "intake_names"

    issuer_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])


class Days(Base):
    """The days that an issuing unit gives for a problem, by its weight."""

    __tablename__ = "intake_days"
    __table_args__ = tuple(CheckConstraint(f"{weight} BETWEEN 1 AND 730", name=weight) for weight in USUAL_DAYS)

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    ordinary: Mapped[int]
    serious: Mapped[int]
    major: Mapped[int]


class Assignment(Base):
    """Who owns what a unit must put right, for one category or (empty) for every other."""

    __tablename__ = "intake_assignments"
    __table_args__ = (UniqueConstraint("issuer_unit_id", "unit_id", "category"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    category: Mapped[str] = mapped_column(String(40), default="")
    owner_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    owner: Mapped[Person] = relationship()


for _rows in (Preview, Batch):
    holds_files(Files(case((_rows.name != "", _rows.sha256)), _rows.size))
