"""Matrices: schools down, what was looked at across, a mark or a few words in each cell; or the other way round."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.intake.readers.columns import meaning_of, name_of, own_name
from app.intake.readers.grids import Grid, held, spans, spread
from app.intake.readers.headers import Header, column_name
from app.intake.readers.judging import has_passed, sounds_wrong
from app.intake.readers.lines import fold
from app.intake.readers.people import answers, unit_alone
from app.intake.readers.rules import rule
from app.intake.readers.worth import is_left_open, ticked

Holds = Callable[[Sequence[Sequence[str]], int], bool]
_NEAR, _LEAST, _LONGEST = 6, 2, 24
_LOOKED_AT = {None, "item", "result", "tick", "place", "category", "problem", "site", "demand"}
_FIGURES = rule(r"[A-Za-z]{0,4}[\d\s:./年月日-]+[TZ\d:.]*")
A_PLACE = rule(
    r".{2,16}(?:小学|中学|学校|园|校|院|公园|所|站|店|厂|公司|社区|村|楼|食堂|街道|镇|乡|分局|支行|网点)|.{1,8}(?:科|处|室|部|车间|班组|仓库|中心)"
)


def header_of(grid: Grid, known: Header | None) -> tuple[Grid, Header] | None:
    """The grid, turned where its columns are the places, and a header with more columns of results than is known."""
    least = len(known.all("result")) if known else 0
    for one in (_turned(grid), grid):
        for holds in (_holds_marks,) if known else (_holds_marks, _holds_words):
            near = known.at + 1 if known and one is grid else _NEAR
            if one is not None and (head := _marked(one, holds, near)) and head.known > least:
                return _laid_down(one, head) or (one, head)
    return None


def _laid_down(grid: Grid, head: Header) -> tuple[Grid, Header] | None:
    """A row for each cell, where the columns of results are offices and other columns speak of the whole row."""
    across, where = head.all("result"), head.meanings.index("site") if "site" in head.meanings else None
    if where is None or not all(answers(fold(head.names[place])) for place in across):
        return None
    beside = [place for place, name in enumerate(head.names) if name and place not in (*across, where)]
    names = [head.names[where], "单位名称", "检查结果", *(head.names[place] for place in beside)]
    rows, lines = [names], [grid.place(head.at)]
    for at, row in enumerate(grid.rows[head.body :], head.body):
        padded = _padded(row, len(head.names))
        for place in across if any(padded[place] for place in across) else ():
            rows.append([padded[where], head.names[place], padded[place], *(padded[one] for one in beside)])
            lines.append(grid.place(at))
    meanings = ["item", "site", "result", *(head.meanings[place] for place in beside)]
    return Grid(grid.name, rows, grid.first, lines=lines), Header(0, 1, names, meanings, head.known)


def _marked(grid: Grid, holds: Holds, near: int) -> Header | None:
    for at in range(min(near, len(grid.rows) - 1)):
        for depth in (2, 1):
            if head := _made(grid, at, depth, holds):
                return head
    return None


def _made(grid: Grid, at: int, depth: int, holds: Holds) -> Header | None:
    """A header of that many rows in row `at`, when two columns or more hold marks and one holds places."""
    rows, owner = grid.rows[at + depth :], spread(grid)
    if not rows or len({*grid.rows[at]} - {""}) <= _LEAST or (depth == 2 and not spans(grid, at)):
        return None
    names = [column_name(grid, at, depth, place, owner) for place in range(grid.width)]
    named = [place for place, name in enumerate(names) if name]
    if any(len(names[place]) > _LONGEST or _marks_alone(fold(names[place])) for place in named):
        return None
    meanings = [meaning_of(own_name(name)) for name in names]
    marked = [place for place in named if meanings[place] in _LOOKED_AT and holds(rows, place)]
    where = next((place for place in named if place not in marked and not _counts(rows, place, meanings[place])), None)
    if len(marked) < _LEAST or where is None or where > marked[0] or _holds_labels(rows, where):
        return None
    for place in marked:
        meanings[place] = "result"
    meanings[where] = meanings[where] if meanings[where] in ("site", "unit") else "site"
    return Header(at, depth, names, meanings, len(marked))


def _counts(rows: Sequence[Sequence[str]], place: int, meaning: str | None) -> bool:
    """Numbers, codes or days, and no places."""
    cells = held(rows, place)
    figures = sum(bool(_FIGURES.fullmatch(cell)) for cell in cells)
    return meaning in ("number", "found") or (meaning not in ("site", "unit") and figures * 2 > len(cells))


def _holds_labels(rows: Sequence[Sequence[str]], place: int) -> bool:
    """A form, whose first column names what stands beside it."""
    cells = held(rows, place)
    return sum(meaning_of(name_of(cell)) is not None for cell in cells) * 2 > len(cells)


def _holds_marks(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Half of what is written is a mark; or some is, and nearly all the rest tells what is wrong."""
    said = [fold(cell) for cell in held(rows, place) if not cell.isdigit()]
    marks, telling = sum(map(_is_a_mark, said)), sum(map(_tells, said))
    return marks > 0 and (marks * 2 >= len(said) or telling * 10 >= len(said) * 9)


def _holds_words(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Words where something is wrong, and gaps or marks where nothing is."""
    said = [fold(cell) for cell in held(rows, place)]
    return _holds_marks(rows, place) or (0 < len(said) < len(rows) and all(map(sounds_wrong, said)))


def _tells(plain: str) -> bool:
    return _is_a_mark(plain) or sounds_wrong(plain)


def _is_a_mark(plain: str) -> bool:
    return ticked(plain) is not None or has_passed(plain) or is_left_open(plain)


def _marks_alone(plain: str) -> bool:
    """A mark, and no name of what was looked at: “灭火器是否有效” is one."""
    return _is_a_mark(plain) and (len(plain) < 5 or ticked(plain) is not None or is_left_open(plain))


def _turned(grid: Grid) -> Grid | None:
    """Rows for columns, when the row of names names places."""
    for at, row in enumerate(grid.rows[:_NEAR]):
        named = [name_of(cell) for cell in row[1:] if cell]
        places = sum(unit_alone(name) or bool(A_PLACE.fullmatch(name)) for name in named)
        if places >= _LEAST and places * 2 > len(named) and not meaning_of(name_of(row[-1])):
            below = [_padded(one, len(row)) for one in grid.rows[at:]]
            below[0][0] = below[0][0] or "单位名称"
            return Grid(grid.name, [list(column) for column in zip(*below, strict=True)], grid.first)
    return None


def _padded(row: list[str], width: int) -> list[str]:
    return (row + [""] * width)[:width]
