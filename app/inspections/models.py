"""A visit, its team and the chain of levels that verify what it found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from app.db import Base, one_of, table_of
from app.people.models import Person
from app.tasks.models import Task
from app.units.models import Unit

if TYPE_CHECKING:
    from app.findings.models import Finding

KINDS = (
    "special",
    "routine",
    "comprehensive",
    "random",
    "safety",
    "term",
    "look_back",
    "self_check",
    "outside",
)
OF_FINDINGS = ("findings", "drafts", "standing")  # what it knows of them, to be read anew when one comes
LEVEL_BY = ("own_head", "district", "issuer", "unit")


class Inspection(Base):
    """A visit or a self-check: what it was, where, when, and who verifies afterwards."""

    __tablename__ = "inspections"
    __table_args__ = (
        one_of("kind", KINDS),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    purpose: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    last_seq: Mapped[int] = mapped_column(default=0)

    task: Mapped[Task] = relationship(back_populates="inspection")
    levels: Mapped[list[InspectionLevel]] = relationship(
        back_populates="inspection", order_by="InspectionLevel.level", cascade="all, delete-orphan"
    )
    team: Mapped[list[TeamMember]] = relationship(back_populates="inspection", cascade="all, delete-orphan")
    drafts: ClassVar[Mapped[int]]
    standing: ClassVar[Mapped[int]]
    findings: Mapped[list[Finding]] = relationship(back_populates="inspection", order_by="Finding.seq")

    @property
    def is_self_check(self) -> bool:
        return self.kind == "self_check"

    @property
    def open_children(self) -> list[Any]:
        """Nothing ends with a visit; its findings live on."""
        return []


def _counted(*which: ColumnElement[bool]) -> Mapped[int]:
    """How many of what it found are so; asked for only when somebody looks, both at once."""
    hang = FOUND.c.parent_id == Inspection.task_id, FOUND.c.kind == "finding"
    many = select(func.count()).select_from(FOUND).where(*hang, *which).correlate(table_of(Inspection))
    return column_property(many.scalar_subquery(), deferred=True, group="counted")


FOUND = table_of(Task).alias()
Inspection.drafts = _counted(FOUND.c.state == "draft")  # not issued yet
Inspection.standing = _counted(FOUND.c.state != "withdrawn")  # whatever else it found


class InspectionLevel(Base):
    """One level of the closing chain: the unit's own head, its district, the issuer, or a named unit."""

    __tablename__ = "inspection_levels"
    __table_args__ = (
        one_of("by", LEVEL_BY),
        CheckConstraint("level BETWEEN 1 AND 3", name="level"),
        CheckConstraint("(\"by\" = 'unit') = (unit_id IS NOT NULL)", name="unit"),
    )

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    by: Mapped[str] = mapped_column(String(10))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))

    inspection: Mapped[Inspection] = relationship(back_populates="levels")
    unit: Mapped[Unit | None] = relationship()


class TeamMember(Base):
    """Somebody who took part in the visit."""

    __tablename__ = "inspection_team"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True)

    inspection: Mapped[Inspection] = relationship(back_populates="team")
    person: Mapped[Person] = relationship()


class Register(Base):
    """The last number given in a register, such as one kind of inspection in one year."""

    __tablename__ = "registers"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
