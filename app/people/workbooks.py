"""Reading a workbook within limits: what it may hold is known before any of it is unpacked into memory."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from python_calamine import CalamineError, CalamineWorkbook

MEGABYTE = 1024 * 1024
LARGEST, UNPACKED, PARTS = 5 * MEGABYTE, 60 * MEGABYTE, 300
ROWS, COLUMNS, SHEETS = 20_000, 100, 10
CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>/])[^>]*>")
PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
Cells = list[list[str]]


class Unreadable(Exception):
    """A file that cannot be read; the sentence says why and what to do."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


NOT_XLSX = _l("This is not an .xlsx workbook. Save it in Excel or WPS as “.xlsx” and choose it again.")
TOO_MUCH = _l("The workbook unpacks to far more than a list of units or people needs. Copy the rows into the template.")
TOO_FAR = _l("A sheet has more than 20,000 rows or 100 columns. Delete what does not belong to the list.")
BROKEN = _l("The workbook is damaged. Open it in Excel or WPS, save it anew and choose it again.")


def sheets_of(content: bytes) -> dict[str, Cells]:
    """Every sheet by name, each cell as text without blanks around it."""
    if len(content) > LARGEST:
        raise Unreadable(_l("The file is larger than 5 MB. Split it and import the parts."))
    _looked_through(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names[:SHEETS]
        return {name: [[_text(cell) for cell in row] for row in _rows(book, name)] for name in names}
    except (CalamineError, ValueError, OSError) as error:
        raise Unreadable(BROKEN) from error


def _rows(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\u3000", " ").strip()


def _looked_through(content: bytes) -> None:
    """Unpack every part once within the limits, check its sum, and see how far each sheet reaches."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            listed = parts.infolist()
            if "xl/workbook.xml" not in parts.namelist():
                raise Unreadable(NOT_XLSX)
            if len(listed) > PARTS or sum(part.file_size for part in listed) > UNPACKED:
                raise Unreadable(TOO_MUCH)
            for part in listed:
                text = parts.read(part)
                if part.filename.startswith("xl/worksheets/"):
                    _within_limits(text)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable(BROKEN if content[:2] == b"PK" else NOT_XLSX) from error


def _within_limits(sheet: bytes) -> None:
    """A single cell far away would make the reader lay out everything between, so places are read first."""
    for cell in CELL.finditer(sheet):
        place = PLACE.search(cell[0])
        if place is None:
            raise Unreadable(BROKEN)
        if int(place[2]) > ROWS + 1 or _column(place[1]) > COLUMNS:
            raise Unreadable(TOO_FAR)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
