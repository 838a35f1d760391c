"""Ledgers that lie on their side: the names of the fields stand one below the other, each problem is a column."""

from __future__ import annotations

from itertools import islice

from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid

_LEAST, _MOST = 4, 24  # fields


def upright(grid: Grid) -> Grid:
    """The same grid, turned where its first column holds names of fields and no row does."""
    rows = list(islice((row for row in grid.rows if len({*row} - {""}) > 1), _MOST + 1))
    if grid.merged or not _LEAST <= len(rows) <= _MOST or len(rows[0]) < 3:
        return grid
    meanings = [meaning_of(name_of(row[0])) for row in rows]
    if meanings.count("problem") != 1 or None in meanings or len({*meanings}) < _LEAST:
        return grid
    named = sum(meaning_of(name_of(cell)) is not None for row in rows for cell in row[1:])
    if named * 4 > sum(len(row) - 1 for row in rows):
        return grid
    width = max(map(len, rows))
    columns = zip(*(row + [""] * (width - len(row)) for row in rows), strict=True)
    return Grid(grid.name, [list(column) for column in columns if any(column)], grid.first)
