"""Evidence: photos and papers on a task; superseded, never overwritten."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of, where
from app.people.models import Person
from app.tasks.models import Task
from workflows.grammar import say

KINDS = ("before", "after", "paper", "scan")
DUE, CLEAR, BROKEN = "due", "clear", "broken"  # still to be looked at · was looked at · cannot be opened
SOURCES = ("", "camera", "album")
PROOFS = {
    "photo": say("Photo"), "minutes": say("Minutes"), "invoice": say("Invoice or voucher"), "rule": say("Rule"),
    "sign_in": say("Sign-in sheet"),
}  # fmt: skip
HOLDERS: list[Any] = []


def holds_files(model: Any) -> Any:
    """Rows of that model name stored files by `sha256` and `size`: the sweep spares them, `verify` re-hashes them."""
    HOLDERS.append(model)
    return model


class Files(NamedTuple):
    """The files that rows name; those rows have one for which all of `named` is so."""

    sha256: Any
    size: Any
    named: tuple[Any, ...] = ()


@holds_files
class Evidence(Base):
    """One file as it was received; `sha256` names the untouched original in the storage."""

    __tablename__ = "evidence"
    __table_args__ = (
        one_of("kind", KINDS), one_of("source", SOURCES), one_of("proof", ("", *PROOFS)),
        one_of("sight", (DUE, CLEAR, BROKEN)),
        CheckConstraint("sight = 'due' OR looking_until IS NULL", name="looking"),
        Index("ix_evidence_sha256", "sha256"), Index("ix_evidence_due", "id", **where("sight = 'due'")),
        Index("ix_evidence_to_cover", "task_id", **where("cover_asked_at IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    width: Mapped[int | None]
    height: Mapped[int | None]
    caption: Mapped[str] = mapped_column(String(200), default="")
    proof: Mapped[str] = mapped_column(String(8), default="", server_default="")
    source: Mapped[str] = mapped_column(String(8), default="", server_default="")
    reduced: Mapped[bool] = mapped_column(default=False, server_default=false())
    boxes: Mapped[list[list[float]] | None] = mapped_column(JSON(none_as_null=True))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    uploaded_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    shared_from_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    removed_at: Mapped[datetime | None]
    cover_asked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]  # a scan: when somebody last acted on it for a unit without an account
    shows_minors: Mapped[bool] = mapped_column(default=False, server_default=false())
    sight: Mapped[str] = mapped_column(String(8), default=CLEAR, server_default=CLEAR)
    looking_until: Mapped[datetime | None]
    looks: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    task: Mapped[Task] = relationship(back_populates="evidence")
    uploaded_by: Mapped[Person] = relationship()
    facts = relationship("PhotoFacts", viewonly=True, uselist=False)

    @property
    def is_picture(self) -> bool:
        """Whether it is shown as a photo."""
        return self.media_type.startswith("image/") and self.erased_at is None

    @property
    def is_due(self) -> bool:
        """Whether nobody has looked at it yet: what it shows and proves is not known."""
        return self.sight == DUE

    @property
    def is_broken(self) -> bool:
        """Whether it turned out that it cannot be opened; it is kept, and counts for nothing."""
        return self.sight == BROKEN

    @property
    def is_kept(self) -> bool:
        """Whether it stands in its place, be it as a tombstone: what a verdict rested on is not moved."""
        return self.superseded_by_id is None and self.removed_at is None

    @property
    def first_id(self) -> int:
        """The piece that its file was first received for; one whose file serves several tasks names itself, too."""
        return self.shared_from_id or self.id

    @property
    def is_sealed(self) -> bool:
        """Whether the file as it was received shows what others must not see."""
        return bool(self.boxes) or self.cover_asked_at is not None

    @property
    def may_leave(self) -> bool:
        """Whether copies of it go into exports."""
        return self.cover_asked_at is None and not self.shows_minors and not self.is_broken

    @property
    def cover(self) -> str:
        """A short name for what is covered; empty when nothing is."""
        return hashlib.sha256(repr(self.boxes).encode()).hexdigest()[:12] if self.boxes else ""


def resting_on(task: Task) -> list[Task]:
    """The task, and the findings that its evidence proves when it is a measure's."""
    served = task.measure.findings if task.kind == "measure" else []
    return [task, *(finding.task for finding in served)]


def part_of(person_id: int, client_id: str) -> str:
    """What the part file of an upload is called, announced or not yet."""
    return hashlib.sha256(f"{person_id} {client_id}".encode()).hexdigest()[:32]


class Upload(Base):
    """A file that somebody's phone has announced and sends piece by piece; stored once, however often it is sent.

    `client_id` is the phone's own name for it. Its bytes lie in a part file until they are all there; then
    `evidence_id` says what became of it, or it is dropped because it repeats a piece. While it is neither stored
    nor dropped, its task awaits it.
    """

    __tablename__ = "uploads"
    __table_args__ = (
        one_of("kind", KINDS), one_of("source", SOURCES), one_of("proof", ("", *PROOFS)),
        CheckConstraint("length > 0", name="length"),
        CheckConstraint("evidence_id IS NULL OR dropped_at IS NULL", name="one_end"),
        UniqueConstraint("person_id", "client_id"),
        Index("ix_uploads_repeats", "repeats_id", **where("repeats_id IS NOT NULL")),
        Index("ix_uploads_awaited", "task_id", **where("evidence_id IS NULL AND dropped_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(255))
    length: Mapped[int] = mapped_column(BigInteger)
    caption: Mapped[str] = mapped_column(String(200), default="")
    proof: Mapped[str] = mapped_column(String(8), default="", server_default="")
    source: Mapped[str] = mapped_column(String(8), default="")
    reduced: Mapped[bool] = mapped_column(default=False)
    boxes: Mapped[list[list[float]] | None] = mapped_column(JSON(none_as_null=True))
    sha256: Mapped[str] = mapped_column(String(64), default="")
    announced_at: Mapped[datetime]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"), unique=True)
    repeats_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))  # it stood there already
    dropped_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    task: Mapped[Task] = relationship()
    evidence: Mapped[Evidence | None] = relationship(foreign_keys=[evidence_id])
    repeats: Mapped[Evidence | None] = relationship(foreign_keys=[repeats_id])

    @property
    def part(self) -> str:
        """What its part file is called: never what another upload's was, whatever happens to the numbers of rows."""
        return part_of(self.person_id, self.client_id)

    @property
    def became_id(self) -> int | None:
        """The piece it became, or turned out to be."""
        return self.evidence_id or self.repeats_id

    def is_said_again_by(self, said: dict[str, Any]) -> bool:
        """Whether a second announcement means this same file."""
        return all(getattr(self, name) == said[name] for name in ("task_id", "kind", "length", "sha256"))
