"""The ledger as a workbook: title, unit and date, two rows of headings, borders, A4 across, written row by row."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from app.papers.columns import COLUMNS, cells, lines
from app.papers.queries_ledger import Full

FIRST = 4  # rows above: title, unit and date, two rows of headings
PHOTOS = (("before", "整改前照片"), ("after", "整改后照片"))
SIDE, WIDE = 112, 16.5  # pixels a photo gets, and its column in characters
LINE_HIGH, LEAST, PHOTO_HIGH, MOST_HIGH = 13.5, 20.0, 88.0, 400.0  # points
MOST_PHOTOS = 4  # of a kind in one cell: no row is higher than 409 points
LINE = {"border": 1, "valign": "vcenter", "text_wrap": True, "num_format": "@", "font_name": "宋体", "font_size": 10}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "方正小标宋简体", "font_size": 20, "align": "center", "valign": "vcenter"},
    "line": {"font_name": "仿宋_GB2312", "font_size": 12, "valign": "vcenter", "num_format": "@"},
    "head": {**LINE, "font_name": "黑体", "font_size": 10.5, "align": "center"},
    "text": LINE, "middle": {**LINE, "align": "center"},
}  # fmt: skip
Picture = Callable[[Any], Path | None]


@dataclass(frozen=True)
class Heading:
    """What stands above the table."""

    title: str
    unit: str
    person: str
    day: str


def write(path: Path, heading: Heading, batches: Iterable[list[Full]], picture: Picture | None = None) -> Iterator[int]:
    """Write the workbook to `path`; yields how many rows are written after every batch."""
    options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False,
               "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = Sheet(book, heading, picture)
        for batch in batches:
            for full in batch:
                sheet.add(full)
            yield sheet.count
        sheet.end()


class Sheet:
    """The one sheet of a ledger; in constant memory, rows are written from top to bottom and never again."""

    def __init__(self, book: Any, heading: Heading, picture: Picture | None) -> None:
        self.looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        self.sheet = book.add_worksheet("整改台账")
        self.picture, self.count = picture, 0
        self.extra = PHOTOS if picture else ()
        self.last = len(COLUMNS) + len(self.extra)
        self.widths = (4.5, *(column.width for column in COLUMNS), *(WIDE for _photo in self.extra))
        self._page()
        self._above(heading)
        self._heads()

    def _page(self) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(FIRST - 2, FIRST - 1)
        sheet.freeze_panes(FIRST, 2)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        for place, width in enumerate(self.widths):
            sheet.set_column(place, place, width)

    def _above(self, heading: Heading) -> None:
        self.sheet.set_row(0, 34)
        self._row(0, [heading.title], "title")
        self._merged(0, 0, 0, self.last)
        said = f"单位（盖章）：{heading.unit}        填报人：{heading.person}        填报日期：{heading.day}"
        self.sheet.set_row(1, 22)
        self._row(1, [said], "line")
        self._merged(1, 0, 1, self.last)

    def _heads(self) -> None:
        groups = ["序号", *(column.group for column in COLUMNS), *(name for _kind, name in self.extra)]
        heads = ["", *(column.heading for column in COLUMNS), *("" for _photo in self.extra)]
        self._row(2, groups, "head")
        self.sheet.set_row(3, 30)
        self._row(3, heads, "head")
        at = 0
        for _name, same in groupby(groups):
            wide = len(list(same))
            self._merged(2, at, 2 if heads[at] else 3, at + wide - 1)
            at += wide

    def add(self, full: Full) -> None:
        """One finding, with its photos when they are asked for."""
        self.count += 1
        line = FIRST + self.count - 1
        texts = [*cells(full, self.count), *("" for _photo in self.extra)]
        self.sheet.set_row(
            line, self._height(texts, max((len(full.pictures(kind)) for kind, _ in self.extra), default=0))
        )
        self._row(line, texts, "text")
        for place, (kind, _name) in enumerate(self.extra, start=len(COLUMNS) + 1):
            for down, photo in enumerate(full.pictures(kind)[:MOST_PHOTOS]):
                self._photo(line, place, photo, down)

    def _height(self, texts: list[str], photos: int) -> float:
        """As high as its longest cell, or its photos; only Excel would find that out by itself."""
        most = max(lines(text, width) for text, width in zip(texts, self.widths, strict=True))
        shown = min(photos, MOST_PHOTOS)
        return min(max(most * LINE_HIGH + 4, LEAST, shown * PHOTO_HIGH + 8 if shown else 0), MOST_HIGH)

    def _photo(self, line: int, place: int, photo: Any, down: int) -> None:
        path = self.picture(photo) if self.picture else None
        if path is not None:
            scale = {
                "x_scale": SIDE / 320,
                "y_scale": SIDE / 320,
                "x_offset": 4,
                "y_offset": 4 + down * PHOTO_HIGH * 96 / 72,
            }
            self.sheet.insert_image(line, place, os.fspath(path), {**scale, "object_position": 1})

    def end(self) -> None:
        """What stands below the table."""
        self.sheet.autofilter(FIRST - 1, 0, FIRST - 1 + self.count, self.last)

    def _row(self, line: int, texts: list[str], look: str) -> None:
        """Strings only: whatever a person typed, no cell becomes a formula, a link or a number."""
        for place, text in enumerate(texts):
            self.sheet.write_string(line, place, text, self.looks[look])

    def _merged(self, top: int, left: int, bottom: int, right: int) -> None:
        # merge_range() writes all its cells at once, which constant memory forbids; the range itself is all we need.
        if (top, left) != (bottom, right):
            self.sheet.merge.append([top, left, bottom, right])
