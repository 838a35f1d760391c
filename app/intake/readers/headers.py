"""The header of a grid: which row it is, how far it reaches down, and what each column means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.intake.readers.columns import LONGEST, lowest, meaning_of, name_of, spoken, tells_most
from app.intake.readers.dates import is_only_a_date
from app.intake.readers.grids import Grid, spans, spread
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule
from app.intake.readers.tongues import size_of

_DEEPEST = 3
_SURE = {"problem", "result"}
_LIKELY = {"measure", "progress", "demand", "planned", "unknown", "owner", "unit", "site", "number", "category", "item",
           "remark", "basis", "leader", "done", "found", "place", "verifier", "phone", "partner", "weight", "tick", "source"}  # fmt: skip
_PARTS = rule(
    r"(?:责任)?(?:单位|领导|人|部门|科室|处室)|时限|姓名|电话|职务|措施|情况|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?|时间|签字|(?:第[一二三四]季度)"
)
_MONTH = rule(r"\d月|[一二三四五六七八九十]月|季度|第.周")  # progress told again and again is no measure
_RESPONSE = rule(r"(?:management|auditee|client|site|school)'?s?\s?(?:response|comments?)")
_VALUE = rule(r"\d{1,6}(?:\.\d+)?%?|[√✓×✗是否有无]|合格|不合格|符合|不符合|正常")


@dataclass
class Header:
    """The rows `at` to `at + depth` of a grid name its columns: a name and a meaning for each."""

    at: int
    depth: int
    names: list[str]
    meanings: list[str | None]
    known: int = 0

    @property
    def body(self) -> int:
        """The first row below."""
        return self.at + self.depth

    def first(self, *meanings: str) -> int | None:
        """The first column that means one of these, in the order asked for."""
        for meaning in meanings:
            if meaning in self.meanings:
                return self.meanings.index(meaning)
        return None

    def all(self, *meanings: str) -> list[int]:
        """Every column that means one of these."""
        return [place for place, meaning in enumerate(self.meanings) if meaning in meanings]


def header_at(rows: Sequence[Sequence[str]], at: int) -> Header | None:
    """The header that begins in row `at`, when at least two columns are known and one holds problems or results."""
    cells = rows[at]
    if not sum(1 for cell in cells if cell.strip()) >= 2 or any(_is_speech(cell) for cell in cells):
        return None
    first = next(cell.strip() for cell in cells if cell.strip())
    if first[:1].isdigit() and len(first) < 4:
        return None
    made = _made(at, 1, [name_of(cell) for cell in cells])
    return None if made and any(is_only_a_date(fold(cell)) for cell in cells if len(cell) > 5) else made


def _is_speech(cell: str) -> bool:
    return len(cell) > 3 * LONGEST or "。" in cell or (len(cell) > 8 and cell.endswith((";", "；", "，", ",")))


def _made(at: int, depth: int, names: list[str], least: int = 2) -> Header | None:
    if any(size_of(name) > LONGEST for name in names):
        return None
    meanings = [meaning_of(name) for name in names]
    known = [meaning for meaning in meanings if meaning in _SURE or meaning in _LIKELY]
    filled = sum(1 for name in names if name)
    if len(known) < least or not _SURE & set(known) or len(known) * 3 < filled:
        return None
    return Header(at, depth, names, settled(names, meanings), len(known))


def settled(names: list[str], meanings: list[str | None]) -> list[str | None]:
    """Among columns of the same kind one rules: words of problems over results, measures over progress."""
    has, ruled = set(meanings), list(meanings)
    if "demand" in has:  # what was recommended is the measure, “Agreed.” an answer to it
        meanings = [None if _RESPONSE.fullmatch(fold(name).lower()) else one
                            for name, one in zip(names, meanings, strict=True)]  # fmt: skip
        has, ruled = set(meanings), list(meanings)
    stands_in = set() if "measure" in has else {"progress"} if "progress" in has else {"demand"}
    problems = [place for place, meaning in enumerate(meanings) if meaning == "problem"]
    chosen = max(problems, key=lambda place: (tells_most(names[place]), -place), default=None)
    for place, meaning in enumerate(meanings):
        if meaning == "problem" and place != chosen:
            ruled[place] = None
        elif meaning == "unknown" and names[place] in ("时间", "日期") and (chosen is None or place < chosen):
            ruled[place] = "found"
        elif meaning == "unknown" and has & {"planned"}:
            ruled[place] = "done"
        elif meaning in stands_in and "measure" not in ruled and not _MONTH.search(names[place]):
            ruled[place] = "measure"
    return ruled


def find_header(grid: Grid, since: int, most: int = 40) -> Header | None:
    """The next header from row `since` on, joined with the names above and below it."""
    for at in range(since, min(len(grid.rows), since + most)):
        if (head := _header(grid, at)) and any(map(any, grid.rows[head.body :])):
            return head
    return None


def _header(grid: Grid, at: int) -> Header | None:
    single = header_at(grid.rows, at)
    below = _joined(grid, at)
    if below and (single is None or below.known >= single.known):
        return below
    return single


def _joined(grid: Grid, at: int) -> Header | None:
    """A header of two or three rows: names spread over merged cells, with their parts below them."""
    if len({name_of(cell) for cell in grid.rows[at]} - {""}) < 2:
        return None  # one name over everything is the title of the sheet
    owner = spread(grid)
    across = spans(grid, at)
    tall = any(top == at and bottom > at for top, _, bottom, _ in grid.merged)
    depth = 1
    while (
        depth < _DEEPEST
        and at + depth < len(grid.rows)
        and _is_below(grid, at, depth, owner, across and (tall or depth == 1))
    ):
        depth += 1
    if depth == 1 or any(_is_speech(cell) for row in grid.rows[at : at + depth] for cell in row):
        return None
    parts = [_parts_of(grid, at, depth, column, owner) for column in range(grid.width)]
    alone = list(map(lowest, parts))
    names = [name if alone.count(name) == 1 else spoken(one) for name, one in zip(alone, parts, strict=True)]
    return _made(at, depth, names)


def _is_below(grid: Grid, at: int, depth: int, owner: Mapping[tuple[int, int], tuple[int, int]], merged: bool) -> bool:
    row, above = grid.rows[at + depth], grid.rows[at]
    words = [name_of(cell) for cell in row]
    if len({*words} - {""}) < 2 or any(len(word) > 12 or _VALUE.fullmatch(word) for word in words):
        return False
    under = [bool(place < len(above) and above[place].strip()) for place in range(len(words))]
    new = [place for place, word in enumerate(words) if word]
    if header_at(grid.rows, at + depth) and not (merged and header_at(grid.rows, at)):
        return False
    if merged:
        covered = [
            place for place in range(grid.width) if owner.get((at + depth, place), (9**9, 0))[0] <= at + depth - 1
        ]
        return not set(covered) & set(new) and not words[0][:1].isdigit()
    return all(_PARTS.fullmatch(words[place]) for place in new) and (not under[0] or not words[0])


def column_name(grid: Grid, at: int, depth: int, column: int, owner: Mapping[tuple[int, int], tuple[int, int]]) -> str:
    return spoken(_parts_of(grid, at, depth, column, owner))


def _parts_of(
    grid: Grid, at: int, depth: int, column: int, owner: Mapping[tuple[int, int], tuple[int, int]]
) -> list[str]:
    parts: list[str] = []
    for row in range(at, at + depth):
        top, left = owner.get((row, column), (row, column))
        word = name_of(grid.rows[top][left]) if left < len(grid.rows[top]) else ""
        if not word and row == at and not grid.merged:  # merged cells that came as text: the name stands to the left
            word = _to_the_left(grid, at, column, depth)
        if word and word not in parts:
            parts.append(word)
    return parts


def _to_the_left(grid: Grid, at: int, column: int, depth: int) -> str:
    if not any(
        column < len(grid.rows[at + below]) and grid.rows[at + below][column].strip() for below in range(1, depth)
    ):
        return ""
    row = grid.rows[at]
    return next((name_of(row[place]) for place in range(min(column, len(row)) - 1, -1, -1) if row[place].strip()), "")


def corrected(head: Header, grid: Grid, columns: Mapping[str, str]) -> Header:
    """The header with the meanings that a person gave to some of its columns."""
    for place, name in enumerate(head.names):
        said = columns.get(f"{grid.name}:{place}", columns.get(name))
        if said is not None:
            head.meanings[place] = said or None
    return head


__all__ = ["Header", "corrected", "field", "find_header", "header_at"]
