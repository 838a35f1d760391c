"""Makes the real file out of what stands here as readable text.

`x.txt`, `x.xls` are the file itself. `x.gb18030.csv` and `x.bom.csv` become `x.csv` in that encoding.
`x.xlsx.sheet` is a workbook, a line a row and `|` between cells; `x.docx.page` a document, a line a paragraph.
In cells: `^` is merged with the cell above, `<` with the cell to the left, `@2024-05-10` is a date, `#7` a number,
`\\n` a line break. `!sheet NAME`, `!hide C` (a column) and `!secret` (the sheet is hidden) stand on lines of their own.
In documents `# ` is a heading, `* ` a paragraph that Word numbers, and `| a | b |` a row of a table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import openpyxl

ENCODINGS = {".gb18030": "gb18030", ".bom": "utf-8-sig"}
Grid = list[list[str]]


def make(source: Path, folder: Path) -> Path:
    """The file itself, in `folder` unless it stands in the corpus already."""
    if source.suffix == ".sheet":
        return _workbook(source.read_text("utf-8"), folder / source.stem)
    if source.suffix == ".page":
        return _document(source.read_text("utf-8"), folder / source.stem)
    for mark, encoding in ENCODINGS.items():
        if mark in source.suffixes:
            made = folder / source.name.replace(mark, "")
            made.write_bytes(source.read_text("utf-8").encode(encoding))
            return made
    return source


def _workbook(text: str, target: Path) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for part in text.split("!sheet ")[1:]:
        name, *lines = part.rstrip("\n").split("\n")
        sheet = book.create_sheet(name.strip())
        orders = [line.split() for line in lines if line.startswith("!")]
        _fill(sheet, [line.split("|") for line in lines if not line.startswith("!")])
        for order in orders:
            _obey(sheet, order)
    book.save(target)
    return target


def _obey(sheet: Any, order: list[str]) -> None:
    if order[0] == "!secret":
        sheet.sheet_state = "hidden"
    else:
        sheet.column_dimensions[order[1]].hidden = True


def _fill(sheet: Any, grid: Grid) -> None:
    for r, row in enumerate(grid, 1):
        for c, cell in enumerate(row, 1):
            if cell.strip() not in {"^", "<", ""}:
                sheet.cell(r, c, _value(cell.strip()))
    for top, left, bottom, right in _merged(grid):
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)


def _value(cell: str) -> Any:
    if cell.startswith("@"):
        return dt.datetime.fromisoformat(cell[1:])
    if cell.startswith("#"):
        return float(cell[1:]) if "." in cell else int(cell[1:])
    return cell.replace("\\n", "\n")


def _merged(grid: Grid) -> Iterator[tuple[int, int, int, int]]:
    """The corners of every merged range: top, left, bottom, right, from 0."""

    def at(r: int, c: int) -> str:
        return grid[r][c].strip() if 0 <= r < len(grid) and 0 <= c < len(grid[r]) else ""

    for r, row in enumerate(grid):
        for c in range(len(row)):
            if at(r, c) in {"^", "<"}:
                continue
            bottom, right = r, c
            while at(bottom + 1, c) == "^":
                bottom += 1
            while at(r, right + 1) == "<":
                right += 1
            if (bottom, right) != (r, c):
                yield r, c, bottom, right


def _document(text: str, target: Path) -> Path:
    paper = docx.Document()
    for is_table, lines in groupby(text.rstrip("\n").split("\n"), lambda line: line.startswith("|")):
        if is_table:
            _table(paper, [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines])
        else:
            for line in lines:
                _paragraph(paper, line)
    paper.save(target)
    return target


def _paragraph(paper: Any, line: str) -> None:
    for mark, style in (("# ", "Heading 1"), ("* ", "List Number")):
        if line.startswith(mark):
            paper.add_paragraph(line.removeprefix(mark), style=style)
            return
    paper.add_paragraph(line)


def _table(paper: Any, grid: Grid) -> None:
    table = paper.add_table(rows=len(grid), cols=max(map(len, grid)))
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if cell not in {"^", "<", ""}:
                table.cell(r, c).text = cell.replace("\\n", "\n")
    for top, left, bottom, right in _merged(grid):
        table.cell(top, left).merge(table.cell(bottom, right))
