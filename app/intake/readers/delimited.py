"""Text files: their encoding, and whether their lines are rows of a table (.csv, saved or exported)."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from app.intake.readers import by_content
from app.intake.readers.grids import Grid, is_wide
from app.intake.readers.headers import Header, header_at
from app.intake.reading import Unreadable
from workflows.grammar import say

NOT_TEXT = say("This is neither a workbook (.xlsx, .xls), a Word document (.docx) nor text in UTF-8 or GB18030. Save "
               "the list in one of these and choose it again.")  # fmt: skip
_MARKS = ",\t;|，；"
_OF_SENTENCES = "，；"  # “针对以上问题，提出如下意见” is no header
_LOOKED_AT, _NEAR, _PAIR = 40, 10, 2
_COMPUTED = frozenset("=+-@＝＋－＠")


def decoded(path: Path) -> str:
    """The words of a text file in UTF-8, UTF-16 with its mark, or GB18030."""
    content = path.read_bytes()
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decoded(content, "utf-16")
    if b"\0" in content:
        raise Unreadable(NOT_TEXT)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(NOT_TEXT)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(NOT_TEXT) from error


def grid_of(text: str, name: str = "") -> Grid | None:
    """The table that a text is, parted by the sign that gives its header the most known columns; else None."""
    best, most = None, 1
    for mark in _MARKS:
        if mark not in text:
            continue
        rows = _rows(text, mark, _LOOKED_AT)
        known = max(
            (head.known for at in range(len(rows)) if (head := header_at(rows, at)) and _holds(rows, head)
             and (mark not in _OF_SENTENCES or (len(head.names) > _PAIR and at < _NEAR))), default=0
        )  # fmt: skip
        if known > most:
            best, most = mark, known
    if best is None:
        return _told_by_its_cells(text)
    return Grid("", _rows(text, best, None))


def _told_by_its_cells(text: str) -> Grid | None:
    """A table whose heading says little: as wide in every line, and a column of it tells what is wrong."""
    for mark in (",", "\t"):
        grid = Grid("", _rows(text, mark, _LOOKED_AT)) if text.count(mark) > _LOOKED_AT // 2 else None
        if grid and (is_wide(grid) or ((head := by_content.header_of(grid)) and _holds(grid.rows, head))):
            return Grid("", _rows(text, mark, None))
    return None


def _holds(rows: list[list[str]], head: Header) -> bool:
    """Whether what stands below is as wide as the header: else a sentence only happens to look like one."""
    below = [row for row in rows[head.body :] if any(row)]
    wide = sum(len(row) * 5 >= 3 * len(head.names) for row in below)
    return (
        bool(below)
        and len(head.names) > 1
        and all(len(name) <= 16 for name in head.names)
        and wide * 5 >= 3 * len(below)
    )


def _rows(text: str, mark: str, most: int | None) -> list[list[str]]:
    """Rows with their place kept: an empty line is an empty row, a quoted cell may hold line breaks."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            rows.append(list(map(_plain, row)))
            if most and len(rows) >= most:
                break
    except csv.Error:  # a quote that never ends: the lines as they stand
        return [[cell.strip() for cell in line.split(mark)] for line in text.splitlines()[:most]]
    return rows


def _plain(cell: str) -> str:
    """A cell without blanks, and without the mark that keeps a program from computing it."""
    words = cell.strip()
    return words[1:] if words[:1] == "'" and words[1:2] in _COMPUTED else words
