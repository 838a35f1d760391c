"""Columns of answers, a mark under Yes, No or N/A: put together, they are one column of results."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.intake.readers.columns import name_of
from app.intake.readers.grids import Grid
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule

_NEAR = 10  # rows among which the names are looked for
_ANSWERS = (
    ("是", r"是|y|yes"),
    ("否", r"否|n|no"),
    ("有", r"有"),
    ("无", r"无|没有"),
    ("合格", r"合格|符合(?:要求|规定)?|达标|通过|正常|良好?|优秀?|好|完好|无问题|pass(?:ed)?|compliant|conforms?|conforming|ok|satisfactory|acceptable|good|in ?order|met|c"),
    ("不合格", r"不合格|不符合(?:要求|规定)?|不达标|不通过|未通过|异常|不正常|差|较差|有问题|部分符合|部分合格|部分达标|fail(?:ed)?|non-?compliant|non-?conforming|notcompliant|notok|nok|unsatisfactory|unacceptable|poor|defective|notmet|partial(?:ly)?(?:compliant|met)?|nc"),
    ("基本合格", r"基本符合|基本合格|基本达标|一般|中|fair|average"),
    ("不适用", r"不适用|不涉及|无此项|未检查?|缺项|n/?a|n\.a\.?|notapplicable|not(?:seen|checked|inspected)|na"),
)  # fmt: skip
_COMPILED = tuple((said, rule(words)) for said, words in _ANSWERS)
_MARK = rule(r"[√✓✔☑■●◆▲★VvxX×✗✘Yy1是有]|合格|不合格|符合|不符合|yes|no|n/?a|不适用")
_EMPTY = rule(r"[□☐○◯〇\s\-—/]*")
_GOOD, _BAD = {"是", "有", "合格"}, {"否", "无", "不合格"}


def put_together(grid: Grid) -> Grid:
    """The same grid, or one in which what is marked under several answers stands in the first of their columns."""
    for at, row in enumerate(grid.rows[:_NEAR]):
        if (under := _answers(row)) and _hold_marks(grid.rows[at + 1 :], under):
            return _together(grid, at, under)
    return grid


def _answers(row: list[str]) -> dict[int, str]:
    """The columns that stand side by side and name an answer each, at least one good and one bad."""
    under: dict[int, str] = {}
    for place, cell in enumerate(row):
        said = _answer(cell) if cell else None
        if said and (not under or place == max(under) + 1):
            under[place] = said
        elif under and _is_a_choice(under):
            break
        elif under:
            under = {place: said} if said else {}
    return under if _is_a_choice(under) else {}


def _answer(cell: str) -> str | None:
    """The answer a heading names, in Chinese or English or both: “是 Yes”."""
    name = fold(name_of(cell)).lower()
    words = [name, *filter(None, re.split(r"(?<=[\u4e00-\u9fff])(?=[a-z])|(?<=[a-z])(?=[\u4e00-\u9fff])|[()]", name))]
    return next((said for word in words for said, known in _COMPILED if known.fullmatch(word)), None)


def _is_a_choice(under: Mapping[int, str]) -> bool:
    said = [*under.values()]
    return bool(_GOOD & {*said}) and bool(_BAD & {*said}) and len({*said}) * 2 > len(said)


def _hold_marks(rows: list[list[str]], under: Mapping[int, str]) -> bool:
    """Nothing but marks stands below them, and most rows have exactly one."""
    counts = [len(marked) for row in rows if (marked := _marked(row, under))]
    cells = [row[place] for row in rows for place in under if place < len(row) and row[place]]
    strange = [cell for cell in cells if not (_MARK.fullmatch(fold(cell)) or _EMPTY.fullmatch(cell))]
    return len(counts) > 1 and counts.count(1) * 5 >= len(counts) * 4 and len(strange) * 10 <= len(cells)


def _marked(row: list[str], under: Mapping[int, str]) -> list[int]:
    """The columns that are marked; a tick says more than crosses in the others."""
    held = [place for place in under if place < len(row) and not _EMPTY.fullmatch(row[place])]
    ticked = [place for place in held if row[place] in "√✓✔☑"]
    return ticked if len(held) > 1 and len(ticked) == 1 else held


def _together(grid: Grid, at: int, under: Mapping[int, str]) -> Grid:
    first, rows = min(under), [list(row) for row in grid.rows]
    above = at > 0 and len({*rows[at - 1]} - {""}) > 2 and bool(rows[at - 1][first])
    for place in under:
        rows[at][place] = ""
    if above:
        rows[at - 1][first] = "检查结果"
    else:
        rows[at][first] = "检查结果"
    for row in rows[at + 1 :]:
        marked = _marked(row, under)
        strange = [row[place] for place in marked if len(row[place]) > 3 and not _MARK.fullmatch(fold(row[place]))]
        for place in under:
            if place < len(row):
                row[place] = ""
        if len(marked) == 1:
            row[first] = strange[0] if strange else under[marked[0]]
    return Grid(grid.name, rows, grid.first, grid.merged, grid.hidden_rows, grid.hidden_columns, grid.pictures,
                grid.lines)  # fmt: skip
