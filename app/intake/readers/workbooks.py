"""Workbooks (.xlsx, .xls): every visible sheet as a grid, with merged ranges, hidden parts and pictures."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import ParseError

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from app.intake.readers import anchors, packages, strangers, untouched
from app.intake.readers.grids import Grid, Range, as_text
from app.intake.reading import Unreadable
from workflows.grammar import Sentence

SHEETS = 60
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b[^>]*?\sr="(\d{1,7})"[^>]*?\shidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_ATTRIBUTE = re.compile(rb'\s(min|max|hidden)="(\w+)"')


def grids_of(path: Path) -> tuple[list[Grid], list[Sentence]]:
    """Every sheet of the workbook that people can see, and what is to be said of the others; raises Unreadable."""
    try:
        parts = _parts_of(path) if zipfile.is_zipfile(path) else {}
        book = CalamineWorkbook.from_path(str(path))
        shown, hidden = _sheets(book)
        grids = [grid for grid in (_grid(book, name, parts) for name in shown[:SHEETS]) if grid.rows]
        return grids, untouched.sheets(hidden, len(shown[SHEETS:]))
    except PasswordError as error:
        raise Unreadable(strangers.LOCKED) from error
    except (CalamineError, ValueError, OSError, EOFError, zipfile.BadZipFile, ParseError) as error:
        raise Unreadable(packages.BROKEN, 422) from error


def _sheets(book: CalamineWorkbook) -> tuple[list[str], list[str]]:
    """The sheets to read and the hidden ones; all are read where all are hidden."""
    sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    visible = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
    hidden = [one.name for one in sheets if one.visible != SheetVisibleEnum.Visible]
    return (visible, hidden) if visible else (hidden, [])


def _grid(book: CalamineWorkbook, name: str, parts: dict[str, anchors.Sheet]) -> Grid:
    sheet = book.get_sheet_by_name(name)
    height, width = sheet.total_height, sheet.total_width
    if height > packages.ROWS + 1 or width > packages.COLUMNS or height * width > packages.CELLS:
        raise Unreadable(packages.TOO_FAR)
    rows = as_text(sheet.to_python(skip_empty_area=False))
    merged = [_range(*corners) for corners in sheet.merged_cell_ranges or ()]
    grid = Grid(name, rows, 1, merged)
    if part := parts.get(name):
        grid.hidden_rows, grid.hidden_columns = part.hidden_rows, part.hidden_columns
        grid.pictures = part.pictures
    return grid


def _range(first: tuple[int, int], last: tuple[int, int]) -> Range:
    return (*first, *last)


def _parts_of(path: Path) -> dict[str, anchors.Sheet]:
    """What calamine does not tell: hidden rows and columns, and which pictures lie in which row."""
    with zipfile.ZipFile(path) as package:
        return {name: _looked_at(package, part) for name, part in anchors.sheets_of(package).items()}


def _looked_at(package: zipfile.ZipFile, part: str) -> anchors.Sheet:
    text = package.read(part) if part in package.namelist() else b""
    packages.check_reach(text)
    hidden = {int(hit[1]) - 1 for hit in _HIDDEN.finditer(text)} if b"hidden=" in text else set()
    return anchors.Sheet(hidden, _hidden_columns(text), anchors.pictures_of(package, part, text))


def _hidden_columns(text: bytes) -> set[int]:
    hidden: set[int] = set()
    for column in _HIDDEN_COLUMN.finditer(text[: text.find(b"sheetData")]):
        said = dict(_ATTRIBUTE.findall(column[0]))
        if said.get(b"hidden") in (b"1", b"true"):
            hidden.update(range(int(said[b"min"]) - 1, min(int(said[b"max"]), packages.COLUMNS)))
    return hidden
