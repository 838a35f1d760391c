"""Dismissing a hint at a reused picture, with a remark that stays; and looking anew at everything."""

from __future__ import annotations

from datetime import datetime

from app.db import db
from app.evidence.actions import noted
from app.evidence.actions_covering import ASKING, standing
from app.evidence.models import Evidence
from app.evidence.traces import Likeness
from app.people.models import Person
from app.tasks.entries import Entry
from app.tasks.erasing import keeps_a_copy
from app.tasks.refusals import NotYet, NotYours, OutOfTurn
from workflows.grammar import say

LONGEST = 500


@keeps_a_copy("dismiss_hint")
def forget_remark(entry: Entry) -> None:
    """The remark stands on the hint as well."""
    db.session.get_one(Likeness, entry.facts["likeness"]).remark = "—"


def dismiss(likeness: Likeness, actor: Person, remark: str, *, now: datetime) -> None:
    """Lay a hint aside; it stays on record with who did it and why."""
    stands = standing(likeness.evidence, actor, ASKING)
    if stands is None:
        raise NotYours(say("Whoever verifies dismisses a hint."))
    if likeness.dismissed_at:
        raise OutOfTurn(say("This hint was dismissed already."))
    if not remark.strip():
        raise NotYet(say("Say in a remark why this picture may stand."))
    likeness.dismissed_at, likeness.dismissed_by = now, actor
    likeness.remark = remark.strip()[:LONGEST]
    piece: Evidence = likeness.evidence
    said = {"remark": likeness.remark}
    noted(piece.task, "dismiss_hint", actor, stands, now, piece, said,
          likeness=likeness.id, other=likeness.other_id)  # fmt: skip
