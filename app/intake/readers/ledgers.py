"""Ledgers: every row of a grid below its header becomes findings with the measures of the same row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from app.intake.readers import abreast, by_content, matrices, spots, turned
from app.intake.readers.body import Body
from app.intake.readers.grids import Grid
from app.intake.readers.headers import Header, corrected, find_header, header_at
from app.intake.readers.parts import Part
from app.intake.readers.rules import rule

_OFTEN = 20  # times that no name of a column stands below it, but its values may
_LONGEST = 12
_DIGIT = rule(r"[0-9]")


def read_ledger(grid: Grid, part: Part, columns: Mapping[str, str]) -> bool:
    """Add what every table of one sheet says to `part`; False when the sheet has none."""
    grid = spots.problems_down(abreast.laid_out(turned.upright(grid)))
    head = find_header(grid, 0)
    if head is None or not head.all("problem"):
        grid, head = matrices.header_of(grid, head) or (grid, head)
    head = head or by_content.guessed(grid)
    if head is None:
        return False
    while head is not None:
        by_content.settle(head, grid)
        head = corrected(head, grid, columns)
        part.note_columns(grid, head)
        end = _end(grid, head)
        Body(grid, head, part).read(end)
        head = find_header(grid, end, 1) if end < len(grid.rows) else None
    return True


def _end(grid: Grid, head: Header) -> int:
    """Where the next header stands that names other columns than this one."""
    firsts = [next(filter(None, row), "") for row in grid.rows[head.body :]]
    often = {first for first, times in Counter(firsts).items() if times > _OFTEN} - {*head.names}
    for at, first in enumerate(firsts, head.body):
        if not first or len(first) > _LONGEST or first in often or _DIGIT.search(first):
            continue
        if header_at(grid.rows, at):
            return at
    return len(grid.rows)
