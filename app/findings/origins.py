"""What else stood in the list that a finding was read from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.findings.models import Finding
from app.tasks.entries import Entry
from app.tasks.erasing import keeps_a_copy

# What the reading of a list keeps for the house itself.
HARMLESS = ("number", "batch", "owner_id")
TAKEN = {"number", "owner", "owner_raw", "suggested_measures", "deadline_meaning", "batch", "ticks"}


def read_in(finding: Finding) -> list[tuple[Any, str]]:
    """What else stood in the list it was read from: its number, its owner as written, columns without a field here."""
    own = [(_l("Number in the list"), "number"), (_l("Owner as written"), "owner_raw")]
    known = [(label, finding.extra[name]) for label, name in own if finding.extra.get(name)]
    date = [(_l("Date as written"), finding.deadline_raw)] if finding.deadline_raw else []
    ticks, more = finding.extra.get("ticks", {}), columns_of(finding.extra)
    return [*known, *date, *((name, _with_answer(value, ticks.get(name))) for name, value in more.items())]


def columns_of(extra: Mapping[str, Any]) -> dict[str, str]:
    """The columns of the list that have no field here, as they were written."""
    return {name: value for name, value in extra.items() if name not in TAKEN and isinstance(value, str)}


def _with_answer(value: str, ticked: bool | None) -> str:
    """A tick or a cross with what it says."""
    said = {True: gettext("yes"), False: gettext("no"), None: ""}[ticked]
    return value if not said or value == said else f"{value} ({said})"


@keeps_a_copy("begin")
def forget_list(entry: Entry) -> None:
    """What else stood in the list that it was read from goes with its words."""
    if entry.task.kind == "finding":
        finding = entry.task.finding
        finding.extra = {name: finding.extra[name] for name in HARMLESS if name in finding.extra}
