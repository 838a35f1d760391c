"""Remembering what a photo looks like, and pointing at those that came before and are like it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from app.db import db
from app.evidence import queries_alike as queries
from app.evidence.looks import Look
from app.evidence.models import Evidence, resting_on
from app.evidence.prints import Print, bands, signed
from app.evidence.traces import ALIKE, EXACT, Likeness, PhotoFacts, PictureHash

MOST_HINTS = 50


def remember(piece: Evidence, look: Look | None, *, now: datetime) -> list[Likeness]:
    """Keep its prints and facts, and point at what it is like; it never stands in the way."""
    if look is not None:
        for old in (PictureHash, PhotoFacts):
            db.session.execute(delete(old).where(old.evidence_id == piece.id))
        db.session.add(PhotoFacts(evidence_id=piece.id, is_plain=look.is_plain, **look.facts))
        db.session.add_all(_row(piece, seen) for seen in look.prints)
        db.session.flush()
    return compare(piece, list(look.prints) if look else [], now=now)


def _row(piece: Evidence, seen: Print) -> PictureHash:
    parts = {f"b{number}": band for number, band in enumerate(bands(seen.bits))}
    return PictureHash(evidence_id=piece.id, kind=seen.kind, part=seen.part, h=signed(seen.bits), **parts)


def compare(piece: Evidence, prints: list[Print], *, now: datetime) -> list[Likeness]:
    """Hints at every other piece that it is like: on it, and on those that still wait for a verdict.

    One after the other: of two that come at the same moment the second sees the first.
    """
    queries.one_at_a_time()
    same = queries.twins(piece)
    near = {found.evidence_id: found.distance for found in queries.alike(prints)}
    near = dict.fromkeys(same, 0) | near
    near.pop(piece.id, None)
    others = [other for other in queries.pieces(near) if _matters(piece, other)]
    others.sort(key=lambda other: (other.sha256 != piece.sha256, near[other.id], other.id))
    pairs = [pair for other in others[:MOST_HINTS] for pair in _told(piece, other)]
    known = queries.pointed_at(piece)
    new = [_hint(of, to, near[of.id if to is piece else to.id], now) for of, to in pairs if (of.id, to.id) not in known]
    db.session.add_all(new)
    db.session.flush()
    return new


def _told(piece: Evidence, other: Evidence) -> list[tuple[Evidence, Evidence]]:
    """On the later one, and on the earlier one as long as it waits for a verdict; how it was found needs none."""
    later, earlier = (piece, other) if piece.id > other.id else (other, piece)
    return [(later, earlier), *([(earlier, later)] if _waits(earlier) else [])]


def _waits(piece: Evidence) -> bool:
    """A measure that was done rests; what it serves is judged later."""
    return piece.kind != "before" and any(task.open for task in resting_on(piece.task))


def _hint(of: Evidence, to: Evidence, bits: int, now: datetime) -> Likeness:
    kind = EXACT if of.sha256 == to.sha256 else ALIKE
    distance = 0 if kind == EXACT else bits
    return Likeness(evidence=of, other=to, kind=kind, distance=distance, found_at=now)


def _matters(piece: Evidence, other: Evidence) -> bool:
    """Whether a verifier should know: not of what was taken off, is openly shared, or came twice to one place."""
    if (
        other.first_id == piece.first_id
        or other.removed_at
        or (other.superseded_by_id and other.task_id == piece.task_id)
    ):
        return False
    if piece.kind == other.kind:
        return piece.task_id != other.task_id and piece.kind != "before"
    return True


def forget_stale(piece: Evidence) -> None:
    """Hints on it that nobody looked at go, before the rule is asked anew."""
    undecided = Likeness.evidence_id == piece.id, Likeness.dismissed_at.is_(None)
    db.session.execute(delete(Likeness).where(*undecided))
