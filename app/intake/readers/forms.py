"""Forms: a label in one cell and its words in the next (整改通知书, 督导意见书), turned into labelled lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid, spread
from app.intake.readers.labels import KIND_OF
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule

_LABEL = rule(r"[\u4e00-\u9fff（()）/、\s]{2,24}[:：]?")
_NUMBER = rule(r"^[一二三四五六七八九十\d]{1,2}[、.．]")
_MEANT = {"problem": "存在问题", "measure": "整改措施", "demand": "整改要求", "planned": "整改期限", "owner": "责任人",
          "unit": "责任单位", "site": "被检查单位", "progress": "整改情况", "result": "检查情况"}  # fmt: skip
_LISTS = {words for words, kind in KIND_OF.items() if kind == "problem"}


def lines_of_form(grid: Grid) -> list[str]:
    """The rows of a grid without a header as lines: `label:` and its words where a row has them, else its cells."""
    return [line for _at, cells in cells_of(grid) for line in _row(cells)]


def cells_of(grid: Grid) -> Iterator[tuple[int, list[str]]]:
    """Row by row, each with its number, without what merged cells cover and without gaps that mean nothing."""
    covered = spread(grid)
    for at, row in enumerate(grid.rows):
        yield (
            grid.place(at),
            _without_gaps([cell.strip() for place, cell in enumerate(row) if (at, place) not in covered]),
        )


def _without_gaps(cells: list[str]) -> list[str]:
    """The cells that hold something, and a gap where it stands for the words of a label."""
    return [
        cell for place, cell in enumerate(cells)
        if cell or (place and _label(cells[place - 1]) and (place + 1 == len(cells) or _label(cells[place + 1])))
    ]  # fmt: skip


def _row(cells: list[str]) -> list[str]:
    if len(cells) < 2:
        return [line for cell in cells for line in cell.split("\n")]
    lines: list[str] = []
    at = 0
    while at < len(cells):
        label = _label(cells[at])
        if label and at + 2 < len(cells) and _label(cells[at + 1]) and not _label(cells[at + 2]):
            at += 1  # the first only names a group of labels
        elif label and at + 1 < len(cells):
            lines += _labelled(label, cells[at + 1]) if cells[at + 1] else []
            at += 2
        else:
            lines += [] if label else cells[at].split("\n")
            at += 1
    return lines


def _label(cell: str) -> str:
    """The label under which prose knows what follows, or nothing."""
    name = name_of(cell)
    if fold(cell).strip(" :") == "致":
        return "被检查单位"
    if not _LABEL.fullmatch(cell) or len(name) > 16:
        return ""
    if fold(name) in KIND_OF:
        return name
    meaning = meaning_of(name)
    return _MEANT.get(meaning or "", name if meaning else "")


def listed(words: str) -> str:
    """What semicolons part on a single line, numbered line by line."""
    parts = re.findall(r"[^；;]+[；;]?", words)
    if "\n" in words or len(parts) < 2:
        return words
    return "\n".join(f"{number}、{part}" for number, part in enumerate(parts, 1))


def numbered(words: str) -> str:
    """“1.5号楼” on the first of several numbered lines is item 1, and no five."""
    lines = words.split("\n")
    if len(lines) > 1 and all(re.match(rf"\s*{number}[.．]", line) for number, line in enumerate(lines, 1)):
        return "\n".join(re.sub(r"[.．]", "、", line, count=1) for line in lines)
    return words


def _labelled(label: str, words: str) -> list[str]:
    """A list stands below its label, a single value beside it."""
    lines = [line for line in (listed(words) if label in _LISTS else words).split("\n") if line.strip()]
    if len(lines) > 1 or re.match(r"\s*(?:\d{1,2}|[一二三四五六七八九十]+)[、.．]|\s*[（(①]", words):
        return [f"{label}：", *lines]
    return [f"{label}：{words.strip()}"]
