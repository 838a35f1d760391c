"""From a list on the table to rows that can be written: what was corrected, beside what was read."""

from __future__ import annotations

from typing import Any

from app.findings.actions_many import Drafted
from app.intake.fields import day_of
from app.intake.looking import Answering, Look, Problem
from app.intake.owners import Owners
from app.intake.proposals import placed
from app.words import told

OWN = ("text", "weight", "track", "protection", "category")


def row_of(one: Problem, seen: Look, owners: Owners) -> Drafted:
    """A ticked problem with the measures that answer it or may."""
    found, said = one.found, one.said
    fields = {name: said[name] for name in OWN} | placed(found)
    fields |= {"deadline_raw": found.deadline_raw[:120], "deadline_on": day_of(said["deadline_on"])}
    holder = owners.find(said["owner"], one.unit.id if one.unit else None)
    extra: dict[str, Any] = {
        **found.extra, "number": found.number, "owner": said["owner"], "owner_raw": found.owner_raw,
        "owner_id": holder.person_id if holder else None, "配合单位": found.supporting, "ticks": found.ticks,
        "suggested_measures": measures_of(one, seen),
    }  # fmt: skip
    if found.deadline_meaning == "unknown":
        extra["deadline_meaning"] = said["meaning"] or "open"
    return Drafted(one.unit, fields, {name: value for name, value in extra.items() if value})


def measures_of(one: Problem, seen: Look) -> list[dict[str, Any]]:
    """The measures of one problem: confirmed ones, and suggestions nobody decided on."""
    made = [_suggested(seen.measures[answer.place], one.place) for answer in one.answers]
    return [measure for measure in made if measure]


def _suggested(part: Answering, at: int) -> dict[str, Any] | None:
    read = part.read
    link = next((link for link in read.links if link.finding == at), None)
    confirmed = at in part.answered
    if not confirmed and (link is None or link.certain):
        return None  # what the text said for certain was unticked by hand
    due = read.due
    return {
        "text": part.said["text"] or read.text, "owner": part.said["owner"], "owner_raw": read.owner_raw,
        "due_on": part.said["due_on"], "date_raw": due.raw if due else "",
        "date_meaning": due.meaning if due and due.meaning != "unknown" else part.said["meaning"] or "open",
        "reason": told(link.reason) if link else "", "confirmed": confirmed,
    }  # fmt: skip
