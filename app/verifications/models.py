"""What was seen on re-inspection, level by level, and the evidence it was seen on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of
from app.findings.models import Finding
from app.people.models import Person

VERDICTS = ("passed_on", "accepted", "sent_back", "on_the_spot")
METHODS = ("papers", "on_site")


class Verification(Base):
    """One verdict by one person; `evidence_hash` freezes the set of evidence it rests on."""

    __tablename__ = "verifications"
    __table_args__ = (one_of("verdict", VERDICTS), one_of("method", METHODS),
                      Index("ix_verifications_person", "person_id", "id"))  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    level: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(12))
    method: Mapped[str] = mapped_column(String(10))
    remark: Mapped[str] = mapped_column(Text, default="")
    evidence_hash: Mapped[str] = mapped_column(String(64))
    entry_seq: Mapped[int]
    at: Mapped[datetime]

    finding: Mapped[Finding] = relationship(back_populates="verifications")
    person: Mapped[Person] = relationship()
