"""The signed paper of a unit without an account: each covers one act, unless somebody says that it covers the next."""

from __future__ import annotations

from datetime import datetime

from app.evidence.actions import check_may_add, noted
from app.evidence.models import Evidence
from app.people.models import Person
from app.tasks.refusals import NotYours, OutOfTurn
from workflows.grammar import say


def may_cover_more(piece: Evidence, actor: Person) -> bool:
    """Whether it is a used scan on a task whose unit she acts for."""
    return piece.kind == "scan" and piece.used_at is not None and piece.is_kept and actor.acts_for(piece.task)


def cover_more(piece: Evidence, actor: Person, *, now: datetime) -> None:
    """Say that what was signed covers the next act, too; it stays with the task that she said so."""
    if piece.kind != "scan" or not actor.acts_for(piece.task):
        raise NotYours(say("Only who acts for a unit without an account says what its signed paper covers."))
    stands = check_may_add(piece.task, actor, "scan")
    if not may_cover_more(piece, actor) or piece.erased_at:
        raise OutOfTurn(say("Nobody has acted on this scan yet, or it does not stand any more."))
    piece.used_at = None
    noted(piece.task, "cover_by_scan", actor, stands, now, piece)
