"""Filling in what a list leaves open: by the rule, or by a suggestion that was taken over; still nothing is written."""

from __future__ import annotations

from datetime import date, timedelta

from app.intake import queries
from app.intake.fields import day_of
from app.intake.looking import Look, Problem
from app.intake.models import USUAL_DAYS
from app.intake.previewing import Table, put
from app.intake.proposals import Values


def change(table: Table, changed: dict[int, Values]) -> None:
    """Put these values on these rows."""
    said, rows = dict(table.preview.corrections.get("rows", {})), table.rows
    for at, values in changed.items():
        put(said, at, rows[at] | values, table.first_rows[at])
    table.preview.corrections = table.preview.corrections | {"rows": said}


def assign(table: Table, seen: Look, today: date) -> int:
    """Fill what ticked rows lack by the rule: unit, owner, deadline; how many rows changed."""
    rules = {(one.unit_id, one.category): one.owner.name for one in queries.assignments(_issuer(table))
             if one.owner.active}  # fmt: skip
    changed = {one.place: lacking for one in seen.taken if (lacking := _lacking(table, one, rules, today))}
    change(table, changed)
    return len(changed)


def _issuer(table: Table) -> int:
    return table.visit.task.issuer_unit_id


def _lacking(table: Table, one: Problem, rules: dict[tuple[int, str], str], today: date) -> Values:
    filled: Values = {}
    unit = one.unit
    if not one.said["unit"] and table.rule["unit"]:
        unit = table.names.find(table.rule["unit"])
        filled["unit"] = unit.name if unit else ""
    if not one.said["owner"] and unit:
        owner = rules.get((unit.id, one.said["category"])) or rules.get((unit.id, ""))
        filled |= {"owner": owner} if owner else {}
    on = day_of(one.said["deadline_on"])
    if not one.said["deadline_on"] or (table.rule["past"] and on and on < today):
        days = int(table.rule.get(one.said["weight"]) or USUAL_DAYS["ordinary"])
        filled["deadline_on"] = (today + timedelta(days=days)).isoformat()
    return filled


def put_everywhere(table: Table, place: int, name: str, value: str) -> int:
    """Take a suggestion over: for this row, and for every other whose list says the same; how many rows changed."""
    rows = table.rows
    said = rows[place][name]
    same = [at for at, row in enumerate(rows) if row[name] == said and (name == "unit" or _together(rows, at, place))]
    change(table, {at: {name: value} for at in same})
    return len(same)


def _together(rows: list[Values], at: int, place: int) -> bool:
    return bool(rows[at]["unit"] == rows[place]["unit"])
