"""Evidence is looked at soon after it was received: what it shows, and what it is like; once, whoever comes first.

The worker does it within seconds; where none runs, whoever needs it first. A lease keeps two from doing the same,
and gives what a killed process left behind to the next one. No transaction is open while a picture is decoded.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from flask import current_app

from app.clock import now, zone
from app.db import release, unit_of_work
from app.evidence import actions_looking as actions
from app.evidence import deriving, looks, pictures, queries_looking
from app.evidence.deriving import Copied
from app.evidence.faults import Missing, Refused, StorageAway, StorageFull, Unreadable
from app.evidence.looks import Look
from app.evidence.ours import storage
from app.evidence.storage import Storage

LEASE = timedelta(seconds=60)
TRIES = 3


@dataclass(frozen=True)
class Due:
    """What must be known of a piece while no transaction is open."""

    number: int
    name: str
    is_picture: bool
    looks: int
    copied: Copied


class Fate(Enum):
    """What came of looking at a file."""

    SEEN, BROKEN, LATER = range(3)


def next_one() -> bool:
    """Look at the piece that has waited longest, and draw its copies; whether there was one."""
    if not queries_looking.is_anything_due(now()):
        release()
        return False
    due = _claimed()
    if due is not None and _look_at(due) is Fate.SEEN and due.is_picture:
        _draw(due.copied)
    return due is not None


def at(evidence_id: int) -> None:
    """Look at that piece if it is still due and nobody else is at it."""
    if due := _claimed(evidence_id):
        _look_at(due)


def catch_up(task_ids: Callable[[], Iterable[int]], seconds: float = 10.0) -> bool:
    """Look at whatever is still due on these tasks, as far as that goes in `seconds`; the transaction has ended then.

    Returns whether there was any; they are only asked for when anything is due at all.
    """
    waiting = queries_looking.due_on(task_ids()) if queries_looking.is_anything_due(now()) else []
    until = time.monotonic() + seconds
    if waiting:
        release()
    for evidence_id in waiting:
        if time.monotonic() < until:
            at(evidence_id)
    return bool(waiting)


def _claimed(evidence_id: int | None = None) -> Due | None:
    with unit_of_work():
        piece = queries_looking.free(now(), evidence_id)
        if piece is None:
            return None
        piece.looking_until, piece.looks = now() + LEASE, piece.looks + 1
        return Due(piece.id, piece.name, piece.is_picture, piece.looks, Copied.of(piece))


def _look_at(due: Due) -> Fate:
    fate, look = _seen(due) if due.is_picture else (Fate.SEEN, None)
    if fate is not Fate.LATER:
        with unit_of_work():
            actions.looked(due.number, look, now=now(), is_whole=fate is Fate.SEEN)
    return fate


def _seen(due: Due) -> tuple[Fate, Look | None]:
    """Decoded small by the child; what fails for want of time or of the store is tried again when the lease is over."""
    try:
        with storage().as_file(Storage.original_key(due.copied.sha256)) as original:
            return Fate.SEEN, looks.of(pictures.check(original, due.name), zone())
    except (Refused, Missing) as why:
        current_app.logger.warning("evidence %d cannot be opened: %s", due.number, why)
        return Fate.BROKEN, None
    except pictures.Busy:
        return (Fate.LATER if due.looks < TRIES else Fate.BROKEN), None
    except (StorageAway, StorageFull) as why:
        current_app.logger.warning("evidence %d is looked at later: %s", due.number, why)
        return Fate.LATER, None


def _draw(copied: Copied) -> None:
    """The copies that pages show, so that nobody waits for them."""
    try:
        deriving.draw(copied)
    except (Missing, Unreadable, StorageAway, StorageFull) as why:
        current_app.logger.warning("copies of %s are drawn when they are asked for: %s", copied.sha256, why)
