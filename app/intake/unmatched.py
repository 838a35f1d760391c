"""Names in a list that are no unit: each settled once for every row that says it, and known to the next list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from app.intake import actions_rules, assigning
from app.intake.fields import LIMITS
from app.intake.looking import Look, Problem
from app.intake.naming import Near
from app.intake.previewing import Table

MOST_SHOWN = 100


@dataclass(frozen=True)
class Unmatched:
    """A name that no unit here has: the first row that says it, how many do, and whom it may mean."""

    name: str
    place: int
    rows: int
    near: Sequence[Near]

    @property
    def field(self) -> str:
        """The field in which its unit is chosen."""
        return f"name-{crc32(self.name.encode()):08x}"


def names(table: Table, seen: Look) -> list[Unmatched]:
    """The names in ticked rows that name no unit, the most frequent first."""
    first, rows = dict[str, int](), dict[str, int]()
    for one in _nameless(seen):
        name = one.said["unit"]
        first.setdefault(name, one.place)
        rows[name] = rows.get(name, 0) + 1
    often = sorted(rows, key=lambda name: -rows[name])
    return [Unmatched(name, first[name], rows[name], table.names.near(name)) for name in often]


def besides(wrong: list[dict[str, Any]], seen: Look) -> list[dict[str, Any]]:
    """What is wrong in the list beside these names."""
    told = {f"rows-{one.place}-unit" for one in _nameless(seen)}
    return [one for one in wrong if one["id"] not in told]


def _nameless(seen: Look) -> Iterator[Problem]:
    return (one for one in seen.taken if one.unit is None and 0 < len(one.said["unit"]) <= LIMITS["unit"])


def chosen(table: Table, form: Mapping[str, str], seen: Look) -> dict[str, str]:
    """What was chosen for which name."""
    said = {one.name: form.get(one.field, "").strip() for one in names(table, seen)}
    return {name: unit for name, unit in said.items() if unit}


def settle(table: Table, units: Mapping[str, str], now: datetime) -> tuple[Table, int]:
    """The list with these units on every row that says their name, known to the next list too; how many rows."""
    rows = sum(row["unit"] in units for row in table.rows)
    for name, said in units.items():
        if unit := table.names.find(said):
            actions_rules.remember_name(table.visit.task.issuer_unit_id, name, unit.id, table.viewer, now)
    table = table.anew(table.preview, table.visit, table.preview.corrections)
    left = {at: {"unit": units[row["unit"]]} for at, row in enumerate(table.rows) if row["unit"] in units}
    assigning.change(table, left)
    return table, rows
