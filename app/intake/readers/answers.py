"""A table of measures that answers the problems above it by their numbers: 对应序号 | 整改举措 | 责任人 | 完成时间."""

from __future__ import annotations

from app.intake.readers.cells import parts_of
from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid
from app.intake.readers.headers import Header
from app.intake.readers.pairs import number_of
from app.intake.readers.parts import Part
from app.intake.readers.values import Row, Said
from app.intake.reading import Link
from workflows.grammar import say

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
    values = Row(head, grid, part)
    for at, row, places in answers:
        said = values.said(at, row + [""] * (len(head.names) - len(row)))
        links = tuple(Link(place, len(places) == 1, _NUMBERED) for place in places)
        part.measures += [values.measure(said, text, label, links) for label, text in parts_of(row[measure])]
        for place in places:
            _complete(part, place, said)
    return True


def _header(grid: Grid) -> Header | None:
    """A row of names among which are a number and a measure, and no problem."""
    for at, row in enumerate(grid.rows[:3]):
        names = [name_of(cell) for cell in row]
        meanings = ["number" if name.startswith("对应") else meaning_of(name) for name in names]
        if {"number", "measure"} <= {*meanings} and not {"problem", "result"} & {*meanings}:
            return Header(at, 1, names, meanings, 2)
    return None


def _answered(part: Part, sign: str) -> list[int]:
    """The problems with that number, when their numbers are counted once."""
    wanted = number_of(sign)
    return [place for place, found in enumerate(part.findings) if wanted and number_of(found.number) == wanted]


def _complete(part: Part, place: int, said: Said) -> None:
    """Owner and day of the measure are those of a problem that names none."""
    found, beside = part.findings[place], said.beside
    if not found.owner_raw:
        found.owner, found.owner_raw = beside.owner, beside.owner_raw
    if not found.deadline_raw and beside.due:
        found.deadline, found.deadline_raw, found.deadline_meaning, found.deadline_inferred = beside.ends
