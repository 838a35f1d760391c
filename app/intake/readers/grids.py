"""A grid: the cells of one sheet or table as text, with what its program knows of merging, hiding and pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

Range = tuple[int, int, int, int]  # first row, first column, last row, last column, all from 0


@dataclass
class Grid:
    """Rows of cells without blanks around them; `first` is the number of the first row as its own program counts, `name` that of the sheet."""

    name: str
    rows: list[list[str]]
    first: int = 1
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    pictures: dict[int, tuple[tuple[int, str], ...]] = field(default_factory=dict)  # by row: column and part
    lines: list[int] = field(default_factory=list)  # in a text: the line of every row

    def place(self, at: int) -> int:
        """The number of a row as a person counts it."""
        return self.lines[at] if self.lines else self.first + at

    def row(self, place: int) -> list[str]:
        """The row of that number; empty where several have it, because one was laid down cell by cell."""
        if not self.lines:
            return self.rows[place - self.first]
        return self.rows[self.lines.index(place)] if self.lines.count(place) == 1 else []

    def places(self, at: int, many: int) -> list[int]:
        """The numbers of many rows."""
        return self.lines[at : at + many] or list(range(self.first + at, self.first + at + many))

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


def as_text(rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    """Rows of cells, all as wide, as text; a column whose cells mostly differ is not looked up, which costs half."""
    words = Words()
    columns = [
        map(cell_text, column) if len({*column[:_FEW]}) * 2 > _FEW else map(words.__getitem__, column)
        for column in zip(*rows, strict=True)
    ]
    return list(map(list, zip(*columns, strict=True)))


class Words(dict[Any, str]):
    """What cells hold as text, equal ones held once: they are looked up, kept and sent on as one."""

    def __missing__(self, cell: Any) -> str:
        if type(cell) is str:  # most are, and most of them have no blanks around
            words = cell.strip()
            words = cell if len(words) == len(cell) else self.setdefault(words, words)
        elif cell in _LIKE_TICKS:
            return cell_text(cell)
        else:
            words = cell_text(cell)
        self[cell] = words
        return words


def cell_text(value: Any) -> str:
    """What a cell holds, as its reader sees it: no time at midnight, no “.0” behind whole numbers."""
    return _SPELLED.get(type(value), _nothing)(value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")


def _nothing(_value: object) -> str:
    return ""


_FEW = 200
_LIKE_TICKS = frozenset((0, 1))  # equal to False and True, which are spelled otherwise
_SPELLED: dict[type, Callable[[Any], str]] = {
    str: str.strip, float: _number, int: str, date: date.isoformat, datetime: _moment, time: str, timedelta: str,
    bool: {True: "√", False: "×"}.__getitem__,
}  # fmt: skip


def spread(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """For every cell inside a merged range, the cell that holds its words (never for the first cell itself)."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in grid.merged:
        for row in range(top, min(bottom, len(grid.rows) - 1) + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    owner[row, column] = (top, left)
    return owner


def spans(grid: Grid, at: int) -> bool:
    """Whether a cell of that row reaches over several columns."""
    return any(top == at and right > left for top, left, _, right in grid.merged)


def held(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """What the cells of a column hold, without the empty ones."""
    return [row[place] for row in rows if place < len(row) and row[place]]


def shown(grid: Grid, most: int = 6) -> list[str]:
    """The first rows that hold something, as a person would read them."""
    held = (" | ".join(filter(None, row)) for row in grid.rows[:200])
    return [row[:120] for row in held if row][:most]


def is_wide(grid: Grid) -> bool:
    """Most rows hold four cells or more: a table, if of something else than findings, and no text."""
    held = [len({*row} - {""}) for row in grid.rows if any(row)]
    return sum(count > 3 for count in held) * 2 > len(held) > 3
