"""Cells that mean the one above: merged ranges where the file names them, else gaps under a number, and 同上."""

from __future__ import annotations

import re

from app.intake.readers.grids import Grid, spread
from app.intake.readers.headers import Header

_SAME = re.compile(r"[\"“”'(（]?(?:同上|同前|〃|″|〞|''|\"|″″|同左上)[\"”)）]?")
_ALWAYS = {"site", "category", "item"}
_UNDER_A_GAP = {"site", "unit", "owner", "leader", "planned", "unknown", "category", "partner", "item"}


class Filling:
    """Remembers what stood above while the rows of one table go by."""

    def __init__(self, grid: Grid, head: Header) -> None:
        self.head, self.number = head, head.first("number")
        self.owner = {cell: by for cell, by in spread(grid).items() if cell[0] >= head.body and by[1] == cell[1]}
        self.grid = grid
        self.merged_columns = {cell[1] for cell in self.owner}
        self.above: dict[int, str] = {}
        measures = head.all("measure", "progress")
        self.measure = measures[0] if measures else None

    def row(self, at: int, row: list[str], problem: int | None) -> tuple[bool, list[str]]:
        """Whether the row only goes on with the problem above, and the row with its gaps filled."""
        filled = list(row) + [""] * (len(self.head.names) - len(row))
        goes_on = self._goes_on(at, filled, problem)
        gap = self.number is not None and not filled[self.number].strip()
        for place, meaning in enumerate(self.head.meanings):
            cell = filled[place]
            if (at, place) in self.owner:
                top, left = self.owner[at, place]
                filled[place] = self.grid.rows[top][left]
            elif self._means_the_one_above(cell, meaning, place, gap) and place in self.above:
                filled[place] = self.above[place]
            if filled[place] and filled[place].strip():
                self.above[place] = filled[place]
        return goes_on, filled

    def _means_the_one_above(self, cell: str, meaning: str | None, place: int, gap: bool) -> bool:
        if cell and cell.strip():
            return len(cell) < 8 and bool(_SAME.fullmatch(cell.strip()))
        if place in self.merged_columns:  # the file says what is merged here: a gap is a gap
            return False
        return meaning in _ALWAYS or (gap and meaning in _UNDER_A_GAP)

    def _goes_on(self, at: int, row: list[str], problem: int | None) -> bool:
        """A further measure of the problem above: its cell is merged with it, or empty like its number."""
        if problem is None:
            return False
        if (at, problem) in self.owner:
            return True
        has_measure = self.measure is not None and bool(row[self.measure].strip())
        has_number = self.number is not None and bool(row[self.number].strip())
        return not row[problem].strip() and has_measure and not has_number

    def is_repeated(self, at: int, place: int) -> bool:
        """Whether a cell only repeats the merged one above."""
        return (at, place) in self.owner
