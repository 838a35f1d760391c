"""What a whole file says of itself: the year that completes its dates, the day it was written, whose list it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.intake.readers.dates import find_day, plain_digits, signed_on, year_of
from app.intake.readers.grids import Grid
from app.intake.readers.headers import find_header
from app.intake.readers.lines import Line, fold
from app.intake.readers.people import UNIT, unit_alone
from app.intake.readers.rules import rule

_LAST = 8  # rows among which a signature stands
_FILLED_IN = rule(r"(?:填报|填表|报送|上报|检查|制表|更新|排查|督查)(?:时间|日期)?\s*[::]?\s*(.{6,20})")
_ANY = rule(
    r"幼儿园|小学|中学|初中|高中|中心校|学区|教学点|中小学(?:幼儿园)?|(?:公办|民办|乡镇|农村)(?:幼儿园|小学|中学)"
)
_TITLE_YEAR = rule(r"(?<!\d)(20\d\d)\s?(?:年|[—-]20\d\d)")
_WHOSE = rule(
    r"(?:填报单位|填报学校|被检查?(?:单位|学校)|受检(?:单位|学校)|学校(?:名称)?|单位(?:名称)?)\s?(?:\(.{1,6}\))?\s?[:\s]\s*([^\s:|]{3,24})"
)


def about(blocks: Sequence[Line | Grid], given: int | None) -> tuple[int | None, date | None, str | None]:
    """Year, day and unit of the whole: from the lines around its tables."""
    plains = [block.plain for block in blocks if isinstance(block, Line)]
    around = [plain for block in blocks if isinstance(block, Grid) for plain in _around(block)]
    dated = (on for plain in reversed([*around, *plains]) if (on := signed_on(plain)))
    written = next(dated, None) or _filled_in(around)
    year = written.year if written else year_of([*plains, *around], None) if around else None
    named = {unit for block in blocks if isinstance(block, Grid) and (unit := whose(block))}
    return year or _titled(around) or year_of(plains, given), written, named.pop() if len(named) == 1 else None


def whose(grid: Grid) -> str | None:
    """One school that the lines above a table name as its own."""
    above, below = _beside(grid)
    return _unit([*above, *below], above)


def _around(grid: Grid) -> list[str]:
    """The rows above the header, and the last ones that are no rows of its list."""
    above, below = _beside(grid)
    return above + below


def _beside(grid: Grid) -> tuple[list[str], list[str]]:
    head = find_header(grid, 0)
    if head is None:
        return _told(grid.rows[:6]), _told(grid.rows[-3:])
    most = max(2, len(list(filter(None, head.names))) // 2)
    last = [(row, len({*row} - {""})) for row in grid.rows[max(head.body, len(grid.rows) - _LAST) :]]
    listed, ends = [row for row, many in last if many > most], [row for row, many in last if 0 < many <= most]
    return _told(grid.rows[: head.at]), _told([*ends, *listed[-3:]])


def _told(rows: Sequence[Sequence[str]]) -> list[str]:
    return [" ".join(fold(cell).strip() for cell in row if cell and cell.strip()) for row in rows]


def _filled_in(plains: list[str]) -> date | None:
    for plain in plains:
        if hit := _FILLED_IN.search(plain):
            on, inferred = find_day(hit[1], None)
            if on and not inferred:
                return on
    return None


def _titled(plains: list[str]) -> int | None:
    years = {int(hit[1]) for plain in plains[:4] for hit in _TITLE_YEAR.finditer(plain_digits(plain[:120]))}
    return years.pop() if len(years) == 1 else None


def _unit(around: list[str], above: list[str]) -> str | None:
    """One school that the lines above a table name as its own."""
    for plain in around[:6]:
        if (hit := _WHOSE.search(plain)) and unit_alone(hit[1]):
            return hit[1]
    for plain in above[:2]:
        if (found := UNIT.match(plain)) and unit_alone(found[0]) and not _ANY.fullmatch(found[0]):
            return found[0]
    return None
