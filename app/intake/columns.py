"""The columns of a list as they can be taken for something else, remembered by their headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.intake.previewing import Table
from app.intake.reading import ReadColumn, Reading

MEANINGS: dict[str, Any] = {
    "": _l("— keep it as it is —"), "number": _l("Number"), "problem": _l("What is wrong"),
    "result": _l("Result of the check"), "measure": _l("Measures"), "demand": _l("What is demanded"),
    "site": _l("Inspected unit"), "unit": _l("Responsible unit"), "partner": _l("Supporting unit"),
    "owner": _l("Owner"), "leader": _l("Leader in charge"), "planned": _l("Deadline"), "done": _l("Day it was done"),
    "unknown": _l("A date, planned or done"), "category": _l("Category"), "weight": _l("Weight"),
    "place": _l("Place"), "basis": _l("Basis"), "progress": _l("Progress"),
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column with its field on the page, and what it was taken for."""

    name: str
    heading: str
    sheet: str
    meaning: str
    hidden: bool


def shown_columns(table: Table) -> list[Column]:
    """The columns of the list that have a heading, each heading once."""
    columns: dict[str, Column] = {}
    for at, one in enumerate(table.reading.columns):
        key = key_of(one, table.reading)
        said = (one.meaning or "").rstrip("+")
        known = said if said in MEANINGS else ""
        if one.heading.strip():
            columns.setdefault(key, Column(f"column-{at}", one.heading, one.sheet, known, one.hidden))
    return list(columns.values())


def key_of(one: ReadColumn, reading: Reading) -> str:
    """What the column is remembered by: its heading, or its place where another on the sheet is called so too."""
    called = Counter((column.sheet, column.heading) for column in reading.columns)
    return one.key if called[one.sheet, one.heading] > 1 else one.heading


def asked_columns(table: Table, form: Mapping[str, str]) -> dict[str, str]:
    """The meanings that were chosen, beside those chosen before; one that was only guessed is not kept."""
    chosen = dict(table.preview.columns)
    for shown in shown_columns(table):
        one = table.reading.columns[int(shown.name.removeprefix("column-"))]
        said = form.get(shown.name, shown.meaning)
        if said != shown.meaning and said in MEANINGS:
            chosen[key_of(one, table.reading)] = said
    return chosen
