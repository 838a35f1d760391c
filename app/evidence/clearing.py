"""What was erased leaves the disk: the file, every copy for the eye, and what lies here of it in parts."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import update

from app.db import db, unit_of_work
from app.evidence import parts, queries, queries_sealed
from app.evidence.alone import let_go
from app.evidence.faults import StorageAway
from app.evidence.ours import storage
from app.evidence.sealed import Erasure

AGAIN = timedelta(minutes=2)  # whoever was just drawing a copy has put it down by then


def clear(now: datetime) -> int:
    """Every minute, and right after a confirmation: let the bytes go that no row names any more; how many files went.

    Said to be done only a while after the decision, and done twice until then.
    """
    with unit_of_work():
        found = [(one.id, one.evidence.sha256, one.decided_at) for one in queries_sealed.to_clear() if one.evidence]
    went = {sha256: _gone(sha256) for _id, sha256, _at in found}
    over = [number for number, sha256, at in found if went[sha256] is not None and at and now - at > AGAIN]
    if over:
        with unit_of_work():
            db.session.execute(update(Erasure).where(Erasure.id.in_(over)).values(cleared_at=now))
    return sum(count or 0 for count in went.values())


def _gone(sha256: str) -> int | None:
    """How many files went; None when the store gave no answer, and it is tried again."""
    with unit_of_work():
        is_wanted = bool(queries.named([sha256]))  # the same file was received for something else, too
        left = queries_sealed.parts_of(sha256)
    for part in left:
        parts.forget(part)
    try:
        return 0 if is_wanted else _copies(sha256) + let_go(sha256)
    except StorageAway as why:
        current_app.logger.warning("what was erased is cleared away later: %s", why)
        return None


def _copies(sha256: str) -> int:
    copies = list(storage().list_keys(f"derived/{sha256}"))
    for key in copies:
        storage().delete(key)
    return len(copies)
