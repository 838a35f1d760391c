"""A table of numbers as a workbook: title, what is counted, one row of headings, borders, definitions below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from app.papers.looks import LINE, LOOKS

HEAD = 3  # rows above the headings: title, what is counted, the sentence
NUMBER = {**LINE, "align": "right"} | {"num_format": "#,##0.##"}
FIRST_WIDE, WIDE = 26, 13


def write(path: Path, title: str, above: Sequence[str], heads: Sequence[str], rows: Iterable[Sequence[Any]],
          below: Sequence[str]) -> None:  # fmt: skip
    """Write the workbook to `path`. Numbers stay numbers; a text is a text, whatever it begins with."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        looks = {name: book.add_format(look) for name, look in {**LOOKS, "number": NUMBER}.items()}
        _page(sheet, len(heads))
        sheet.write_string(0, 0, title, book.add_format({**LOOKS["title"], "align": "left"}))
        for line, text in enumerate(above, start=1):
            sheet.write_string(line, 0, text, looks["line"])
        for place, text in enumerate(heads):
            sheet.write_string(HEAD, place, text, looks["head"])
        last = _rows(sheet, rows, looks)
        for line, text in enumerate(below, start=last + 2):
            sheet.write_string(line, 0, text, looks["line"])


def _page(sheet: Any, wide: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.set_column(0, 0, FIRST_WIDE)
    sheet.set_column(1, max(wide - 1, 1), WIDE)


def _rows(sheet: Any, rows: Iterable[Sequence[Any]], looks: dict[str, Any]) -> int:
    line = HEAD
    for row in rows:
        line += 1
        for place, said in enumerate(row):
            if isinstance(said, int | float):
                sheet.write_number(line, place, said, looks["number"])
            else:
                sheet.write_string(line, place, said, looks["text"])
    return line
