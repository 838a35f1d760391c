"""Everything that waits for somebody: the task, its waits, its dates and who stands in which relation to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, one_of, path_type, where
from app.people.models import Person
from app.units.models import Unit
from workflows.book import TRACKS, WEIGHTS, WORKFLOWS
from workflows.grammar import Workflow
from workflows.roles import Role

if TYPE_CHECKING:
    from app.tasks.due import DueDate
    from app.tasks.entries import Entry

NO_DATE = date(9999, 12, 31)
SUBJECTS = ("inspection", "finding", "measure", "extension", "report", "order")
HANGS_AS = {"circular": "order", "talk": "order"}  # kinds that share their table with another
STATES = {state.name for workflow in WORKFLOWS.values() for state in workflow.states}


class Task(Base):
    """Anything that waits for somebody until a certain moment; what it is about hangs on it 1:1."""

    __tablename__ = "tasks"
    __table_args__ = (
        one_of("kind", WORKFLOWS), one_of("state", STATES),
        one_of("weight", dict(WEIGHTS)), one_of("track", dict(TRACKS)),
        CheckConstraint("open = (closed_at IS NULL)", name="closed"),
        CheckConstraint("level BETWEEN 1 AND levels", name="level"),
        Index("ix_tasks_open_due", "kind", "due_key", "id", **where("open", "open = 1")),
        Index("ix_tasks_unit_due", "unit_id", "kind", "due_key", "id", **where("open", "open = 1")),
        Index("ix_tasks_kind_due", "kind", "due_key", "id"), Index("ix_tasks_unit_path", "unit_path"),
        Index("ix_tasks_issued", "kind", "issued_at"), Index("ix_tasks_closed", "kind", "closed_at"),
        Index("ix_tasks_withdrawal", "withdrawal_by_id", **where("withdrawal_by_id IS NOT NULL")),
        Index("ix_tasks_alarm", "alarm_at", **where("open", "open = 1")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(400), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    unit_path: Mapped[str] = mapped_column(path_type(), default="")
    inspected_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    issuer_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"), index=True)
    category: Mapped[str] = mapped_column(String(40), default="")
    clause: Mapped[str] = mapped_column(String(60), default="")
    weight: Mapped[str] = mapped_column(String(10), default="ordinary")
    track: Mapped[str] = mapped_column(String(10), default="deadline")
    state: Mapped[str] = mapped_column(String(16))
    level: Mapped[int] = mapped_column(default=1)
    levels: Mapped[int] = mapped_column(default=1)
    resume_level: Mapped[int | None]
    due_on: Mapped[date | None]
    due_key: Mapped[date] = mapped_column(default=NO_DATE)
    open: Mapped[bool] = mapped_column(default=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    found_on: Mapped[date | None]
    created_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    returns: Mapped[int] = mapped_column(default=0)
    blocked_by: Mapped[str | None] = mapped_column(String(16))
    blocked_since: Mapped[datetime | None]
    withdrawal_by_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    alarm_at: Mapped[datetime | None]
    entry_seq: Mapped[int] = mapped_column(default=0)
    entry_head: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id])
    inspected_unit: Mapped[Unit | None] = relationship(foreign_keys=[inspected_unit_id])
    issuer_unit: Mapped[Unit] = relationship(foreign_keys=[issuer_unit_id])
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id])
    parent: Mapped[Task | None] = relationship(remote_side=[id], back_populates="children")
    children: Mapped[list[Task]] = relationship(back_populates="parent", order_by="Task.id")
    waits: Mapped[list[Wait]] = relationship(back_populates="task", order_by="Wait.id")
    parties: Mapped[list[Party]] = relationship(back_populates="task", order_by="Party.id")
    due_dates: Mapped[list[DueDate]] = relationship(back_populates="task", order_by="DueDate.id")
    entries: Mapped[list[Entry]] = relationship(back_populates="task", order_by="Entry.seq")
    # What hangs on a task is named here and modelled in its own room above.
    evidence = relationship("Evidence", back_populates="task", order_by="Evidence.id")
    awaited = relationship("Upload", viewonly=True, order_by="Upload.id", primaryjoin=(
        "and_(Task.id == Upload.task_id, Upload.evidence_id.is_(None), Upload.dropped_at.is_(None))"
    ))  # fmt: skip
    inspection, finding, measure, extension, report, order = (
        relationship(name.title(), back_populates="task", uselist=False) for name in SUBJECTS
    )

    @property
    def workflow(self) -> Workflow:
        """The law this task lives under."""
        return WORKFLOWS[self.kind]

    @property
    def subject(self) -> Any:
        """The finding, measure … that this task is about."""
        return getattr(self, HANGS_AS.get(self.kind, self.kind))

    @property
    def current_wait(self) -> Wait | None:
        """Whom it waits on now; None when it has ended."""
        return next((wait for wait in reversed(self.waits) if wait.ended_at is None), None)

    @property
    def original_due_on(self) -> date | None:
        """The first date promised."""
        return self.due_dates[0].on if self.due_dates else None

    @property
    def live_evidence(self) -> list[Any]:
        """The evidence that stands; superseded, removed, erased and unreadable pieces are kept but do not count."""
        return [e for e in self.evidence if e.is_kept and e.erased_at is None and not e.is_broken]

    @property
    def unused_scans(self) -> list[Any]:
        """The unit's signed papers on which nobody has acted yet, or that were said to cover the next act, too."""
        return [piece for piece in self.live_evidence if piece.kind == "scan" and piece.used_at is None]

    def parties_as(self, role: Role) -> list[Party]:
        """Everybody who stands in that relation now; for verifiers, at every level."""
        return [party for party in self.parties if party.role == role and party.until is None]

    def give(self, role: Role, *, now: datetime, person: Person) -> None:
        """Put `person` in that relation; who stood there before is kept with the day it ended."""
        for party in self.parties_as(role):
            party.until = now
        self.parties.append(Party(role=role, person_id=person.id, unit_id=self.unit_id, since=now, level=0))


