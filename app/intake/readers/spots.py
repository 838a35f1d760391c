"""Problems down, places across, a dot where a place has the problem: only what is marked was found.

Where the places are schools, each that has a dot has the problem to itself; schools may stand down, problems across.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid, held
from app.intake.readers.headers import Header
from app.intake.readers.judging import sounds_wrong
from app.intake.readers.lines import fold
from app.intake.readers.people import unit_alone
from app.intake.readers.rules import rule
from app.intake.reading import ReadFinding

_DOT = rule(r"[●•■◆▲★√✓✔☑Vv1]|有")
_PLACES = {None, "site", "place", "unit"}
_LEAST = 2
_TOTALS = {"合计", "总计", "小计", "共计", "合 计"}


def places_of(head: Header, rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns that hold dots and nothing else; none unless there are several."""
    places = [place for place, _name in enumerate(head.names) if _is_dotted(head, rows, place)]
    return places if len(places) >= _LEAST else []


def _is_dotted(head: Header, rows: Sequence[Sequence[str]], place: int) -> bool:
    cells = held([row for row in rows if not _TOTALS & {*row}], place)
    return bool(cells and head.names[place]) and head.meanings[place] in _PLACES and all(map(_DOT.fullmatch, cells))


def is_marked(row: Sequence[str], places: Sequence[int]) -> bool:
    """Whether any of the places has what the row names."""
    return any(_DOT.fullmatch(row[place]) for place in places if place < len(row))


def units_of(head: Header, row: Sequence[str], places: Sequence[int]) -> list[str]:
    """The units that have what the row names; none where the places are rooms or houses."""
    if not places or not all(unit_alone(fold(head.names[place])) for place in places):
        return []
    return [head.names[place] for place in places if is_marked(row, [place])]


def at_each(known: list[ReadFinding], found: list[int], units: Sequence[str]) -> list[int]:
    """The last problems known, those of a row, one for each unit instead: the dots have said what they say."""
    if not units or not found:
        return found
    known[found[0] :] = [
        replace(one, unit=unit, extra={name: cell for name, cell in one.extra.items() if not _is_told(name, cell)})
        for unit in units for one in known[found[0] :]
    ]  # fmt: skip
    return list(range(found[0], len(known)))


def _is_told(name: str, cell: str) -> bool:
    return bool(_DOT.fullmatch(cell)) and unit_alone(fold(name))


def problems_down(grid: Grid) -> Grid:
    """The same grid, turned where its rows are schools and its columns, which hold dots only, are problems."""
    for at, row in enumerate(grid.rows[:4]):
        names = [name_of(cell) for cell in row]
        first = 1 if names and meaning_of(names[0]) == "number" else 0
        problems = [name for name in names[first + 1 :] if name]
        if len(problems) < _LEAST or not all(map(sounds_wrong, problems)):
            continue
        below = [one for one in grid.rows[at + 1 :] if any(one)]
        if len(below) >= _LEAST and _are_dotted(below, first):
            schools, *turned = [list(column) for column in zip(row, *below, strict=False)][first:]
            rows = [[str(number), *column] for number, column in enumerate(turned, 1) if column[0]]
            return Grid(grid.name, [["序号", "存在问题", *schools[1:]], *rows], grid.first)
    return grid


def _are_dotted(rows: Sequence[Sequence[str]], first: int) -> bool:
    """Every row names a school and marks what it has."""
    schools = [one for one in rows if len(one) > first and unit_alone(fold(one[first]))]
    marks = [cell for one in rows for cell in one[first + 1 :] if cell]
    return len(schools) == len(rows) and bool(marks) and all(map(_DOT.fullmatch, marks))
