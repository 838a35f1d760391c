"""The ledger as a workbook: title, unit and date, two rows of headings, borders, A4 across, written row by row."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from app.papers.columns import COLUMNS, cells, lines
from app.papers.kept import GROUP, PRINTED
from app.papers.looks import LINE_HIGH, LOOKS, MOST_HIGH
from app.papers.pack import folder_name
from app.papers.queries_ledger import Full

FIRST = 4  # rows above: title, unit and date, two rows of headings
PHOTOS = (("before", "整改前照片"), ("after", "整改后照片"))
SIDE, WIDE = 112, 16.5  # pixels a photo gets, and its column in characters
LEAST, PHOTO_HIGH, NOTE_HIGH = 20.0, 88.0, 34.0  # points
MOST_PHOTOS = 4  # of a kind in one cell: no row is higher than 409 points
REST = "另有{rest}张，见佐证材料包：{folder}"
BEHIND = 9  # characters of a column behind ours
MIDDLE = ("检查时间", "问题类别", "责任人", "整改时限", "整改方式", "整改完成时间", "当前状态")
LOOK_OF = ("middle", *("middle" if column.heading in MIDDLE else "text" for column in COLUMNS))
Picture = Callable[[Any], Path | None]


@dataclass(frozen=True)
class Heading:
    """What stands above the table."""

    title: str
    unit: str
    person: str
    day: str


def write(path: Path, heading: Heading, batches: Iterable[list[Full]], picture: Picture | None = None,
          more: Sequence[str] = ()) -> Iterator[int]:  # fmt: skip
    """Write the workbook to `path`, with the headings `more` behind ours; yields how many rows are written."""
    options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False,
               "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = Sheet(book, heading, picture, more)
        for batch in batches:
            for full in batch:  # row by row: four hundred times eight photos take longer than a lease
                sheet.add(full)
                yield sheet.count
        sheet.end()


class Sheet:
    """The one sheet of a ledger; in constant memory, rows are written from top to bottom and never again."""

    def __init__(self, book: Any, heading: Heading, picture: Picture | None, more: Sequence[str] = ()) -> None:
        self.looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        self.sheet = book.add_worksheet("整改台账")
        self.picture, self.count, self.more = picture, 0, more
        self.extra = PHOTOS if picture else ()
        self.ours = len(COLUMNS) + len(self.extra)
        self.last = self.ours + len(more)
        self.widths = (4.5, *(column.width for column in COLUMNS), *(WIDE for _photo in self.extra),
                       *(BEHIND for _name in more))  # fmt: skip
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
        self._merged(0, 0, 0, self.ours)
        said = f"单位（盖章）：{heading.unit}        填报人：{heading.person}        填报日期：{heading.day}"
        self.sheet.set_row(1, 22)
        self._row(1, [said], "line")
        self._merged(1, 0, 1, self.ours)

    def _heads(self) -> None:
        groups = ["序号", *(column.group for column in COLUMNS), *(name for _kind, name in self.extra),
                  *(GROUP for _name in self.more)]  # fmt: skip
        heads = ["", *(column.heading for column in COLUMNS), *("" for _photo in self.extra), *self.more]
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
        texts, ours = cells(full, self.count, self.more), len(COLUMNS) + 1
        shown = [self._shown(full.pictures(kind)) for kind, _name in self.extra]
        notes = [_rest(full, rest) for _paths, rest in shown]
        self.sheet.set_row(line, self._height(texts, shown))
        for place, (text, look) in enumerate(zip(texts[:ours], LOOK_OF, strict=True)):
            self._row(line, [text], look, at=place)
        self._row(line, notes, "photos", at=ours)
        self._row(line, texts[ours:], "text", at=ours + len(notes))
        for place, (paths, _rest_of) in enumerate(shown, start=ours):
            for down, path in enumerate(paths):
                self._photo(line, place, path, down)

    def _shown(self, photos: list[Any]) -> tuple[list[Path], int]:
        """The photos that lie in the cell, and how many more there are."""
        paths = [path for photo in photos[:MOST_PHOTOS] if self.picture and (path := self.picture(photo))]
        return paths, len(photos) - len(paths)

    def _height(self, texts: list[str], shown: list[tuple[list[Path], int]]) -> float:
        """As high as its longest cell, or its photos; only Excel would find that out by itself."""
        widths = [*self.widths[: len(COLUMNS) + 1], *(BEHIND for _name in self.more)]
        most = max(lines(text, width) for text, width in zip(texts, widths, strict=True))
        photos = max((len(paths) * PHOTO_HIGH + 8 + (NOTE_HIGH if rest else 0) for paths, rest in shown), default=0)
        return min(max(most * LINE_HIGH + 4, LEAST, photos if photos > 8 else 0), MOST_HIGH)

    def _photo(self, line: int, place: int, path: Path, down: int) -> None:
        placed = {"x_scale": SIDE / 320, "y_scale": SIDE / 320, "x_offset": 4,
                  "y_offset": 4 + down * PHOTO_HIGH * 96 / 72, "object_position": 1}  # fmt: skip
        self.sheet.insert_image(line, place, os.fspath(path), placed)

    def end(self) -> None:
        """What frames the table: its filters, and how much of it is printed."""
        self.sheet.autofilter(FIRST - 1, 0, FIRST - 1 + self.count, self.last)
        if len(self.more) > PRINTED:
            self.sheet.print_area(0, 0, FIRST - 1 + self.count, self.ours)

    def _row(self, line: int, texts: list[str], look: str, at: int = 0) -> None:
        """Strings only: whatever a person typed, no cell becomes a formula, a link or a number."""
        for place, text in enumerate(texts, start=at):
            self.sheet.write_string(line, place, text, self.looks[look])

    def _merged(self, top: int, left: int, bottom: int, right: int) -> None:
        # merge_range() writes all its cells at once, which constant memory forbids; the range itself is all we need.
        if (top, left) != (bottom, right):
            self.sheet.merge.append([top, left, bottom, right])


def _rest(full: Full, rest: int) -> str:
    """How many photos do not lie in the cell, and where they are."""
    unit = folder_name(full.row.unit or "未定单位")
    return REST.format(rest=rest, folder=f"{unit}/{folder_name(full.row.number)}") if rest else ""
