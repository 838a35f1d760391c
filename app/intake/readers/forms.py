"""Forms: a label in one cell and its words in the next (整改通知书, 督导意见书), turned into labelled lines."""

from __future__ import annotations

import re

from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid
from app.intake.readers.labels import KIND_OF
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule

_LABEL = rule(r"[\u4e00-\u9fff（()）/、\s]{2,24}[:：]?")
_MEANT = {"problem": "存在问题", "measure": "整改措施", "demand": "整改要求", "planned": "整改期限", "owner": "责任人",
          "unit": "责任单位", "site": "被检查单位", "progress": "整改情况", "result": "检查情况"}  # fmt: skip
_LISTS = {words for words, kind in KIND_OF.items() if kind == "problem"}


def lines_of_form(grid: Grid) -> list[str]:
    """The rows of a grid without a header as lines: `label:` and its words where a row has them, else its cells."""
    lines: list[str] = []
    for row in grid.rows:
        cells = [cell.strip() for cell in row if cell and cell.strip()]
        lines += _row(cells)
    return lines


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
            lines += _labelled(label, cells[at + 1])
            at += 2
        else:
            lines += [] if label else cells[at].split("\n")
            at += 1
    return lines


def _label(cell: str) -> str:
    """The label under which prose knows what follows, or nothing."""
    name = name_of(cell)
    if not _LABEL.fullmatch(cell) or len(name) > 16:
        return ""
    if fold(name) in KIND_OF:
        return name
    meaning = meaning_of(name)
    return _MEANT.get(meaning or "", name if meaning else "")


def _labelled(label: str, words: str) -> list[str]:
    """A list stands below its label, a single value beside it."""
    lines = [line for line in words.split("\n") if line.strip()]
    if len(lines) == 1 and label in _LISTS and len(parts := re.findall(r"[^；;]+[；;]?", words)) > 1:
        lines = [f"{number}、{part}" for number, part in enumerate(parts, 1)]
    if len(lines) > 1 or re.match(r"\s*(?:\d{1,2}|[一二三四五六七八九十]+)[、.．]|\s*[（(①]", words):
        return [f"{label}：", *lines]
    return [f"{label}：{words.strip()}"]
