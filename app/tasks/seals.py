"""Seals: every entry of the house numbered in one row, each number resting on the one before, the head signed."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Seal(Base):
    """The number of one entry; `digest` rests on the entry's hash and on the seal before."""

    __tablename__ = "seals"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), unique=True)
    digest: Mapped[str] = mapped_column(String(64))


class SealHead(Base):
    """The last number of one minute, signed with a key that lies outside the database."""

    __tablename__ = "seal_heads"

    number: Mapped[int] = mapped_column(ForeignKey("seals.number"), primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(64))


def digest_of(before: str, number: int, entry_id: int, entry_hash: str) -> str:
    """What the seal with that number says."""
    return hashlib.sha256(f"{before}\n{number}\n{entry_id}\n{entry_hash}".encode()).hexdigest()


def message(number: int, at: datetime, digest: str) -> str:
    """What a head's signature signs."""
    return f"{number}\n{at.isoformat(timespec='microseconds')}\n{digest}"
