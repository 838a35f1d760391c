"""A table of measures that answers the problems above it by their numbers: 对应序号 | 整改举措 | 责任人 | 完成时间.

Only a heading that says whose numbers they are makes that certain; a table may simply count its own rows.
"""

from __future__ import annotations

from app.intake.readers.cells import parts_of
from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid
from app.intake.readers.headers import Header
from app.intake.readers.pairs import number_of
from app.intake.readers.parts import Part
from app.intake.readers.rules import rule
from app.intake.readers.values import Row, Said
from app.intake.reading import Link
from workflows.grammar import say

_THEIRS = rule(r"(?:对应|针对|所属)?(?:问题|隐患)(?:的)?(?:序号|编号|号)|对应(?:序号|编号|号)?")
_NUMBERED = say("The measure names the number of this problem.")


def read(grid: Grid, part: Part) -> bool:
    """Add its measures to the problems of `part`; False when it is no such table or answers fewer than half its rows."""
    head = _header(grid)
    if head is None:
        return False
    number, measure = head.first("number"), head.first("measure")
    assert number is not None
    assert measure is not None
    rows = [(at, row) for at, row in enumerate(grid.rows[head.body :], head.body) if len(row) > max(number, measure)]
    answers = [(at, row, _answered(part, row[number])) for at, row in rows if row[number] and row[measure]]
    if not answers or sum(bool(places) for _at, _row, places in answers) * 2 < len(answers):
        return False
    values, names_theirs = Row(head, grid, part), bool(_THEIRS.match(head.names[number]))
    for at, row, places in answers:
        said = values.said(at, row + [""] * (len(head.names) - len(row)))
        is_sure = names_theirs and len(places) == 1
        links = tuple(Link(place, is_sure, _NUMBERED) for place in places)
        part.measures += [values.measure(said, text, label, links) for label, text in parts_of(row[measure])]
        if names_theirs and len({part.findings[place].row for place in places}) == 1:
            _complete(part, places, said)
    return True


def _header(grid: Grid) -> Header | None:
    """A row of names among which are a number and a measure, and no problem."""
    for at, row in enumerate(grid.rows[:3]):
        names = [name_of(cell) for cell in row]
        meanings = ["number" if _THEIRS.match(name) else meaning_of(name) for name in names]
        if {"number", "measure"} <= {*meanings} and not {"problem", "result"} & {*meanings}:
            return Header(at, 1, names, meanings, 2)
    return None


def _answered(part: Part, sign: str) -> list[int]:
    """The problems with that number; several where the lists above begin anew."""
    wanted = number_of(sign)
    return [place for place, found in enumerate(part.findings) if wanted and number_of(found.number) == wanted]


def _complete(part: Part, places: list[int], said: Said) -> None:
    """Owner and day of the measure are those of the problems of its number that name none."""
    beside = said[0]
    for found in (part.findings[place] for place in places):
        if not found.owner_raw:
            found.owner, found.owner_raw = beside.owner, beside.owner_raw
        if not found.deadline_raw and beside.due:
            found.deadline, found.deadline_raw, found.deadline_meaning, found.deadline_inferred = beside.ends
