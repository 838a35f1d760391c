"""A table in which one column only judges: “项目 | 查看内容 | 结果 | 说明” with 合格 and 不合格 below 结果."""

from __future__ import annotations

from app.intake.readers.by_content import name_rows
from app.intake.readers.columns import meaning_of, own_name
from app.intake.readers.grids import Grid, held
from app.intake.readers.headers import Header
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule

VERDICT = rule(
    r"(?:基本|部分|完全)?(?:合格|符合|达标|到位|落实|通过|规范|正常|完好)(?:要求|规定|标准)?|(?:不|未|没有?)(?:合格|符合|达标|到位|落实|通过|规范|正常|完好)(?:要求|规定|标准)?"
    r"|[优良中差]|一般|较[好差]|[√✓✔×✗✘]|是|否|pass(?:ed)?|fail(?:ed)?|ok|yes|no|n/?a|(?:non-?)?complian[tc]e?|(?:not )?(?:satisfactory|met)",
)
_ROWS = 40
_LEAST = 3
_SHARE = 0.8


def header_of(grid: Grid) -> Header | None:
    """The header of such a table: names of columns, one column of verdicts that differ, one of what was looked at."""
    for at, depth, names in name_rows(grid):
        meanings = [meaning_of(own_name(name)) if name else None for name in names]
        rows = grid.rows[at + depth : at + depth + _ROWS]
        judging = [place for place, name in enumerate(names) if name and _judges(rows, place)]
        if len(judging) != 1 or {"planned", "owner", "problem"} & {*meanings}:
            continue
        meanings[judging[0]] = "result"
        if "item" not in meanings and (item := _looked_at(rows, names, meanings, judging[0])) is not None:
            meanings[item] = "item"
        if "item" in meanings:
            return Header(at, depth, names, meanings, _LEAST)
    return None


def _judges(rows: list[list[str]], place: int) -> bool:
    said = [fold(cell).strip(" 。.").lower() for cell in held(rows, place)]
    verdicts = [cell for cell in said if VERDICT.fullmatch(cell)]
    return len(said) >= _LEAST and len(verdicts) >= _SHARE * len(said) and len({*verdicts}) > 1


def _looked_at(rows: list[list[str]], names: list[str], meanings: list[str | None], judging: int) -> int | None:
    """The last column before the verdicts that no name gives another meaning and that holds words."""
    before = [place for place in range(judging) if names[place] and meanings[place] in (None, "category", "basis")]
    return next((place for place in reversed(before) if any(len(cell) > 3 for cell in held(rows, place))), None)
