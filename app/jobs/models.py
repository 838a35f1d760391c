"""A piece of long work: who asked for it, how far it is, and the file or the record that came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of, where
from app.evidence.models import holds_files
from app.people.models import Person

PHASES = ("queued", "running", "done", "failed", "cancelled")
OPEN = ("queued", "running")


@holds_files
class Job(Base):
    """Long work for one person; whoever holds the lease works at it, and it ends once."""

    __tablename__ = "jobs"
    __table_args__ = (
        one_of("phase", PHASES),
        CheckConstraint("(phase = 'running') = (locked_until IS NOT NULL)", name="lease"),
        CheckConstraint("(phase IN ('queued', 'running')) = (ended_at IS NULL)", name="ended"),
        CheckConstraint("sha256 IS NULL OR phase = 'done'", name="file"),
        Index("ix_jobs_waiting", "id", **where("ended_at IS NULL")),
        Index("ix_jobs_person", "person_id", "id"),
        Index("ix_jobs_kept", "expires_at", **where("sha256 IS NOT NULL")),
        Index("ix_jobs_sha256", "sha256"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    seats: Mapped[list[str]] = mapped_column(JSON, default=list)
    locale: Mapped[str] = mapped_column(String(16), default="")
    phase: Mapped[str] = mapped_column(String(10), default="queued")
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    cancel_asked_at: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]
    worker: Mapped[str] = mapped_column(String(80), default="")
    tries: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    seconds_left: Mapped[int | None]  # as guessed at the last beat
    said: Mapped[str] = mapped_column(String(1000), default="")
    name: Mapped[str] = mapped_column(String(255), default="")
    media_type: Mapped[str] = mapped_column(String(100), default="")
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None] = mapped_column(BigInteger)
    expires_at: Mapped[datetime | None]
    came: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    person: Mapped[Person] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether it still waits or is being done."""
        return self.phase in OPEN

    @property
    def percent(self) -> int | None:
        """How much is done; None while nobody can say."""
        return min(100 * self.done // self.total, 100) if self.total else None

    def is_within(self, person: Person) -> bool:
        """Whether she still sits wherever she sat when this was made: what she lost, the file must not show her."""
        return self.person_id == person.id and set(self.seats) <= set(seats_of(person))


def seats_of(person: Person) -> list[str]:
    """What lets her see what she sees, as a job remembers it."""
    seats = {f"{seat.kind}:{seat.unit_id}:{seat.for_id or ''}" for seat in person.seats}
    return sorted(seats | ({"admin"} if person.is_admin else set()))
