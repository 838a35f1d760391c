"""Entries of the machine for many tasks at once: the same chain and the same inbox as `record`, without the ORM."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from app.db import db
from app.pouring import pour
from app.tasks.entries import SEALED, Entry, Listener, hash_of
from app.tasks.models import Task
from app.tasks.standing import CLOCK

BLANK: dict[str, Any] = {
    "actor_id": None, "actor_name": CLOCK.name, "actor_post": "", "actor_unit": "", "on_behalf_id": None,
    "on_behalf_name": "", "text_hash": "",
}  # fmt: skip


@dataclass
class Note:
    """What the machine says of one task; the task's row must be locked by this transaction."""

    task_id: int
    state: str
    level: int
    seq: int
    head: str
    step: str
    facts: dict[str, Any]
    told: Iterable[int] = ()
    by: dict[str, Any] = field(default_factory=dict)


def append(notes: list[Note], now: datetime) -> dict[int, int]:
    """Write an entry for each note and tell its listeners; returns the entry's id by task. One note a task.

    The version stays: nothing that a person looks at on a form was changed. UNIQUE(task, seq) keeps two
    writers apart.
    """
    if not notes:
        return {}
    rows = [_row(note, now) for note in notes]
    pour(Entry, rows)
    ids = _numbers([note.task_id for note in notes], now)
    told = [{"entry_id": ids[n.task_id], "person_id": person} for n in notes for person in sorted(set(n.told))]
    pour(Listener, told)
    head = select(Entry.hash).where(Entry.task_id == Task.id, Entry.seq == Task.entry_seq + 1).scalar_subquery()
    moved = update(Task).where(Task.id.in_(list(ids))).values(entry_seq=Task.entry_seq + 1, entry_head=head)
    db.session.connection().execute(moved)
    return ids


def _numbers(tasks: list[int], now: datetime) -> dict[int, int]:
    """The ids of what was just written; asked for afterwards, for that is far cheaper than row by row."""
    found = select(Entry.task_id, func.max(Entry.id)).where(Entry.task_id.in_(tasks), Entry.at == now)
    return {row[0]: row[1] for row in db.session.connection().execute(found.group_by(Entry.task_id))}


def _row(note: Note, now: datetime) -> dict[str, Any]:
    row = {
        **BLANK, **note.by, "task_id": note.task_id, "seq": note.seq + 1, "at": now, "step": note.step,
        "from_state": note.state, "to_state": note.state, "level": note.level, "facts": note.facts,
        "previous": note.head,
    }  # fmt: skip
    row["hash"] = hash_of({name: row[name] for name in SEALED})
    return row
