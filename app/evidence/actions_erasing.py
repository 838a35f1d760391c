"""Erasing personal content by two: proposed with a reason, confirmed by another; file, copies, prints and names go."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, update

from app.db import db
from app.evidence import queries, queries_sealed, queries_sharing
from app.evidence.actions_covering import around, standing_on
from app.evidence.models import Evidence, Upload, resting_on
from app.evidence.sealed import Erasure
from app.evidence.traces import Likeness, PhotoFacts, PictureHash
from app.people.models import Person
from app.tasks.entries import Entry
from app.tasks.erasing import ERASED, erase_words, words_of
from app.tasks.models import Task
from app.tasks.record import record, tell_beside
from app.tasks.refusals import NotYet, NotYours, OutOfTurn
from app.tasks.standing import Standing
from workflows.grammar import say
from workflows.roles import HEAD, INSPECTOR, LEADER, REVIEWER, VERIFIER, Role

PROPOSING = (INSPECTOR, LEADER, REVIEWER, VERIFIER, HEAD)
CONFIRMING = (INSPECTOR, LEADER)
LONGEST = 500
WORDLESS = ("propose_erasure", "keep_content", "erase")  # these say why something was erased, and stay


def may_propose(task: Task, actor: Person) -> bool:
    """Whether she may ask for something of that task to be erased: the issuing side, its judges, the unit's head."""
    return standing_on(task, actor, PROPOSING) is not None


def may_confirm(erasure: Erasure, actor: Person) -> bool:
    """Whether she may confirm it: the issuing side, and never whoever proposed it or stands in for her."""
    return erasure.proposed_by_id not in actor.identities and standing_on(erasure.task, actor, CONFIRMING) is not None


def may_keep(erasure: Erasure, actor: Person) -> bool:
    """Whether she may refuse it, or take back what she proposed."""
    return standing_on(erasure.task, actor, _keeping(erasure, actor)) is not None


def _keeping(erasure: Erasure, actor: Person) -> tuple[Role, ...]:
    return PROPOSING if erasure.proposed_by_id == actor.id else CONFIRMING


def propose(subject: Evidence | Entry, actor: Person, reason: str, *, now: datetime) -> Erasure:
    """Ask for the content of a piece, or the words of an entry, to be erased; the issuing side is told."""
    stands = standing_on(subject.task, actor, PROPOSING)
    if stands is None:
        raise NotYours(say("The issuing side, whoever verifies and the head of the unit propose an erasure."))
    if not reason.strip():
        raise NotYet(say("Say why it is to be erased."))
    of_piece = isinstance(subject, Evidence)
    _check_there(subject)
    erasure = Erasure(reason=reason.strip()[:LONGEST], proposed_by=actor, proposed_at=now,
                      **{"evidence" if of_piece else "entry": subject})  # fmt: skip
    db.session.add(erasure)
    db.session.flush()
    _note(subject.task, "propose_erasure", actor, stands, erasure, now)
    return erasure


def _check_there(subject: Evidence | Entry) -> None:
    if isinstance(subject, Evidence):
        gone, asked = subject.erased_at is not None, queries_sealed.open_of(subject)
    else:
        gone, asked = not words_of(subject) or subject.step in WORDLESS, queries_sealed.open_of_entry(subject)
    if gone:
        raise OutOfTurn(say("There is nothing here that could be erased."))
    if asked:
        raise OutOfTurn(say("Its erasure was proposed already."))


def _note(task: Task, step: str, actor: Person, stands: Standing, erasure: Erasure, now: datetime,
          **facts: object) -> None:  # fmt: skip
    about = {"evidence": erasure.evidence_id} if erasure.evidence_id else {"entry": erasure.entry and erasure.entry.seq}
    said = {"reason": erasure.reason} if step == "propose_erasure" else {}
    entry_id = record(task, step, actor, stands, now, from_state=task.state, said=said, tells=CONFIRMING,
                      facts={"erasure": erasure.id, **about, **facts})  # fmt: skip
    beside = [one.id for one in around(task) if one is not task]
    if beside:
        tell_beside(entry_id, beside, CONFIRMING, actor)


def keep(erasure: Erasure, actor: Person, *, now: datetime) -> None:
    """Do not erase it: decided by the issuing side, or taken back by whoever proposed it."""
    stands = standing_on(erasure.task, actor, _keeping(erasure, actor))
    if stands is None:
        raise NotYours(say("The issuing side decides this."))
    _decide(erasure, "kept", actor, now)
    _note(erasure.task, "keep_content", actor, stands, erasure, now)


def confirm(erasure: Erasure, actor: Person, *, now: datetime) -> None:
    """Erase it: the second person, who is not the first."""
    stands = standing_on(erasure.task, actor, CONFIRMING)
    if stands is None or not may_confirm(erasure, actor):
        raise NotYours(say("Erasing takes two persons: somebody else of the issuing side confirms it."))
    _decide(erasure, "erased", actor, now)
    if erasure.entry:
        gone = erase_words([erasure.entry], now)
        _note(erasure.task, "erase", actor, stands, erasure, now, **{ERASED: gone})
        return
    assert erasure.evidence
    queries_sharing.hold(erasure.evidence)
    for piece in queries_sharing.family(erasure.evidence):
        if piece.erased_at is None:
            gone = erase_words(_entries_of(piece), now)
            _forget(piece, now)
            facts = {"evidence": piece.id, "sha256": piece.sha256, ERASED: gone}
            _note(piece.task, "erase", actor, stands, erasure, now, **facts)


def _decide(erasure: Erasure, outcome: str, actor: Person, now: datetime) -> None:
    queries.lock(resting_on(erasure.task))
    db.session.refresh(erasure)
    if erasure.outcome != "open":
        raise OutOfTurn(say("This was decided already."))
    erasure.outcome, erasure.decided_by, erasure.decided_at = outcome, actor, now
    db.session.flush()


def _entries_of(piece: Evidence) -> list[Entry]:
    """What was said of it, its name among that; why it is erased stays."""
    return [e for e in piece.task.entries if e.facts.get("evidence") == piece.id and e.step not in WORDLESS]


def _forget(piece: Evidence, now: datetime) -> None:
    """Its names, prints and facts go; that a hint was dismissed stays, without the remark's words."""
    piece.erased_at, piece.name, piece.caption, piece.boxes = now, "", "", None
    came = or_(Upload.evidence_id == piece.id, Upload.repeats_id == piece.id)
    db.session.execute(update(Upload).where(came).values(name="", caption="", boxes=None))
    coming = Upload.task_id == piece.task_id, Upload.sha256 == piece.sha256, Upload.evidence_id.is_(None)
    db.session.execute(
        update(Upload)
        .where(*coming, Upload.dropped_at.is_(None))
        .values(dropped_at=now, name="", caption="", boxes=None)
    )
    for model in (PictureHash, PhotoFacts):
        db.session.execute(delete(model).where(model.evidence_id == piece.id))
    both = or_(Likeness.evidence_id == piece.id, Likeness.other_id == piece.id)
    db.session.execute(delete(Likeness).where(both, Likeness.dismissed_at.is_(None)))
    db.session.expire(piece, ["facts"])
