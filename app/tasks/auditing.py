"""The audit: whether every chain, every text and every seal still is what was written, and what is not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select

from app.db import db, table_of
from app.signing import is_signed, keys_for
from app.tasks.entries import SEALED, Entry, EntryText, hash_of
from app.tasks.erasing import ERASED
from app.tasks.models import Task
from app.tasks.sealing import USE
from app.tasks.seals import Seal, SealHead, digest_of, message

ENTRIES, TEXTS = table_of(Entry), table_of(EntryText)
AT_A_TIME = 1_000
Head = tuple[int, str]


def faults() -> Iterator[str]:
    """What is wrong, one sentence each; nothing when everything is as it was written."""
    heads: dict[int, Head] = {}
    for task_id, entries in groupby(_entries(), key=lambda row: row.task_id):
        yield from _chain(task_id, entries, heads)
    yield from _ends(heads)
    yield from _numbers()
    yield from _signatures()


def _entries() -> Iterator[Row[Any]]:
    rows = select(ENTRIES, TEXTS.c.content, TEXTS.c.erased_at).outerjoin(TEXTS, TEXTS.c.entry_id == ENTRIES.c.id)
    return iter(_streamed(rows.order_by(ENTRIES.c.task_id, ENTRIES.c.seq)))


def _streamed(statement: Any) -> Any:
    return db.session.connection().execute(statement, execution_options={"yield_per": AT_A_TIME})


def _chain(task_id: int, entries: Iterable[Row[Any]], heads: dict[int, Head]) -> Iterator[str]:
    number, before = 0, ""
    gone, said = set[int](), set[int]()
    for row in entries:
        number += 1
        gone |= {row.seq} if row.erased_at is not None else set()
        said |= set(row.facts.get(ERASED, ())) if row.step == "erase" else set()
        if row.seq != number:
            yield f"task {task_id}: entry {number} is missing"
            number = row.seq
        if row.previous != before:
            yield f"task {task_id}: entry {row.seq} does not follow the one before it"
        if hash_of({name: row._mapping[name] for name in SEALED}) != row.hash:
            yield f"task {task_id}: entry {row.seq} was changed"
        if _reworded(row):
            yield f"task {task_id}: the text of entry {row.seq} was changed"
        before = row.hash
    for seq in sorted(gone - said):
        yield f"task {task_id}: the text of entry {seq} is gone, and nothing says that it was erased"
    heads[task_id] = (number, before)


def _reworded(row: Row[Any]) -> bool:
    if not row.text_hash:
        return False
    if row.erased_at is not None:
        return bool(row.content)
    return bool(hashlib.sha256((row.content or "").encode()).hexdigest() != row.text_hash)


def _ends(heads: dict[int, Head]) -> Iterator[str]:
    """Entries cut off at the end: the task remembers how many there were and what the last one said."""
    for row in _streamed(select(Task.id, Task.number, Task.entry_seq, Task.entry_head).order_by(Task.id)):
        if heads.get(row.id, (0, "")) != (row.entry_seq, row.entry_head):
            yield f"task {row.id} ({row.number}): its entries do not end where the task says"


def _numbers() -> Iterator[str]:
    number, before = 0, ""
    rows = select(Seal.number, Seal.entry_id, Seal.digest, ENTRIES.c.hash)
    for row in _streamed(rows.outerjoin(ENTRIES, ENTRIES.c.id == Seal.entry_id).order_by(Seal.number)):
        number += 1
        if row.number != number:
            yield f"seal {number} is missing"
            number = row.number
        if row.hash is None:
            yield f"seal {number}: its entry {row.entry_id} is missing"
        elif digest_of(before, number, row.entry_id, row.hash) != row.digest:
            yield f"seal {number} (entry {row.entry_id}) does not fit"
        before = row.digest


def _signatures() -> Iterator[str]:
    keys, last = keys_for(USE), 0
    rows = select(SealHead, Seal.digest.label("sealed")).outerjoin(Seal, Seal.number == SealHead.number)
    for head, sealed in db.session.execute(rows.order_by(SealHead.number)):
        last = head.number
        if head.digest != sealed or not is_signed(keys, message(head.number, head.at, head.digest), head.signature):
            yield f"seal {head.number}: its signature does not hold"
    if (db.session.scalar(select(Seal.number).order_by(Seal.number.desc()).limit(1)) or 0) != last:
        yield f"the seals after {last} are not signed"
