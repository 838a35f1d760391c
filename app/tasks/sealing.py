"""The sealer: numbers what was committed since the last minute and signs the head."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, func, insert, select
from sqlalchemy.exc import IntegrityError

from app.db import db, unit_of_work
from app.signing import keys_for, sign
from app.tasks.entries import Entry
from app.tasks.seals import Seal, SealHead, digest_of, message

USE = "seals"
BATCH = 5_000  # a minute's most, so that nobody waits for the sealer; a backlog is worked off minute by minute
SLACK = 10_000  # an entry is committed later than one with a higher id at most so many ids later


def seal(now: datetime) -> int:
    """Number up to a batch of entries; returns how many. When two sealers meet, one of them does nothing."""
    try:
        with unit_of_work():
            return _seal(now)
    except IntegrityError:
        return 0


def _seal(now: datetime) -> int:
    number, digest = _head()
    rows = []
    for entry_id, entry_hash in _unsealed():
        number += 1
        digest = digest_of(digest, number, entry_id, entry_hash)
        rows.append({"number": number, "entry_id": entry_id, "digest": digest})
    if rows:
        db.session.execute(insert(Seal), rows)
        signature = sign(keys_for(USE)[0], message(number, now, digest))
        db.session.add(SealHead(number=number, at=now, digest=digest, signature=signature))
    return len(rows)


def _head() -> tuple[int, str]:
    last = db.session.execute(select(Seal.number, Seal.digest).order_by(Seal.number.desc()).limit(1)).first()
    return (last.number, last.digest) if last else (0, "")


def _unsealed() -> list[tuple[int, str]]:
    """What was committed and has no number, oldest first; ids are given before they are committed."""
    highest = db.session.scalar(select(func.max(Seal.entry_id))) or 0
    numbered = exists().where(Seal.entry_id == Entry.id)
    found = select(Entry.id, Entry.hash).where(Entry.id > highest - SLACK, ~numbered).order_by(Entry.id).limit(BATCH)
    return [(row.id, row.hash) for row in db.session.execute(found)]
