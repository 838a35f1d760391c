"""What is taken of a list on the table, and what is set aside: row, words, reason, advice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flask_babel import gettext as _

from app.findings.actions_many import Drafted
from app.intake import queries
from app.intake.actions import Harvest, Row
from app.intake.aside_sheet import TRACKS, WEIGHTS
from app.intake.differing import said_of
from app.intake.drafting import row_of
from app.intake.fields import LABELS
from app.intake.looking import Look, Problem
from app.intake.owners import Owners
from app.intake.previewing import Table
from app.words import told


def harvest_of(
    table: Table, seen: Look, gone: Sequence[int], far: Callable[[int], None] = lambda _done: None
) -> Harvest:
    """The good rows that are ticked; of those whose row is gone only drafts that were ticked too.

    `far` is told now and then how many rows were looked at.
    """
    good = [one for one in seen.taken if not one.wrong and one.change.what != "moved"]
    owners = Owners(queries.holders({one.unit.id for one in good if one.unit}))
    said = said_of(table.reading)
    rows = [_row(one, row_of(one, seen, owners), said[one.place]) for one in _counted(good, far)]
    drafts = {one.was.finding_id for one in table.gone if one.was and one.was.state == "draft"}
    return Harvest(rows, len(seen.problems) - len(good), set_aside(table, seen), [at for at in gone if at in drafts])


def _counted(rows: list[Problem], far: Callable[[int], None]) -> Iterator[Problem]:
    for at, one in enumerate(rows):
        if at % 100 == 0:
            far(at)
        yield one


def _row(one: Problem, drafted: Drafted, said: dict[str, str]) -> Row:
    _words = drafted.folded  # dear, and kept: nobody waits for it now
    was = one.change.was if one.change.what in ("changed", "same") else None
    fields = tuple(difference.field for difference in one.change.fields)
    return Row(drafted, one.found.number, said, was.finding_id if was else None, fields, one.found.pictures)


def set_aside(table: Table, seen: Look) -> list[dict[str, Any]]:
    """The rows that are not taken, in the order of the file."""
    rows = [_aside(one, seen) for one in seen.problems if one.is_bad or not one.takes]
    rows += [
        {"row": one.row, "sheet": one.sheet, "raw": one.text, "why": told(one.reason),
         "advice": _("Write what is wrong into the column of problems, if it is one.")}
        for one in table.reading.set_aside
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["sheet"], row["row"]))


def _aside(one: Problem, seen: Look) -> dict[str, Any]:
    wrong = "; ".join(f"{LABELS[name]}: {said}" for name, said in one.wrong.items())
    return {"row": one.found.row or one.found.line, "sheet": one.found.sheet, "raw": _raw(one),
            "why": _reason(one, wrong), "advice": _advice(one), "cells": _cells(one, seen)}  # fmt: skip


def _cells(one: Problem, seen: Look) -> dict[str, str]:
    """The row as it was read and corrected, by the headings of the sheet it is set aside in."""
    found, said = one.found, one.said
    answering = [seen.measures[answer.place] for answer in one.answers if answer.confirmed or answer.certain]
    cells = {
        "序号": found.number, "责任单位": said["unit"], "责任人": said["owner"] or found.owner_raw,
        "存在问题": said["text"], "整改措施": "\n".join(part.said["text"] for part in answering),
        "整改时限": said["deadline_on"] or found.deadline_raw, "问题类别": said["category"],
        "问题等级": WEIGHTS.get(said["weight"], ""), "整改方式": TRACKS.get(said["track"], ""),
    }  # fmt: skip
    return {name: text for name, text in (found.extra | cells).items() if text}


def _raw(one: Problem) -> str:
    found = one.found
    parts = [found.number, found.text, found.unit, found.owner_raw, found.deadline_raw, *found.extra.values()]
    return " | ".join(part for part in parts if part)


def _reason(one: Problem, wrong: str) -> str:
    if one.is_bad:
        return wrong
    if one.change.what == "same":
        return _("It was taken in before and did not change: %(number)s.", number=_was(one))
    if one.change.what == "moved":
        return _("It changed, but %(number)s was issued already.", number=_was(one))
    return _("It was left out by hand, or the visit has it already.")


def _was(one: Problem) -> str:
    return one.change.was.number if one.change.was else ""


def _advice(one: Problem) -> str:
    if "unit" in one.wrong:
        return _("Write the unit's full name as the system knows it.")
    if "deadline_on" in one.wrong:
        return _("Write the day as 2026-03-05.")
    if one.change.what == "moved":
        return _("Correct the finding on its own page.")
    return _("Correct the row and send the list again.") if one.is_bad else ""
