"""Rows of a table that are no problems: passed checks, totals, notes, headings of groups; each is said with its reason."""

from __future__ import annotations

from app.intake.readers import noitem
from app.intake.readers.grids import Grid
from app.intake.readers.parts import Part
from app.intake.reading import SetAside
from workflows.grammar import Sentence


class Left:
    """Sets the rows of one table aside, also a heading of a group below which no problem stands."""

    def __init__(self, grid: Grid, part: Part) -> None:
        self.grid, self.part = grid, part
        self.group: tuple[int, list[str], int] | None = None  # its row, and how many problems were known then

    def aside(self, at: int, row: list[str], reason: Sentence) -> None:
        text = " | ".join(filter(None, row))
        self.part.set_aside.append(SetAside(self.grid.name, self.grid.place(at), text[:200], reason))
        if reason is noitem.NO_PROBLEM:
            self.part.without_problem.append(self.grid.place(at))

    def passed(self, at: int, row: list[str]) -> None:
        self.part.passed += 1
        self.aside(at, row, noitem.PASSED)

    def begin(self, at: int, row: list[str]) -> str:
        """What the heading of a group names; nothing where the row only counts."""
        if words := noitem.name_of_group(row):
            self.end()
            self.group = at, row, len(self.part.findings)
        return words

    def end(self) -> None:
        """The group above ends."""
        if self.group and self.group[2] == len(self.part.findings):
            self.aside(*self.group[:2], noitem.GROUP)
        self.group = None
