"""Covering what must not be seen: asked for by whoever verifies, done by either side, never undone."""

from __future__ import annotations

from datetime import datetime

from app.db import db
from app.evidence import queries_sharing
from app.evidence.actions import noted
from app.evidence.models import Evidence, resting_on
from app.people.models import Person
from app.tasks.entries import Listener
from app.tasks.models import Task
from app.tasks.refusals import NotYet, NotYours, OutOfTurn
from app.tasks.standing import Standing, described, roles_of
from workflows.grammar import say
from workflows.roles import HEAD, INSPECTOR, LEADER, OWNER, REVIEWER, VERIFIER, Role

ASKING = (INSPECTOR, REVIEWER, VERIFIER, LEADER)
COVERING = (OWNER, HEAD, *ASKING)


def may_ask(piece: Evidence, actor: Person) -> bool:
    """Whether she looks at it from the other side and it is a photo that stands."""
    return piece.is_picture and standing(piece, actor, ASKING) is not None


def may_cover(piece: Evidence, actor: Person) -> bool:
    """Whether she may paint over parts of it, and therefore still sees it while it is hidden."""
    return piece.is_picture and standing(piece, actor, COVERING) is not None


def standing(piece: Evidence, actor: Person, roles: tuple[Role, ...]) -> Standing | None:
    """As what she stands there: on its task, or on a finding that the measure serves."""
    stands = standing_on(piece.task, actor, roles)
    if stands is not None:
        return stands
    return Standing(OWNER) if OWNER in roles and piece.uploaded_by_id == actor.id else None


def standing_on(task: Task, actor: Person, roles: tuple[Role, ...]) -> Standing | None:
    """As what she stands on that task, or on a finding that it serves or hangs on."""
    for one in around(task):
        found = roles_of(actor, one)
        role = next((role for role in roles if role in found), None)
        if role is not None:
            return described(actor, one, role, found[role])
    return None


def around(task: Task) -> list[Task]:
    """The task, and the findings that it serves or hangs on."""
    above = [task.parent] if task.parent and task.parent.kind == "finding" else []
    return [*resting_on(task), *above]


def ask_to_cover(piece: Evidence, actor: Person, *, now: datetime) -> None:
    """Send a photo back: hidden from others until something on it is covered; its uploader is told."""
    stands = standing(piece, actor, ASKING)
    if stands is None or not piece.is_picture:
        raise NotYours(say("Whoever verifies asks for this."))
    if piece.cover_asked_at:
        raise OutOfTurn(say("It was already sent back to be covered."))
    for one in queries_sharing.family(piece):
        one.cover_asked_at = now
    entry_id = noted(piece.task, "ask_to_cover", actor, stands, now, piece)
    if piece.uploaded_by_id != actor.id:
        db.session.add(Listener(entry_id=entry_id, person_id=piece.uploaded_by_id))


def cover(piece: Evidence, actor: Person, boxes: list[list[float]] | None, *, now: datetime) -> None:
    """Paint over those places in every copy; what was covered before stays covered."""
    stands = standing(piece, actor, COVERING)
    if stands is None or not piece.is_picture:
        raise NotYours(say("Whoever puts it right or verifies it covers it."))
    added = [box for box in boxes or [] if box not in (piece.boxes or [])]
    if not added:
        raise NotYet(say("Draw at least one more place over the photo."))
    whole = [*(piece.boxes or []), *added]
    for one in queries_sharing.family(piece):
        one.boxes, one.cover_asked_at = whole, None
        noted(one.task, "cover_evidence", actor, stands, now, one)
