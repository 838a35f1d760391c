"""Writing down what was seen of a piece: its prints and hints, or that it cannot be opened."""

from __future__ import annotations

from datetime import datetime

from app.evidence import actions_alike as alike
from app.evidence import queries, queries_looking
from app.evidence.looks import Look
from app.evidence.models import BROKEN, CLEAR, DUE, Evidence
from app.tasks.chronicle import Note, append


def looked(evidence_id: int, look: Look | None, *, now: datetime, is_whole: bool) -> None:
    """End the wait of a piece, once: another who looked at it meanwhile has said the same."""
    if not is_whole:
        queries.lock([queries.one(evidence_id).task])
    piece = queries_looking.locked(evidence_id)
    if piece.sight != DUE:
        return
    piece.sight, piece.looking_until = CLEAR if is_whole else BROKEN, None
    if piece.erased_at is not None:
        return
    alike.remember(piece, look, now=now)
    if not is_whole:
        _tell(piece, now)


def _tell(piece: Evidence, now: datetime) -> None:
    """It is said on the task, and to whoever sent it."""
    task, facts = piece.task, {"evidence": piece.id, "kind": piece.kind, "sha256": piece.sha256}
    note = Note(task.id, task.state, task.level, task.entry_seq, task.entry_head, "cannot_open", facts,
                told=[piece.uploaded_by_id])  # fmt: skip
    append([note], now)
