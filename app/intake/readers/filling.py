"""Cells that mean the one above: merged ranges where the file names them, else gaps under a number, and 同上."""

from __future__ import annotations

from operator import itemgetter

from app.intake.readers.grids import Grid, spread
from app.intake.readers.headers import Header

_SAME = frozenset(("同上", "同前", "〃", "″", "〞", '"', "“", "”", "″″", "同左", "“同上”", "(同上)", "（同上）", "ditto", "Ditto",
                   "DITTO", "do.", "Do.", "-do-", "as above", "As above", "same as above", "Same as above", "″ ″"))  # fmt: skip
_ALWAYS = {"site", "category", "item"}
_UNDER_A_GAP = {"site", "unit", "owner", "leader", "planned", "unknown", "category", "partner", "item"}


class Filling:
    """Remembers the row above while the rows of one table go by."""

    def __init__(self, grid: Grid, head: Header) -> None:
        self.grid, self.number, self.width = grid, head.first("number"), len(head.names)
        self.owner = {cell: by for cell, by in spread(grid).items() if cell[0] >= head.body and by[1] == cell[1]}
        merged = {cell[1] for cell in self.owner}  # where the file says what is merged, a gap is a gap
        free = [(place, meaning) for place, meaning in enumerate(head.meanings) if place not in merged]
        self.always = [place for place, meaning in free if meaning in _ALWAYS]
        self.under_a_gap = [place for place, meaning in free if meaning in _UNDER_A_GAP]
        self.rows = {row for row, _ in self.owner}
        self.above: list[str] = [""] * self.width
        self.measure = next(iter(head.all("measure", "progress")), None)

    def row(self, at: int, row: list[str], problem: int | None) -> tuple[bool, list[str]]:
        """Whether the row only goes on with the problem above, and the row with its gaps filled."""
        filled = row + [""] * (self.width - len(row)) if len(row) < self.width else row
        if at in self.rows:
            goes_on = self._goes_on(at, filled, problem)
            filled = self._merged(at, filled)
        else:
            goes_on = problem is not None and not filled[problem] and self._goes_on(at, filled, problem)
        gap = self.number is not None and not filled[self.number]
        if gaps := [place for place in (self.under_a_gap if gap else self.always) if not filled[place]]:
            filled = filled[:]
            for place in gaps:
                filled[place] = self.above[place]
        if not _SAME.isdisjoint(filled):
            beside = self.above + filled[len(self.above) :]
            filled = [near if cell in _SAME else cell for cell, near in zip(filled, beside, strict=False)]
        self.above = filled
        return goes_on, filled

    def usual(self, at: int, rows: list[list[str]], problem: int | None) -> list[list[str]]:
        """Many rows of which none goes on with the one above, filled: at once where no cell has a gap to fill."""
        if min(map(len, rows)) < self.width:
            rows = [row + [""] * (self.width - len(row)) for row in rows]
        is_full = all(all(map(itemgetter(place), rows)) for place in self.always)
        if not is_full or not all(map(_SAME.isdisjoint, rows)):
            return [self.row(at + n, row, problem)[1] for n, row in enumerate(rows)]
        self.above = rows[-1]
        return rows

    def _merged(self, at: int, row: list[str]) -> list[str]:
        rows = self.grid.rows
        held = [self.owner.get((at, place), (at, place)) for place in range(len(row))]
        return ["".join(rows[top][left : left + 1]) if top != at else row[left] for top, left in held]

    def _goes_on(self, at: int, row: list[str], problem: int | None) -> bool:
        """A further measure of the problem above: its cell is merged with it, or empty like its number."""
        if problem is None:
            return False
        if (at, problem) in self.owner:
            return True
        has_measure = self.measure is not None and bool(row[self.measure])
        has_number = self.number is not None and bool(row[self.number])
        return not row[problem] and has_measure and not has_number

    def is_repeated(self, at: int, place: int) -> bool:
        """Whether a cell only repeats the merged one above."""
        return (at, place) in self.owner
