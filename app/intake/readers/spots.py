"""Problems down, places across, a dot where a place has the problem: only what is marked was found.

Where the places are schools, each that has a dot has the problem to itself; schools may stand down, problems across.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid, held
from app.intake.readers.headers import Header
from app.intake.readers.judging import sounds_wrong
from app.intake.readers.lines import fold
from app.intake.readers.people import answers
from app.intake.readers.rules import rule
from app.intake.readers.unnamed import BY_PLACE
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
    return (
        bool(cells and head.names[place])
        and not BY_PLACE.fullmatch(head.names[place])
        and head.meanings[place] in _PLACES
        and all(map(_DOT.fullmatch, cells))
    )


def is_marked(row: Sequence[str], places: Sequence[int]) -> bool:
    """Whether any of the places has what the row names."""
    return any(_DOT.fullmatch(row[place]) for place in places if place < len(row))


def units_of(head: Header, row: Sequence[str], places: Sequence[int]) -> list[str]:
    """The units that have what the row names; none where the places are rooms or houses."""
    if not places or not all(answers(fold(head.names[place])) for place in places):
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
    return bool(_DOT.fullmatch(cell)) and answers(fold(name))


def problems_down(grid: Grid) -> Grid:
    """The same grid, or a row for each dot where its rows are schools and its columns of dots are problems."""
    for at, row in enumerate(grid.rows[:4]):
        names = [name_of(cell) for cell in row]
        first = 1 if names and meaning_of(names[0]) == "number" else 0
        wrong = [place for place, name in enumerate(names) if place > first and name and sounds_wrong(name)]
        if len(wrong) < _LEAST:
            continue
        problems = [place for place in wrong if _are_dots(grid.rows[at + 1 :], place)]
        if len(problems) < _LEAST:
            continue
        below = {one: cells for one, cells in enumerate(grid.rows[at + 1 :], at + 1) if any(cells)}
        marked = [one for one, cells in below.items() if any(held([cells], place) for place in problems)]
        if len(below) >= _LEAST and _name_schools(below, first, marked):
            return _laid_down(grid, names, first, problems, below)
    return grid


def _are_dots(rows: Sequence[Sequence[str]], place: int) -> bool:
    return all(_DOT.fullmatch(row[place]) for row in rows if place < len(row) and row[place])


def _name_schools(rows: Mapping[int, Sequence[str]], first: int, marked: Sequence[int]) -> bool:
    """Every row with a dot names a school or another place that answers."""
    named = [fold(rows[one][first]) for one in marked]
    return bool(named) and all(answers(name) for name in named)


def _laid_down(
    grid: Grid, names: Sequence[str], first: int, problems: Sequence[int], below: Mapping[int, Sequence[str]]
) -> Grid:
    """A row for each dot, problem by problem; what a row says without any is kept below them."""
    beside = [place for place in range(first + 1, len(names)) if place not in problems]
    rows, lines = [["学校", "存在问题", *(names[place] for place in beside)]], [grid.place(0)]
    said = [(one, names[place]) for place in problems for one, cells in below.items() if cells[place]]
    bare = [(one, "") for one, cells in below.items() if not any(cells[place] for place in problems)]
    for one, problem in said + [(one, "") for one, _ in bare if any(below[one][place] for place in beside)]:
        rows.append([below[one][first], problem, *(below[one][place] for place in beside)])
        lines.append(grid.place(one))
    return Grid(grid.name, rows, grid.first, lines=lines)
