"""Letting one file serve a further task of its unit, openly: a row of its own that names the first."""

from __future__ import annotations

from datetime import datetime

from app.db import db
from app.evidence import actions, queries, queries_alike, queries_sharing
from app.evidence import actions_alike as alike
from app.evidence.models import Evidence, resting_on
from app.evidence.traces import PhotoFacts
from app.people.models import Person
from app.tasks.models import Task
from app.tasks.refusals import NotYet, OutOfTurn
from workflows.grammar import say

TAKEN_OVER = (
    "name", "sha256", "size", "media_type", "width", "height", "caption", "proof", "source", "reduced", "boxes",
    "cover_asked_at", "shows_minors",
)  # fmt: skip
FACTS = ("is_plain", "taken_at", "latitude", "longitude", "device", "software")


def share(piece: Evidence, task: Task, actor: Person, *, now: datetime) -> Evidence:
    """Use the file of `piece` on `task`, too; nothing is sent or stored again."""
    queries.lock(resting_on(task))
    kind = piece.kind if actions.is_taken(task, piece.kind) else "after"
    stands = actions.check_may_add(task, actor, kind)
    queries_sharing.hold(piece)
    _check(piece, task)
    piece.shared_from_id = piece.first_id
    taken = {name: getattr(piece, name) for name in TAKEN_OVER}
    shared = Evidence(task=task, kind=kind, uploaded_by=actor, uploaded_at=now, shared_from_id=piece.first_id, **taken)
    db.session.add(shared)
    db.session.flush()
    _remember(piece, shared, now)
    actions.noted(task, "share_evidence", actor, stands, now, shared, shared_from=piece.first_id)
    return shared


def _check(piece: Evidence, task: Task) -> None:
    if piece.task.unit_id != task.unit_id or piece.kind == "before":
        raise NotYet(say("Only evidence of the same unit can serve this task, too."))
    if piece.removed_at or piece.superseded_by_id or piece.erased_at:
        raise OutOfTurn(say("It was taken off or replaced meanwhile; choose another one."))
    if piece.is_due or piece.is_broken:
        raise NotYet(say("It is still being looked at; try again in a moment.") if piece.is_due
                     else say("This picture cannot be opened; choose another one."))  # fmt: skip
    if queries_sharing.is_on(task, piece):
        raise OutOfTurn(say("This file stands on the task already."))


def _remember(piece: Evidence, shared: Evidence, now: datetime) -> None:
    """What its file says goes along; it is compared with others by the prints of the first."""
    if piece.facts is not None:
        facts = {name: getattr(piece.facts, name) for name in FACTS}
        db.session.add(PhotoFacts(evidence_id=shared.id, **facts))
    alike.compare(shared, queries_alike.looked_at(piece.first_id), now=now)
