"""A corrective measure and the findings it serves."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of
from app.evidence.models import PROOFS
from app.findings.models import Finding
from app.tasks.models import Task

KINDS = ("repair", "purchase", "rule", "training", "paperwork", "project", "other")


class Measure(Base):
    """What will be done about one or several findings (整改措施)."""

    __tablename__ = "measures"
    __table_args__ = (one_of("kind", KINDS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(12), default="other")
    budget: Mapped[float | None] = mapped_column(Numeric(12, 2, asdecimal=False))
    result: Mapped[str] = mapped_column(Text, default="")
    finished_on: Mapped[date | None]

    task: Mapped[Task] = relationship(back_populates="measure")
    links: Mapped[list[MeasureLink]] = relationship(
        back_populates="measure", order_by="MeasureLink.finding_id", cascade="all, delete-orphan"
    )

    asked: Mapped[list[ProofAsked]] = relationship(cascade="all, delete-orphan", lazy="joined")

    @property
    def proofs(self) -> list[str]:
        """The kinds of evidence it asks for, in the order in which they are always named."""
        wanted = {one.proof for one in self.asked}
        return [proof for proof in PROOFS if proof in wanted]

    @property
    def findings(self) -> list[Finding]:
        return [link.finding for link in self.links]

    @property
    def open_children(self) -> list[Any]:
        """Nothing hangs below a measure."""
        return []

    def serves_only(self, finding: Finding) -> bool:
        """Whether no other open finding counts on it."""
        return all(other is finding or not other.task.open for other in self.findings)


class ProofAsked(Base):
    """A kind of evidence that a measure asks for; what is missing is said and stands in the way of nothing."""

    __tablename__ = "proofs_asked"
    __table_args__ = (one_of("proof", PROOFS),)

    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), primary_key=True)
    proof: Mapped[str] = mapped_column(String(8), primary_key=True)


class MeasureLink(Base):
    """That a measure serves a finding; a link that was only suggested is not certain until confirmed."""

    __tablename__ = "measure_links"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), primary_key=True, index=True)

    measure: Mapped[Measure] = relationship(back_populates="links", lazy="joined", innerjoin=True)
    finding: Mapped[Finding] = relationship(back_populates="links")
