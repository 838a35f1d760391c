"""From a confirmed preview to rows that can be written: what was corrected, beside what was read."""

from __future__ import annotations

from typing import Any

from app.intake.actions import Row
from app.intake.forms import PreviewForm
from app.intake.forms_row import MeasureForm
from app.intake.naming import Names
from app.intake.proposals import placed
from app.intake.reading import Reading, ReadMeasure
from app.words import told

OWN = ("text", "deadline_on", "weight", "track", "protection")


def rows_of(form: PreviewForm, reading: Reading, names: Names) -> list[Row]:
    """The ticked problems, each with the measures that answer it or may."""
    return [_row(form, reading, names, at) for at in form.taken]


def _row(form: PreviewForm, reading: Reading, names: Names, at: int) -> Row:
    part, found = form.rows[at].form, reading.findings[at]
    fields = {name: part[name].data for name in OWN} | placed(found)
    fields |= {"deadline_raw": found.deadline_raw[:120], "protection": part.protection.data or ""}
    extra: dict[str, Any] = {
        **found.extra, "number": found.number, "owner": part.owner.data or "", "owner_raw": found.owner_raw,
        "suggested_measures": measures_of(form, reading, at),
    }  # fmt: skip
    if found.deadline_meaning == "unknown":
        extra["deadline_meaning"] = part.meaning.data or "open"
    return Row(names.find(part.unit.data), fields, {name: value for name, value in extra.items() if value})


def measures_of(form: PreviewForm, reading: Reading, at: int) -> list[dict[str, Any]]:
    """The measures of one problem: confirmed ones, and suggestions nobody decided on."""
    pairs = zip(form.measures, reading.measures, strict=True)
    made = [_suggested(part.form, read, at) for part, read in pairs]
    return [one for one in made if one]


def _suggested(part: MeasureForm, read: ReadMeasure, at: int) -> dict[str, Any] | None:
    link = next((link for link in read.links if link.finding == at), None)
    confirmed = at in part.answered
    if not confirmed and (link is None or link.certain):
        return None  # what the text said for certain was unticked by hand
    due = read.due
    return {
        "text": part.text.data or read.text, "owner": part.owner.data or "", "owner_raw": read.owner_raw,
        "due_on": part.due_on.data.isoformat() if part.due_on.data else "", "date_raw": due.raw if due else "",
        "date_meaning": due.meaning if due and due.meaning != "unknown" else part.meaning.data or "open",
        "reason": told(link.reason) if link else "", "confirmed": confirmed,
    }  # fmt: skip
