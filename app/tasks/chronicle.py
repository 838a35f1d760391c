"""Entries of the machine for many tasks at once: the same chain and the same inbox as `record`, without the ORM."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update

from app.db import db
from app.tasks.entries import SEALED, Entry, Listener, canonical
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
    connection = db.session.connection()
    made = connection.execute(insert(Entry).returning(Entry.id, Entry.task_id), rows)
    ids = {task_id: entry_id for entry_id, task_id in made}
    told = [{"entry_id": ids[n.task_id], "person_id": person} for n in notes for person in sorted(set(n.told))]
    if told:
        connection.execute(insert(Listener), told)
    heads = [{"task": row["task_id"], "seq": row["seq"], "head": row["hash"]} for row in rows]
    moved = update(Task).where(Task.id == bindparam("task"))
    connection.execute(moved.values(entry_seq=bindparam("seq"), entry_head=bindparam("head")), heads)
    return ids


def _row(note: Note, now: datetime) -> dict[str, Any]:
    row = {
        **BLANK, **note.by, "task_id": note.task_id, "seq": note.seq + 1, "at": now, "step": note.step,
        "from_state": note.state, "to_state": note.state, "level": note.level, "facts": note.facts,
        "previous": note.head,
    }  # fmt: skip
    sealed = canonical({name: row[name] for name in SEALED})
    row["hash"] = hashlib.sha256(sealed.encode()).hexdigest()
    return row
