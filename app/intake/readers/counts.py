"""Problems down, places across, how many in each cell; who answers for a place and until when may stand below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.grids import Grid, held
from app.intake.readers.judging import sounds_wrong
from app.intake.readers.lines import fold
from app.intake.readers.people import answers
from app.intake.readers.rules import rule

_NEAR, _LEAST = 6, 2
_A_PLACE = rule(
    r".{1,14}(?:小学|中学|学校|园|校|院|所|站|店|厂|公司|社区|村|楼|栋|食堂|街道|镇|乡|局|行|网点|科|处|室|部|车间|班组|班|库|中心|枢纽|区|队|组|点|场|小区|大厦|校区|分部|门店|工地|标段|线)"
)
_NO_PLACE = rule(r".*(?:数|率|次|分|量|额|月份?|年度?|季度|合计|小计|总计|共计)")
_COUNT = rule(r"(?P<n>\d{1,4})\s?(?:\.0)?\s?[个处具项盏块只件条起台间户份人次套把扇组路支瓶张]?")
_NONE = rule(r"[0/\\\-—–\s]*|无|没有")
_TOTAL = rule(r"(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|total).*")
_BELOW = ("owner", "planned", "unknown", "remark", "unit", "measure", "phone", "leader", "progress", "demand", "done", "tick", "verifier")  # fmt: skip


@dataclass
class _Table:
    names: list[str]
    item: int
    places: list[int]
    rows: dict[int, list[str]]
    below: list[list[str]]


def laid_down(grid: Grid) -> Grid:
    """The same grid, or a row for each cell that counts, with what stands beside its problem and below its place."""
    for at in range(min(_NEAR, len(grid.rows) - 1)):
        if table := _table(grid, at):
            return _rows(grid, table)
    return grid


def _table(grid: Grid, at: int) -> _Table | None:
    names = [name_of(cell) for cell in grid.rows[at]]
    places = [place for place, name in enumerate(names) if place and _may_be_a_place(name)]
    if len(places) < _LEAST or sum(_is_a_place(names[place]) for place in places) * 2 < len(places):
        return None
    rows, below = dict[int, list[str]](), list[list[str]]()
    for one, row in enumerate(grid.rows[at + 1 :], at + 1):
        padded = row + [""] * (len(names) - len(row))
        first = next(filter(None, padded), "")
        if not first or _TOTAL.fullmatch(fold(first)):
            continue
        label = meaning_of(name_of(first)) in _BELOW and not any(padded[1 : places[0]])
        if label:
            below.append(padded)
        else:
            rows[one] = padded
    item = max(range(places[0]), key=lambda place: _amiss([*rows.values()], place), default=0)
    counted = [place for place in places if _counts([*rows.values()], place)]
    if len(counted) < _LEAST or counted != places or _amiss([*rows.values()], item) < 0.6:
        return None
    return _Table(names, item, places, rows, below)


def _may_be_a_place(name: str) -> bool:
    return bool(name) and meaning_of(name) in (None, "site", "place", "unit") and not _NO_PLACE.fullmatch(name)


def _is_a_place(name: str) -> bool:
    return answers(fold(name)) or bool(_A_PLACE.fullmatch(name))


def _amiss(rows: Sequence[Sequence[str]], place: int) -> float:
    said = [fold(cell) for cell in held(rows, place)]
    return sum(map(sounds_wrong, said)) / len(rows) if rows else 0.0


def _counts(rows: Sequence[Sequence[str]], place: int) -> bool:
    cells = held(rows, place)
    return all(_COUNT.fullmatch(fold(cell)) or _NONE.fullmatch(cell) for cell in cells)


def _is_some(cell: str) -> bool:
    hit = _COUNT.fullmatch(fold(cell))
    return hit is not None and int(hit["n"]) > 0


def _rows(grid: Grid, table: _Table) -> Grid:
    names = table.names
    beside = [place for place, name in enumerate(names) if name and place not in (table.item, *table.places)
              and not _TOTAL.fullmatch(name)]  # fmt: skip
    labels = [name_of(next(filter(None, row))) for row in table.below]
    rows = [["被检查单位", "存在问题", "数量", *(names[place] for place in beside), *labels]]
    lines = [grid.first]
    some = [(place, at) for place in table.places for at, row in table.rows.items() if _is_some(row[place])]
    for place, at in some if table.below else sorted(some, key=lambda one: one[1]):
        row, under = table.rows[at], [row_below[place] for row_below in table.below]
        rows.append([names[place], row[table.item], row[place], *(row[one] for one in beside), *under])
        lines.append(grid.place(at))
    return Grid(grid.name, rows, grid.first, lines=lines) if len(rows) > 1 else grid
