"""The same paper written otherwise: nothing here changes what it means, so the reading has to stay the same."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import opencc
import openpyxl

from app.intake.readers import fields
from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid
from app.intake.readers.headers import find_header
from app.intake.reading import Reading
from tests.intake.scoring import folded

Sheets = list[Grid]
_DAY = re.compile(r"(20\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?")
_SIMPLE = opencc.OpenCC("t2s")


def essence(reading: Reading) -> list[tuple[Any, ...]]:
    """What was found, in any order of its rows: the words without signs and widths, and what hangs on them."""
    found = reading.as_json()["findings"]
    return sorted(
        (_bare(one["text"]), _bare(one["unit"]), _bare(one["owner"]), one["deadline"] or _bare(one["deadline_raw"]),
         tuple(sorted((_bare(each["text"]), each["link"], each["deadline"] or "") for each in one["measures"])))
        for one in found
    )  # fmt: skip


def _bare(words: str | None) -> str:
    """Without signs and widths, and days in one spelling."""
    plain = _DAY.sub(lambda hit: f"{hit[1]}-{hit[2]:0>2}-{hit[3]:0>2}", words or "")
    return folded(_SIMPLE.convert(plain))


# tables


def as_workbook(sheets: Sheets, target: Path) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for grid in sheets:
        sheet = book.create_sheet(grid.name)
        for r, row in enumerate(grid.rows, 1):
            for c, cell in enumerate(row, 1):
                sheet.cell(r, c, cell or None)
        for top, left, bottom, right in grid.merged:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(target.with_suffix(".xlsx"))
    return target.with_suffix(".xlsx")


def as_document(sheets: Sheets, target: Path) -> Path:
    paper = docx.Document()
    for grid in sheets:
        table = paper.add_table(rows=len(grid.rows), cols=grid.width)
        for line, row in zip(table._tbl.tr_lst, grid.rows, strict=True):
            for cell, words in zip(line.tc_lst, row, strict=False):
                docx.table._Cell(cell, table).text = words
        for top, left, bottom, right in grid.merged:
            table.cell(top, left).merge(table.cell(bottom, right))
        paper.add_paragraph("")
    paper.save(str(target.with_suffix(".docx")))
    return target.with_suffix(".docx")


def as_text(sheets: Sheets, mark: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows(sheets[0].rows)
    return out.getvalue()


def as_bars(sheets: Sheets) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in sheets[0].rows)


def head_of(grid: Grid) -> int | None:
    """The row of a header of one row; None where there is another or none."""
    head = find_header(grid, 0)
    return head.at if head and head.depth == 1 else None


def is_plain(grid: Grid) -> bool:
    return head_of(grid) is not None and not grid.merged


def moved(grid: Grid, rows: list[list[str]]) -> Grid:
    """The same below more rows."""
    many = len(rows)
    merged = [(top + many, left, bottom + many, right) for top, left, bottom, right in grid.merged]
    return replace(grid, rows=[*([*row, *[""] * (grid.width - len(row))] for row in rows), *grid.rows], merged=merged)


def each(change: Callable[[Grid], Grid]) -> Callable[[Sheets], Sheets]:
    return lambda sheets: [change(grid) if head_of(grid) is not None else grid for grid in sheets]


def titled(grid: Grid) -> Grid:
    return moved(grid, [["排查整治情况一览表"]])


def signed(grid: Grid) -> Grid:
    return moved(grid, [["填报人：邵敬亭", "联系电话：0000-000000"]])


def permuted(grid: Grid) -> Grid:
    """The last column first; what is merged over columns stays where it is."""
    return grid if grid.merged else replace(grid, rows=[[row[-1], *row[:-1]] for row in squared(grid).rows])


def squared(grid: Grid) -> Grid:
    return replace(grid, rows=[[*row, *[""] * (grid.width - len(row))] for row in grid.rows])


def widened(grid: Grid) -> Grid:
    """A column nobody knows."""
    at = head_of(grid)
    rows = squared(grid).rows
    below = ["甲" if at is not None and place > at and len({*row} - {""}) > 2 else "" for place, row in enumerate(rows)]
    return replace(grid, rows=[[*row, "栏目甲" if place == at else below[place]] for place, row in enumerate(rows)])


def headed(change: Callable[[str], str]) -> Callable[[Grid], Grid]:
    def changed(grid: Grid) -> Grid:
        at = head_of(grid)
        rows = [list(map(change, row)) if place == at else row for place, row in enumerate(grid.rows)]
        return replace(grid, rows=rows)

    return changed


def broken(name: str) -> str:
    middle = len(name) // 2 if len(name) > 2 and name.isalnum() and not name.isascii() else 0
    return f"{name[:middle]}\n{name[middle:]}" if middle else name


def blanked(name: str) -> str:
    return " ".join(name) if 1 < len(name) < 6 and name.isalnum() and not name.isascii() else name


def padded(grid: Grid) -> Grid:
    return replace(grid, rows=[[f"\u00a0{cell}\u3000" if cell else "" for cell in row] for row in grid.rows])


_BESIDE = ("site", "unit", "category", "owner", "leader", "planned")


def unmerged(grid: Grid) -> Grid:
    """What is merged downwards beside the problems is repeated instead."""
    head = find_header(grid, 0)
    if head is None:
        return grid
    rows, kept = [list(row) for row in squared(grid).rows], []
    for top, left, bottom, right in grid.merged:
        if top >= head.body and left == right and head.meanings[left] in _BESIDE:
            for at in range(top, bottom + 1):
                rows[at][left] = rows[top][left]
        else:
            kept.append((top, left, bottom, right))
    return replace(grid, rows=rows, merged=kept)


def uncounted(grid: Grid) -> Grid:
    """Without the numbers, where no gap is filled because of them."""
    at = head_of(grid)
    if at is None or grid.merged or meaning_of(name_of(grid.rows[at][0])) != "number":
        return grid
    below = [row for row in grid.rows[at + 1 :] if any(row)]
    return replace(grid, rows=[row[1:] for row in grid.rows]) if all(row[0] for row in below) else grid


def ended(grid: Grid) -> Grid:
    """Below a list; a form of labels and words has no total."""
    if fields.is_one(grid):
        return grid
    return replace(grid, rows=[*grid.rows, ["合计", "", "共若干项"], ["审核人：", "", "制表人：邵敬亭"]])


def counted(sheets: Sheets) -> Sheets:
    counts = [[f"第{n}片区", "12", "9", "75%"] for n in "一二三四"]
    rows = [["问题汇总统计"], ["学校", "问题数", "已整改", "整改率"], *counts]
    return [*sheets, Grid("统计", rows)]


TABLES: dict[str, Callable[[Sheets], Sheets]] = {
    "the same": lambda sheets: sheets,
    "a title more": each(titled),
    "who filled it in": each(signed),
    "the last column first": each(permuted),
    "a column nobody knows": each(widened),
    "headings on two lines": each(headed(broken)),
    "headings with blanks": each(headed(blanked)),
    "blanks around the words": each(padded),
    "repeated for merged": each(unmerged),
    "no numbers": each(uncounted),
    "a total and signatures": each(ended),
    "a sheet of counts": counted,
    "sheets in another order": lambda sheets: sheets[::-1],
}

# texts

_STYLES: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("1、", lambda n: f"{n}、"), ("1.", lambda n: f"{n}."), ("(1)", lambda n: f"（{n}）"), ("1)", lambda n: f"{n}）"),
    ("①", lambda n: chr(0x245F + n)),
)  # fmt: skip
_HALF = {0xFF0C: ",", 0xFF1A: ":", 0xFF1B: ";", 0xFF08: "(", 0xFF09: ")", 0x3002: "。", 0xFF01: "!", 0xFF1F: "?"}
_WIDE = {ord(half): chr(full) for full, half in _HALF.items() if half != "。"}
_NUMBERED = re.compile(r"^(\s*)(\d{1,2})\s?([、.．])(?!\d)", re.MULTILINE)
_OTHERS = re.compile(
    r"[①-⑳]|[(（]\d{1,2}[)）]|[^\n\d]\d{1,2}[、.．](?![\d])|^\s*\d{1,2}(?:[)）]|[、.．]\d)", re.MULTILINE
)
_HAN = re.compile(r"[\u4e00-\u9fff]")


def numbered(sign: Callable[[int], str]) -> Callable[[str], str]:
    """The numbers of all items in another style, where nothing else has a number of that style."""

    def change(text: str) -> str:
        if _OTHERS.search(text) or not _HAN.search(text[:200]):
            return text
        return _NUMBERED.sub(lambda hit: hit[1] + sign(int(hit[2])) if int(hit[2]) <= 20 else hit[0], text)

    return change


def half(text: str) -> str:
    return text.translate(_HALF)


def wide(text: str) -> str:
    return (
        text
        if not _HAN.search(text[:200])
        else re.sub(r"(?<!\d)[,:;()!?](?!\d|//)", lambda hit: hit[0].translate(_WIDE), text)
    )


TEXTS: dict[str, Callable[[str], str]] = {
    **{f"items as {name}": numbered(sign) for name, sign in _STYLES},
    "half width": half,
    "full width": wide,
    "traditional": opencc.OpenCC("s2t").convert,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "empty lines between": lambda text: text.replace("\n", "\n\n"),
    "no empty lines": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "indented": lambda text: re.sub(r"^(?=\S)", "　　", text, flags=re.MULTILINE),
}
for _word in ("整改责任人", "负责人", "具体责任人", "落实人", "经办人", "承办人"):
    TEXTS[f"“{_word}”"] = lambda text, word=_word: re.sub(r"(?<![\u4e00-\u9fff])责任人(?=[：:])", word, text)
_DATE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
for _name, _spelled in {
    "2024-05-10": lambda y, m, d: f"{y}-{m:0>2}-{d:0>2}", "2024/5/10": lambda y, m, d: f"{y}/{m}/{d}",
    "2024.5.10": lambda y, m, d: f"{y}.{m}.{d}",
}.items():  # fmt: skip
    TEXTS[f"days as {_name}"] = lambda text, spelled=_spelled: _DATE.sub(lambda hit: spelled(*hit.groups()), text)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")


def as_paragraphs(text: str, target: Path) -> Path:
    paper = docx.Document()
    for line in text.split("\n"):
        paper.add_paragraph(line)
    paper.save(str(target.with_suffix(".docx")))
    return target.with_suffix(".docx")
