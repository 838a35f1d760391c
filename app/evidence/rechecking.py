"""A changed rule is asked anew of everything: one piece a transaction, the photo decoded outside of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from flask import current_app

from app.clock import zone
from app.db import unit_of_work
from app.evidence import actions_alike as alike
from app.evidence import looks, pictures, queries, queries_alike
from app.evidence.faults import Fault, Missing
from app.evidence.looks import Look
from app.evidence.models import CLEAR, Evidence
from app.evidence.ours import storage
from app.evidence.storage import Storage
from app.evidence.traces import Likeness


class Far(NamedTuple):
    """How many of all pieces were compared, and how many hints are new."""

    looked: int
    hints: int
    pieces: int


def everything(now: datetime, *, anew: bool) -> Iterator[Far]:
    """Compare every piece with every other; says after each how far it is. Begun again it does no harm."""
    with unit_of_work():
        ids = queries_alike.every_id()
    hints = 0
    yield Far(0, 0, len(ids))
    for looked, evidence_id in enumerate(ids, start=1):
        hints += _one(evidence_id, now, anew)
        yield Far(looked, hints, len(ids))


def _one(evidence_id: int, now: datetime, anew: bool) -> int:
    with unit_of_work():
        piece = queries.one(evidence_id)
        sha256, name, wanted = piece.sha256, piece.name, _wanted(piece, anew)
    look = _look(sha256, name) if wanted else None
    with unit_of_work():
        piece = queries.one(evidence_id)
        if piece.is_due:
            return 0  # it is looked at in its turn
        if look is not None:
            piece.sight = CLEAR
        known = queries_alike.pointed_at(piece)
        alike.forget_stale(piece)
        found = _compared(piece, look, now)
        return sum((hint.evidence_id, hint.other_id) not in known for hint in found)


def _wanted(piece: Evidence, anew: bool) -> bool:
    """Whether its picture is looked at: not of what was taken over, which goes by the prints of the first."""
    return not piece.is_due and piece.is_picture and piece.first_id == piece.id and (anew or piece.facts is None)


def _compared(piece: Evidence, look: Look | None, now: datetime) -> list[Likeness]:
    if look is not None:
        return alike.remember(piece, look, now=now)
    return alike.compare(piece, queries_alike.looked_at(piece.first_id), now=now)


def _look(sha256: str, name: str) -> Look | None:
    """What the original looks like; one that is gone or unreadable is passed over and logged."""
    try:
        with storage().as_file(Storage.original_key(sha256)) as original:
            return looks.of(pictures.check(original, name), zone())
    except (Missing, Fault) as why:
        current_app.logger.warning("original %s could not be looked at: %s", sha256, why)
        return None
