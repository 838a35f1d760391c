"""Sheets, tables and cells of forms that became nothing: told by the numbers of their rows, so that none is dropped silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.intake.readers import unread
from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid
from app.intake.readers.lines import Line, fold
from app.intake.readers.noitem import is_a_note
from app.intake.readers.parts import Part
from workflows.grammar import Sentence, say

_SHOWN, _LABEL, _TITLE = 5, 16, 30


@dataclass
class Untold:
    """What a file holds beside its lists: how many tables, those left alone, and those read as forms."""

    tables: int = 0
    left: list[tuple[int, Grid]] = field(default_factory=list)
    forms: list[Grid] = field(default_factory=list)

    def told(self, part: Part) -> list[Sentence]:
        """Which of them became nothing."""
        return tables(self.left) + forms(self.forms, part)


def sheets(hidden: Sequence[str], beyond: int) -> list[Sentence]:
    """What a workbook holds besides the sheets that were looked at."""
    told = []
    if hidden:
        names = ", ".join(f"“{name}”" for name in hidden[:_SHOWN])
        told.append(say("%(n)d hidden sheets were not read: %(names)s. Show them in the file if they matter.",
                        n=len(hidden), names=names))  # fmt: skip
    if beyond:
        told.append(say("The last %(n)d sheets were not read: the file has too many. Choose them in a file of their own.",
                        n=beyond))  # fmt: skip
    return told


def tables(left: Sequence[tuple[int, Grid]]) -> list[Sentence]:
    """Tables, each with its place in the file, in which nothing names problems."""
    if not left:
        return []
    names = "; ".join(f"{_name(at, grid)} ({_rows(grid)})" for at, grid in left[:_SHOWN])
    return [say("%(n)d tables were not read, for they are no lists of problems: %(tables)s. Look whether one is.",
                n=len(left), tables=names)]  # fmt: skip


def _name(at: int, grid: Grid) -> str:
    return f"“{grid.name}”" if grid.name else str(at)


def _rows(grid: Grid) -> str:
    held = [grid.place(at) for at, row in enumerate(grid.rows) if any(row)]
    return f"{held[0]}–{held[-1]}" if len(held) > 1 else str(held[0])


def forms(grids: Sequence[Grid], part: Part) -> list[Sentence]:
    """Rows of forms of which at least one cell says more than a heading and was kept nowhere."""
    if not grids:
        return []
    kept = unread.kept(part.findings, part.measures)
    left: list[tuple[int, str]] = []
    for grid in grids:
        for at, row in enumerate(grid.rows):
            lost = [cell for cell in _words_of(row) if _is_lost(cell, kept, part.passed > 0)]
            left += [(grid.place(at), unread.brief(lost[0]))] if lost else []
    if not left:
        return []
    rows = "; ".join(f"{at} “{words}”" for at, words in left[:_SHOWN])
    more = ", ".join(unread.ranges([at for at, _words in left[_SHOWN:]]))
    return [say("%(n)d rows of forms hold words that became nothing: %(rows)s. Look whether they matter.",
                n=len(left), rows=f"{rows}; {more}" if more else rows)]  # fmt: skip


def _words_of(row: Sequence[str]) -> list[str]:
    """The cells of a row of a form without its labels, or without the title that stands alone."""
    cells = [cell for cell in dict.fromkeys(row) if cell]
    if len(cells) > 1 and len(cells[0]) <= _LABEL:
        cells = cells[1:]
    elif len(cells) == 1 and len(cells[0]) <= _TITLE and "。" not in cells[0]:
        return []
    return [cell for cell in cells if not (meaning_of(name_of(cell)) or is_a_note(fold(cell)))]


def _is_lost(cell: str, kept: set[str], counted: bool) -> bool:
    lines = [Line(0, words, fold(words)) for words in cell.split("\n")]
    return any(unread.says_something(line, counted) and not unread.is_kept(line, kept) for line in lines)
