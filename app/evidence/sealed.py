"""What is kept with care: who looked at pictures of minors and who carried evidence out, and what was erased."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of
from app.evidence.models import Evidence
from app.people.models import Person

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
