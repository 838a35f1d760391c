"""Tables set side by side to save paper: 房间 | 检查情况 | 房间 | 检查情况, laid one below the other."""

from __future__ import annotations

from app.intake.readers.columns import name_of
from app.intake.readers.grids import Grid

_NEAR = 8  # rows among which the names are looked for


def laid_out(grid: Grid) -> Grid:
    """The same grid, or one as wide as the first of its tables when their names repeat."""
    for at, row in enumerate(grid.rows[:_NEAR]):
        if (width := _period([name_of(cell) for cell in row])) > 1:
            return _below_each_other(grid, at, width)
    return grid


def _period(names: list[str]) -> int:
    """After how many columns the names begin again; 0 where they do not."""
    while names and not names[-1]:
        names = names[:-1]
    for width in range(2, len(names) // 2 + 1):
        once = names[:width]
        if len(names) % width == 0 and names == once * (len(names) // width) and all(once) and len(set(once)) == width:
            return width
    return 0


def _below_each_other(grid: Grid, head: int, width: int) -> Grid:
    rows, lines, merged = [row[:width] for row in grid.rows[: head + 1]], list(range(head + 1)), []
    for left in range(0, max(map(len, grid.rows[head : head + 1])), width):
        moved = len(rows) - head - 1
        for at, row in enumerate(grid.rows[head + 1 :], head + 1):
            cells = row[left : left + width]
            if len(set(filter(None, row))) == 1 and not any(cells):
                cells = [next(filter(None, row)), *[""] * (width - 1)]  # the heading of a group is that of each table
            rows.append(cells)
            lines.append(at)
        merged += [
            (top + moved, first - left, bottom + moved, last - left)
            for top, first, bottom, last in grid.merged
            if top > head and left <= first and last < left + width
        ]
    return Grid(grid.name, rows, grid.first, merged, lines=[grid.place(at) for at in lines])
