"""Rows above a table that are neither its title nor facts about it: named, so that none is dropped silently."""

from __future__ import annotations

from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.dates import find_day
from app.intake.readers.grids import Grid
from app.intake.readers.lines import fold
from app.intake.readers.noitem import is_a_note
from app.intake.reading import SetAside
from workflows.grammar import say

ABOVE = say("The row stands above the table and says more than a title.")
_TITLE = 60
_ANY_YEAR = 2000


def above(grid: Grid, first: int) -> list[SetAside]:
    """The rows before the one of that number which say more than what the table is, whose and of which day."""
    rows = ((grid.place(at), [cell for cell in dict.fromkeys(row) if cell]) for at, row in enumerate(grid.rows[:60]))
    told = [(number, cells) for number, cells in rows if number < first and cells and not _is_about(cells)]
    return [SetAside(grid.name, number, " | ".join(cells)[:200], ABOVE) for number, cells in told]


def _is_about(cells: list[str]) -> bool:
    plains = list(map(fold, cells))
    if len(plains) == 1:
        return is_a_note(plains[0]) or (len(plains[0]) <= _TITLE and not {"。", ";"} & {*plains[0]})
    return any(":" in plain or find_day(plain, _ANY_YEAR)[0] or meaning_of(name_of(plain)) for plain in plains)