class Wait(Base):
    """One stay in a state: in whose hands, since when, until when."""

    __tablename__ = "waits"
    __table_args__ = (
        Index("uq_waits_open", "task_id", unique=True, **where("ended_at IS NULL")),
        Index("ix_waits_person", "person_id", **where("ended_at IS NULL")),
        Index("ix_waits_unit_post", "unit_id", "post", **where("ended_at IS NULL")),
        Index("ix_waits_ended", "ended_at"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    state: Mapped[str] = mapped_column(String(16))
    level: Mapped[int] = mapped_column(default=1)
    role: Mapped[str] = mapped_column(String(16))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    post: Mapped[str | None] = mapped_column(String(16))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    started_at: Mapped[datetime]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(24))

    task: Mapped[Task] = relationship(back_populates="waits")
    unit: Mapped[Unit | None] = relationship()
    person: Mapped[Person | None] = relationship()


class Party(Base):
    """A person, or a post in a unit, that stands in a relation to a task."""

    __tablename__ = "parties"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint("person_id IS NOT NULL OR (unit_id IS NOT NULL AND post IS NOT NULL)", name="somebody"),
        Index("ix_parties_person", "person_id", "task_id"),
        Index("ix_parties_unit_post", "unit_id", "post", "role", "task_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    level: Mapped[int] = mapped_column(default=0)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    post: Mapped[str | None] = mapped_column(String(16))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    task: Mapped[Task] = relationship(back_populates="parties")
    unit: Mapped[Unit | None] = relationship()
    person: Mapped[Person | None] = relationship()

    def is_filled_by(self, actor: Person) -> bool:
        """Whether `actor`, or somebody she deputises, is this party today."""
        if self.person_id is not None:
            return self.person_id in actor.identities
        return actor.sits(self.post or "", self.unit_id)
