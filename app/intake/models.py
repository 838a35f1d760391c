"""What was pasted: each list once for a visit, kept word for word as the record of where its findings came from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.inspections.models import Inspection
from app.people.models import Person


class Batch(Base):
    """A pasted list after it was confirmed; the same list is not taken in twice for the same visit."""

    __tablename__ = "intake_batches"
    __table_args__ = (UniqueConstraint("inspection_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    taken: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)

    inspection: Mapped[Inspection] = relationship()
    person: Mapped[Person] = relationship()
