"""What happened: entries that nobody can change, chained by hash, and the people who are told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, where
from app.people.models import Person
from app.tasks.models import Task

SEALED = (
    "task_id", "seq", "at", "actor_id", "actor_name", "actor_post", "actor_unit", "on_behalf_id", "on_behalf_name",
    "step", "from_state", "to_state", "level", "facts", "text_hash", "previous",
)  # fmt: skip
BEFORE = "before"  # what a change replaced: facts by that name, and free text among the words
FREELY = frozenset({"text", "place", "demand", "protection", "deadline_raw"})  # typed by a person, who may name others


class Entry(Base):
    """One thing that happened to a task; the database refuses to change or delete it."""

    __tablename__ = "entries"
    __table_args__ = (UniqueConstraint("task_id", "seq"), Index("ix_entries_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    seq: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    actor_name: Mapped[str] = mapped_column(String(60))
    actor_post: Mapped[str] = mapped_column(String(60), default="")
    actor_unit: Mapped[str] = mapped_column(String(120), default="")
    on_behalf_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    on_behalf_name: Mapped[str] = mapped_column(String(120), default="")
    step: Mapped[str] = mapped_column(String(24))
    from_state: Mapped[str | None] = mapped_column(String(16))
    to_state: Mapped[str] = mapped_column(String(16))
    level: Mapped[int] = mapped_column(default=1)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    text_hash: Mapped[str] = mapped_column(String(64), default="")
    previous: Mapped[str] = mapped_column(String(64), default="")
    hash: Mapped[str] = mapped_column(String(64))

    task: Mapped[Task] = relationship(back_populates="entries")
    words: Mapped[EntryText | None] = relationship(back_populates="entry", lazy="joined")
    listeners: Mapped[list[Listener]] = relationship(back_populates="entry")

    @property
    def said(self) -> dict[str, str]:
        """The free text given, by field; empty once it was erased."""
        return {name: text for name, text in self._texts.items() if name != BEFORE}

    @property
    def before(self) -> dict[str, Any]:
        """What stood there before a change; without its words once those were erased."""
        return {**self.facts.get(BEFORE, {}), **json.loads(self._texts.get(BEFORE, "{}"))}

    @property
    def _texts(self) -> dict[str, str]:
        return self.words.said if self.words else {}

    def sealed_hash(self) -> str:
        """SHA-256 over everything this entry says and the hash of the one before."""
        return hash_of({name: getattr(self, name) for name in SEALED})


class EntryText(Base):
    """The free text of an entry, apart from it so that personal data can be erased without breaking the chain."""

    __tablename__ = "entry_texts"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    erased_at: Mapped[datetime | None]

    entry: Mapped[Entry] = relationship(back_populates="words")

    @property
    def said(self) -> dict[str, str]:
        """The text by field."""
        return dict(json.loads(self.content)) if self.content else {}


class Listener(Base):
    """A person who is told of an entry: this row is her inbox."""

    __tablename__ = "listeners"
    __table_args__ = (
        Index("ix_listeners_unread", "person_id", **where("read_at IS NULL")),
        Index("ix_listeners_person", "person_id", "entry_id"),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    read_at: Mapped[datetime | None]

    entry: Mapped[Entry] = relationship(back_populates="listeners")
    person: Mapped[Person] = relationship()


def hash_of(sealed: dict[str, Any]) -> str:
    """SHA-256 over the columns that an entry seals."""
    return hashlib.sha256(canonical(sealed).encode()).hexdigest()


def sealing(sealed: dict[str, Any]) -> Callable[[int], str]:
    """The same for lines without facts that say the same of many tasks: spelled once, sealed for each task."""
    assert not sealed["facts"]
    before, after = canonical({**sealed, "task_id": 0}).split('"task_id":0', 1)
    return lambda task_id: hashlib.sha256(f'{before}"task_id":{task_id}{after}'.encode()).hexdigest()


def canonical(content: dict[str, Any]) -> str:
    """One spelling for the same content: sorted keys, moments in UTC to the microsecond."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, default=_spelled, separators=(",", ":"))


def _spelled(value: Any) -> str:
    return value.isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)


def broken_links(entries: list[Entry]) -> list[int]:
    """Numbers of the entries, in order, whose hash or link to the one before does not hold."""
    broken, previous = [], ""
    for number, entry in enumerate(entries, start=1):
        if entry.seq != number or entry.previous != previous or entry.hash != entry.sealed_hash():
            broken.append(entry.seq)
        previous = entry.hash
    return broken
