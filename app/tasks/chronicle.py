"""Entries of the machine for many tasks at once: the same chain and the same inbox as `record`, without the ORM."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from app.db import db
from app.pouring import among, pour
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
    hashes = Hashes()
    rows = [_row(note, now, hashes) for note in notes]
    pour(Entry, rows)
    ids = _numbers([note.task_id for note in notes], now)
    told = [{"entry_id": ids[n.task_id], "person_id": person} for n in notes for person in sorted(set(n.told))]
    pour(Listener, told)
    head = select(Entry.hash).where(Entry.task_id == Task.id, Entry.seq == Task.entry_seq + 1).scalar_subquery()
    moved = update(Task).where(Task.id.in_(among(ids))).values(entry_seq=Task.entry_seq + 1, entry_head=head)
    db.session.connection().execute(moved)
    return ids


def _numbers(tasks: list[int], now: datetime) -> dict[int, int]:
    """The ids of what was just written; asked for afterwards, for that is far cheaper than row by row."""
    found = select(Entry.task_id, func.max(Entry.id)).where(Entry.task_id.in_(among(tasks)), Entry.at == now)
    return {row[0]: row[1] for row in db.session.connection().execute(found.group_by(Entry.task_id)).all()}


def _row(note: Note, now: datetime, hashes: Hashes) -> dict[str, Any]:
    row = {
        **BLANK, **note.by, "task_id": note.task_id, "seq": note.seq + 1, "at": now, "step": note.step,
        "from_state": note.state, "to_state": note.state, "level": note.level, "facts": note.facts,
        "previous": note.head,
    }  # fmt: skip
    row["hash"] = hashes.of(row)
    return row


class Hashes:
    """The hashes of rows of which many say the same of different tasks: what is alike is spelled once."""

    def __init__(self) -> None:
        self.alike: dict[tuple[Any, ...], tuple[str, str, str]] = {}

    def of(self, row: dict[str, Any]) -> str:
        """The same as `entries.hash_of` over what the row seals; its facts must live as long as this."""
        key = id(row["facts"]), row["actor_id"], row["step"], row["to_state"], row["level"]
        before, between, after = self.alike.get(key) or self._spell(key, row)
        said = f'{before}"{row["previous"]}","seq":{row["seq"]}{between}{row["task_id"]}{after}'
        return hashlib.sha256(said.encode()).hexdigest()

    def _spell(self, key: tuple[Any, ...], row: dict[str, Any]) -> tuple[str, str, str]:
        """Keys stand in order, so what differs comes behind all that anybody wrote: facts, names, posts."""
        whole = canonical({name: row[name] for name in SEALED} | {"previous": "", "seq": 0, "task_id": 0})
        before, _sought, rest = whole.rpartition('"","seq":0')
        between, _sought, after = rest.rpartition('0,"text_hash"')
        self.alike[key] = before, between, f',"text_hash"{after}'
        return self.alike[key]
