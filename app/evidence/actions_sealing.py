"""Opening an original with a reason, labelling what shows minors, and writing down who was shown what."""

from __future__ import annotations

from datetime import datetime

from app.db import db
from app.evidence import queries_sharing
from app.evidence.actions import noted
from app.evidence.actions_covering import ASKING, COVERING, standing
from app.evidence.models import Evidence, resting_on
from app.evidence.sealed import EXPORT, VIEW, Access
from app.people.models import Person
from app.tasks.refusals import NotYet, NotYours, OutOfTurn
from app.tasks.standing import Standing, onlooker
from workflows.grammar import say

LONGEST = 200


def may_look(piece: Evidence, viewer: Person) -> bool:
    """Whether she is shown a picture of minors: the issuing side, its verifiers, and the unit's head and owner."""
    return not piece.shows_minors or standing(piece, viewer, COVERING) is not None


def reads(piece: Evidence, actor: Person) -> bool:
    """Whether a paper lies open to her: it is its own copy, and she puts right, reviews or verifies what is open.

    To everybody else who sees the task, and to all once it has ended, it is an original like a photo's.
    """
    if piece.is_picture or piece.shows_minors or not any(task.open for task in resting_on(piece.task)):
        return False
    return standing(piece, actor, COVERING) is not None


def may_open(piece: Evidence, actor: Person) -> bool:
    """Whether she may open it as it was received; what is covered on a photo is for whoever judges it only."""
    return _opening(piece, actor) is not None


def _opening(piece: Evidence, actor: Person) -> Standing | None:
    stands = standing(piece, actor, ASKING if piece.is_sealed else COVERING)
    return stands if stands or piece.is_picture or piece.shows_minors else onlooker(actor)


def open_original(piece: Evidence, actor: Person, reason: str, *, now: datetime) -> None:
    """Write down who opens a sealed original and why; raises NotYours or NotYet."""
    stands = _opening(piece, actor)
    if stands is None:
        raise NotYours(say("As it was received it is sealed: it is opened by whoever answers for it."))
    if not reason.strip():
        raise NotYet(say("Say why you need it as it was received."))
    noted(piece.task, "open_original", actor, stands, now, piece, {"reason": reason.strip()[:LONGEST]})


def may_label(piece: Evidence, actor: Person) -> bool:
    """Whether she may say that it shows minors: whoever sent it, and whoever answers for it or verifies it."""
    return standing(piece, actor, COVERING) is not None


def may_unlabel(piece: Evidence, actor: Person) -> bool:
    """Whether she may take that label off: whoever judges it."""
    return standing(piece, actor, ASKING) is not None


def label(piece: Evidence, actor: Person, *, now: datetime) -> None:
    """Say that it shows minors: from now on few see it, and each look is written down."""
    stands = standing(piece, actor, COVERING)
    if stands is None:
        raise NotYours(say("Whoever sent it or verifies it says so."))
    if piece.shows_minors:
        raise OutOfTurn(say("It is labelled already."))
    for one in queries_sharing.family(piece):
        one.shows_minors = True
        noted(one.task, "label_minors", actor, stands, now, one)


def unlabel(piece: Evidence, actor: Person, *, now: datetime) -> None:
    """Take the label off again."""
    stands = standing(piece, actor, ASKING)
    if stands is None:
        raise NotYours(say("Whoever verifies takes this label off."))
    if not piece.shows_minors:
        raise OutOfTurn(say("It carries no such label."))
    for one in queries_sharing.family(piece):
        one.shows_minors = False
        noted(one.task, "unlabel_minors", actor, stands, now, one)


def shown_to(piece_id: int, person_id: int, note: str, now: datetime) -> None:
    """Somebody was shown a picture of minors."""
    db.session.add(Access(at=now, person_id=person_id, what=VIEW, evidence_id=piece_id, note=note))


def carried_out(person_id: int, note: str, count: int, now: datetime) -> None:
    """Somebody exported evidence or the ledger: of so many findings."""
    db.session.add(Access(at=now, person_id=person_id, what=EXPORT, note=note[:200], count=count))
