"""Columns parted by nothing but blanks: the header says where each begins, and every row stands below it."""

from __future__ import annotations

import re
import unicodedata

from app.intake.readers.columns import meaning_of
from app.intake.readers.dates import find_day
from app.intake.readers.headers import header_at
from app.intake.readers.lines import Line, fold
from app.intake.readers.rules import rule

_LEAST = 3
_CELL = rule(r"\S+(?: (?! )\S+)*")
_WORD = rule(r"\S+")
_COUNTED = rule(r"\d{1,3}[.、]?")
_RULED = rule(r"[-=_—─━\s|+]+")
_OPEN = ("，", "、", "；", ",", ";", "（")
_NEAR = 4  # half a heading: so far may the words of a row stand from where its column begins
Cell = tuple[int, int, int]  # where it begins in the line and ends, and where it begins as it is seen


def restored(lines: list[Line]) -> list[Line]:
    """The same lines, with the rows of every table whose columns are set apart by blanks written with tabs."""
    out = list(lines)
    at = 0
    while at < len(out):
        head = _head(out[at])
        at = _table(out, at, head) if head else at + 1
    return [line for line in out if line is not _GONE]


_GONE = Line(0, "", "")


def _head(line: Line) -> list[Cell]:
    """The cells of a line that names columns, or none."""
    if "\t" in line.plain or "|" in line.plain or line.plain.strip().count(" ") < _LEAST - 1:
        return []
    for pattern in (_CELL, _WORD):
        cells = _cells(line, pattern)
        names = [line.plain[start:end] for start, end, _ in cells]
        if len(cells) < _LEAST or not header_at([names], 0) or any(":" in name for name in names):
            continue
        if pattern is _CELL or meaning_of(names[0]) == "number":
            return cells
    return []


def _cells(line: Line, pattern: re.Pattern[str]) -> list[Cell]:
    """Each run of words with its place on paper: a wide sign takes the room of two."""
    wide = [0]
    for sign in line.raw:
        wide.append(wide[-1] + (2 if unicodedata.east_asian_width(sign) in "WF" else 1))
    plain = line.plain if pattern is _WORD else _doubled(line)
    return [(*hit.span(), wide[hit.start()]) for hit in pattern.finditer(plain)]


def _doubled(line: Line) -> str:
    """A wide blank parts as two narrow ones do."""
    return "".join("\t" if wide == "\u3000" else sign for wide, sign in zip(line.raw, line.plain, strict=True))


def _table(out: list[Line], at: int, head: list[Cell]) -> int:
    """Write the rows below the header at `at` with tabs; where the table ends."""
    rows: list[tuple[int, list[str]]] = []
    below = at + 1
    for below in range(at + 1, len(out) + 1):
        line = out[below] if below < len(out) else _GONE
        if not line.plain.strip():
            if below + 1 >= len(out) or len(_row(out[below + 1], head)) < 2:
                break
            continue
        if _RULED.fullmatch(line.plain):
            out[below] = _GONE
            continue
        row = _row(line, head)
        if not row or not _goes_on(row, rows, line):
            break
        if _is_more(row, rows, head):
            _add(rows[-1][1], row, line)
            out[below] = _GONE
        else:
            rows.append((below, [line.raw[slice(*row[place])] if place in row else "" for place in range(len(head))]))
    if not rows:
        return at + 1
    _write(out, at, [out[at].raw[start:end] for start, end, _ in head])
    for place, cells in rows:
        _write(out, place, cells)
    return below


def _row(line: Line, head: list[Cell]) -> dict[int, tuple[int, int]]:
    """Which part of the line stands in which column; empty where it does not fit the header."""
    if "\t" in line.plain or "|" in line.plain:
        return {}
    cells = _cells(line, _CELL)
    if (
        len(cells) < len(head)
        and (words := _cells(line, _WORD))
        and _COUNTED.fullmatch(line.plain[slice(*words[0][:2])])
    ):
        cells = words if len(words) <= len(head) else cells
        if len(words) == len(head):
            return {place: cell[:2] for place, cell in enumerate(words)}
    if len(cells) == len(head):
        return {place: cell[:2] for place, cell in enumerate(cells)}
    begins = [start for _, _, start in head]
    row: dict[int, tuple[int, int]] = {}
    for start, end, seen in cells:
        place = min(range(len(begins)), key=lambda one: abs(begins[one] - seen))
        if place in row or abs(begins[place] - seen) > _NEAR:
            return _in_order(cells, line, head)
        row[place] = (start, end)
    return row


def _in_order(cells: list[Cell], line: Line, head: list[Cell]) -> dict[int, tuple[int, int]]:
    """Cells that stand below no heading are taken as they come; a day at the end is what the last heading asks for."""
    if len(cells) > len(head) or len(cells) < 2 or not _COUNTED.fullmatch(line.plain[slice(*cells[0][:2])]):
        return {}
    row = {place: cell[:2] for place, cell in enumerate(cells)}
    if find_day(line.plain[slice(*cells[-1][:2])], 2000)[0]:
        row[len(head) - 1] = row.pop(len(cells) - 1)
    return row


def _goes_on(row: dict[int, tuple[int, int]], rows: list[tuple[int, list[str]]], line: Line) -> bool:
    """A row fills several columns; what is wrapped begins below a column that is not the first."""
    if len(row) > 1:
        return not (0 in row and ":" in line.plain[slice(*row[0])])
    return bool(rows) and 0 not in row


def _is_more(row: dict[int, tuple[int, int]], rows: list[tuple[int, list[str]]], head: list[Cell]) -> bool:
    """Whether a line only goes on with the row above: one cell of it that had no room, and others that were empty."""
    if not rows or 0 in row:
        return False
    full = [place for place in row if rows[-1][1][place]]
    if len(full) != 1 or len(row) > 1:
        return len(full) == 1
    room = (head[full[0] + 1][2] if full[0] + 1 < len(head) else head[full[0]][2] + 20) - head[full[0]][2]
    words = rows[-1][1][full[0]]
    return words[-1:] in _OPEN or 2 * len(words) + 6 >= room


def _add(cells: list[str], row: dict[int, tuple[int, int]], line: Line) -> None:
    for place, (start, end) in row.items():
        cells[place] += line.raw[start:end]


def _write(out: list[Line], at: int, cells: list[str]) -> None:
    out[at] = Line(out[at].number, "\t".join(cells), "\t".join(fold(cell) for cell in cells))
