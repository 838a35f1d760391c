"""Ledgers that lie on their side: the names of the fields stand one below the other, each problem is a column."""

from __future__ import annotations

from collections.abc import Sequence

from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid

_LEAST, _MOST = 4, 24  # fields
_ABOVE = 16  # rows that may stand around them


def upright(grid: Grid) -> Grid:
    """The same grid, turned where its first column holds names of fields and no row does; what stands above stays."""
    if len(grid.rows) > _MOST + _ABOVE:
        return grid
    rows = [row for row in grid.rows if len({*row} - {""}) > 1]
    if not _LEAST <= len(rows) <= _MOST or len(rows[0]) < 3 or not _lies(rows) or _is_merged(grid):
        return grid
    first = next(at for at, row in enumerate(grid.rows) if row is rows[0])
    width = max(map(len, rows))
    columns = [list(column) for column in zip(*(row + [""] * (width - len(row)) for row in rows), strict=True)]
    return Grid(grid.name, grid.rows[:first] + [column for column in columns if any(column)], grid.first)


def _lies(rows: Sequence[Sequence[str]]) -> bool:
    """Most first cells name fields, one of them that of the problems, and few of the others do."""
    meanings = [meaning_of(name_of(row[0])) for row in rows if row[0]]
    known = [meaning for meaning in meanings if meaning]
    if "problem" not in known or len(known) * 3 < len(rows) * 2 or len({*known}) < _LEAST:
        return False
    problem = next(row for row in rows if meaning_of(name_of(row[0])) == "problem")
    told = [cell for cell in problem[1:] if cell]
    named = [sum(meaning_of(name_of(cell)) is not None for cell in row[1:]) for row in rows]
    return len(told) > 1 and len({*told}) > 1 and sum(named) * 4 <= sum(len(row) - 1 for row in rows)


def _is_merged(grid: Grid) -> bool:
    """Whether cells are merged elsewhere than over the whole width or side by side in one row."""
    return any(top != bottom for top, _, bottom, _ in grid.merged)
