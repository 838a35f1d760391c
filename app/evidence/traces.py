"""What a photo leaves to be judged by: its prints, what its file says, and which others are like it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of
from app.evidence.models import Evidence
from app.people.models import Person

PARTS = ("whole", "inner1", "inner2", "framed")
EXACT, ALIKE = "exact", "alike"


class PictureHash(Base):
    """One hash of a picture or of a part of it; `h` is signed, the bands are looked up.

    Each band's index carries all that a look-up reads, so that it never visits the thousand rows
    of which most are too far away.
    """

    __tablename__ = "picture_hashes"
    __table_args__ = (
        one_of("kind", ("d", "p")), one_of("part", PARTS),
        UniqueConstraint("evidence_id", "kind", "part"),
        *(Index(f"ix_picture_hashes_b{band}", f"b{band}", "kind", "h", "evidence_id", "part") for band in range(4)),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"))
    kind: Mapped[str] = mapped_column(String(1))
    part: Mapped[str] = mapped_column(String(8))
    h: Mapped[int] = mapped_column(BigInteger)
    b0: Mapped[int]
    b1: Mapped[int]
    b2: Mapped[int]
    b3: Mapped[int]


class PhotoFacts(Base):
    """What the untouched file says of itself; a plain picture (dark, blank) is not compared with others."""

    __tablename__ = "photo_facts"
    __table_args__ = (CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="place"),)

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
    is_plain: Mapped[bool]
    taken_at: Mapped[datetime | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    device: Mapped[str] = mapped_column(String(80), default="")
    software: Mapped[str] = mapped_column(String(80), default="")


class Likeness(Base):
    """A hint to whoever verifies `evidence`: `other` came before and is the same file or looks like it.

    It never stands in the way of a step. Dismissing it asks a remark, and both stay on record.
    """

    __tablename__ = "likenesses"
    __table_args__ = (
        one_of("kind", (EXACT, ALIKE)),
        UniqueConstraint("evidence_id", "other_id"),
        CheckConstraint("evidence_id <> other_id", name="two"),
        CheckConstraint("(dismissed_at IS NULL) = (dismissed_by_id IS NULL)", name="dismissed"),
        CheckConstraint("dismissed_at IS NULL OR remark <> ''", name="remark"),
        Index("ix_likenesses_other", "other_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"))
    kind: Mapped[str] = mapped_column(String(8))
    distance: Mapped[int] = mapped_column(default=0)
    found_at: Mapped[datetime]
    dismissed_at: Mapped[datetime | None]
    dismissed_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    remark: Mapped[str] = mapped_column(String(500), default="")

    evidence: Mapped[Evidence] = relationship(foreign_keys=[evidence_id])
    other: Mapped[Evidence] = relationship(foreign_keys=[other_id])
    dismissed_by: Mapped[Person | None] = relationship()
