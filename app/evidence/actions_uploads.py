"""Announcing a file, attaching it once it has arrived, and giving it up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from app.db import table_of
from app.entering import enter
from app.evidence import queries
from app.evidence.actions import Came, Stored, add, check_may_add, is_taken, kinds_taken
from app.evidence.actions_covering import cover
from app.evidence.models import Evidence, Upload
from app.people.models import Person
from app.pouring import Ready
from app.tasks.models import Task
from app.tasks.refusals import NotYet, NotYours, OutOfTurn
from workflows.grammar import say

__all__ = ["announce", "attach", "attached", "check_may_add", "drop", "is_still_wanted", "is_taken"]
MOST_AT_ONCE = 200
UPLOADS = table_of(Upload)
BECAME = Ready(sa.update(UPLOADS).where(UPLOADS.c.id == sa.bindparam("of")).values(evidence_id=sa.bindparam("piece")))
REPEATS = Ready(
    sa.update(UPLOADS)
    .where(UPLOADS.c.id == sa.bindparam("of"))
    .values(repeats_id=sa.bindparam("piece"), dropped_at=sa.bindparam("at", type_=UPLOADS.c.dropped_at.type))
)


def announce(task: Task, actor: Person, client_id: str, *, now: datetime, **said: Any) -> Upload:
    """The upload of that name by `actor`; said again it is the same one, with what is covered as it is said now."""
    check_may_add(task, actor, said["kind"])
    known = queries.upload_called(actor, client_id)
    if known is None:
        return _new(task, actor, client_id, now, said)
    if not known.is_said_again_by({**said, "task_id": task.id}):
        raise OutOfTurn(say("Another file was announced under this name. Choose the file again."))
    if known.became_id is None:
        known.dropped_at, known.boxes = None, said.get("boxes") or None
    return known


def _new(task: Task, actor: Person, client_id: str, now: datetime, said: dict[str, Any]) -> Upload:
    if queries.count_awaited(actor) >= MOST_AT_ONCE:
        raise NotYet(say("%(n)d files are still on their way from you. Wait for them, or leave some out.",
                         n=MOST_AT_ONCE))  # fmt: skip
    upload = Upload(task=task, person=actor, client_id=client_id, announced_at=now, **said)
    enter(upload)
    return upload


def attach(upload: Upload, actor: Person, stored: Stored, *, now: datetime) -> Evidence:
    """Make evidence of a stored upload, once, however often its end arrives."""
    if not queries.hold_upload(upload) and not upload.repeats_id:
        raise OutOfTurn(say("This file was left out meanwhile."))
    return attached(upload, actor, stored, now=now)


def attached(upload: Upload, actor: Person, stored: Stored, *, now: datetime) -> Evidence:
    """The same for one that this transaction has made or holds."""
    if there := upload.evidence or upload.repeats:
        return there
    how = Came(upload.proof, upload.source, upload.reduced, upload.boxes)
    piece = add(upload.task, actor, upload.kind, stored, now=now, caption=upload.caption, how=how)
    if piece.uploaded_at < now:
        return _repeated(upload, piece, actor, now)
    BECAME.send({"of": upload.id, "piece": piece.id})
    set_committed_value(upload, "evidence_id", piece.id)
    set_committed_value(upload, "evidence", piece)
    return piece


def _repeated(upload: Upload, piece: Evidence, actor: Person, now: datetime) -> Evidence:
    """It stood there already, perhaps with less of it covered."""
    if any(box not in (piece.boxes or []) for box in upload.boxes or []):
        cover(piece, actor, upload.boxes, now=now)
    REPEATS.send({"of": upload.id, "piece": piece.id, "at": now})
    set_committed_value(upload, "dropped_at", now)
    set_committed_value(upload, "repeats_id", piece.id)
    set_committed_value(upload, "repeats", piece)
    return piece


def is_still_wanted(upload_id: int) -> bool:
    """Whether its task still takes what was announced, so that it was only somebody else who was faster."""
    upload = queries.upload_locked(upload_id)
    return upload is not None and not upload.dropped_at and is_taken(upload.task, upload.kind)


def drop(upload: Upload, actor: Person, *, now: datetime) -> None:
    """Give up waiting for it: whoever sends it may, and whoever may add such evidence."""
    if upload.person_id != actor.id and upload.kind not in kinds_taken(upload.task, actor):
        raise NotYours(say("Somebody else sends this file."))
    if upload.became_id:
        raise OutOfTurn(say("This file has arrived already."))
    upload.dropped_at = upload.dropped_at or now
