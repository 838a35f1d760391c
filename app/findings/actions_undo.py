"""How the light steps of a finding are undone: the same step again, with what stood there before."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from app.db import db
from app.findings import actions
from app.tasks.entries import Entry
from app.tasks.undoing import undoes
from app.units.models import Unit
from workflows.grammar import say


@undoes("correct", say("The text was corrected; the unit is told."), "finding")
def worded_as_before(entry: Entry, actor: Any, *, now: datetime) -> None:
    """The words it had before."""
    actions.correct(entry.task.finding, actor, now=now, seen=None, undone=entry, **entry.before)


@undoes("edit", say("The draft was changed."), "finding")
def drafted_as_before(entry: Entry, actor: Any, *, now: datetime) -> None:
    """The draft as it was: words, date, unit and supporting units."""
    before = dict(entry.before)
    supporters = before.pop("supporters", None)
    if before.get("deadline_on"):
        before["deadline_on"] = date.fromisoformat(before["deadline_on"])
    finding = entry.task.finding
    unit = before.pop("unit") if "unit" in before else {"id": finding.task.unit_id}
    standing = actions.supporting(finding) if supporters is None else supporters
    actions.edit(
        finding, actor, now=now, seen=None, undone=entry, **before,
        unit=db.session.get(Unit, unit["id"]) if unit else None,
        supporters=[db.session.get_one(Unit, number) for number in standing],
    )  # fmt: skip
