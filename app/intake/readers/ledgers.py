"""Ledgers: every row of a grid below its header becomes findings with the measures of the same row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from app.intake.readers import (
    abreast,
    around,
    by_content,
    counts,
    judged,
    matrices,
    spots,
    turned,
    unmerged,
    unnamed,
    yes_no,
)
from app.intake.readers.body import Body
from app.intake.readers.dates import find_day
from app.intake.readers.grids import Grid
from app.intake.readers.headers import Header, corrected, find_header, header_at
from app.intake.readers.lines import fold
from app.intake.readers.parts import Part
from app.intake.readers.rules import rule

_OFTEN = 20  # times that no name of a column stands below it, but its values may
_LONGEST = 12
_DIGIT = rule(r"[0-9]")


def read_ledger(grid: Grid, part: Part, columns: Mapping[str, str]) -> bool:
    """Add what every table of one sheet says to `part`; False when the sheet has none."""
    given = grid
    grid = counts.laid_down(unmerged.restored(turned.upright(grid)))
    grid = yes_no.put_together(spots.problems_down(abreast.laid_out(grid)))
    head = find_header(grid, 0)
    head = head or by_content.told_by_one(grid)
    if head and not head.all("problem") and not _is_judged(grid, head):
        head = by_content.header_of(grid) or head
    if head is None or not head.all("problem"):
        grid, head = matrices.header_of(grid, head) or (grid, head)
    head = head or judged.header_of(grid) or by_content.guessed(grid)
    if head is None:
        return False
    part.set_aside += around.above(given, grid.place(head.at))
    begins = _Begins(grid.rows)
    while head is not None:
        by_content.settle(head, grid)
        end = begins.end(grid, head)
        head = corrected(unnamed.by_place(head, grid.rows[head.body : end]), grid, columns)
        part.note_columns(grid, head)
        Body(grid, head, part).read(end)
        head = find_header(grid, end, 1) if end < len(grid.rows) else None
    return True


def _is_judged(grid: Grid, head: Header) -> bool:
    """Whether anything stands in its columns of results: nobody has looked again at what is new."""
    return any(place < len(row) and row[place] for row in grid.rows[head.body :] for place in head.all("result"))


class _Begins:
    """Where rows stand that may be a header: those that begin with a short word and no number."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        firsts = (row[0] if row and row[0] else next(filter(None, row), "") for row in rows)
        self.rows = [(at, first) for at, first in enumerate(firsts) if not first.isdigit() and _may_begin(first)]
        self.places: dict[str, list[int]] = {}
        for at, first in self.rows:
            self.places.setdefault(first, []).append(at)

    def end(self, grid: Grid, head: Header) -> int:
        """Where the next header stands that names other columns than this one."""
        for at, first in self.rows[bisect_left(self.rows, (head.body, "")) :]:
            is_new = first in head.names or not self._is_often(first, head.body)
            if is_new and header_at(grid.rows, at) and not any(map(_is_a_value, grid.rows[at])):
                return at
        return len(grid.rows)

    def _is_often(self, first: str, begun: int) -> bool:
        places = self.places[first]
        return len(places) - bisect_left(places, begun) > _OFTEN


def _is_a_value(cell: str) -> bool:
    """A number or a day, as no heading is: the row is one of the list."""
    return cell.isdigit() or (cell[:2] == "20" and find_day(fold(cell), None)[0] is not None)


def _may_begin(first: str) -> bool:
    return 0 < len(first) <= _LONGEST and not _DIGIT.search(first)
