"""Tables inside a text: lines whose cells are parted by tabs or bars, from a spreadsheet or a web page."""

from __future__ import annotations

import re

from app.intake.readers import by_content
from app.intake.readers.delimited import grid_of
from app.intake.readers.grids import Grid, is_wide
from app.intake.readers.headers import find_header
from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_RULE = rule(r"[-:=\s]*")


def blocks_of(lines: list[Line]) -> list[Line | Grid]:
    """The lines of a text, with every run of cells that has a header as one grid in its place."""
    if not any("\t" in line.plain or "|" in line.plain for line in lines):
        return _all_of_it(lines)
    joined = joined_lines(lines) if any('"' in line.raw for line in lines) else lines
    blocks: list[Line | Grid] = []
    run: list[tuple[Line, list[Line]]] = []
    for place, line in enumerate(joined):
        cells = cells_of(line)
        if cells or (run and (not line.plain.strip() or _stands_between(joined, place))):
            run.append((line, cells or ([line] if line.plain.strip() else [])))
        else:
            blocks += _ended(run)
            blocks.append(line)
            run = []
    return blocks + _ended(run)


def _all_of_it(lines: list[Line]) -> list[Line | Grid]:
    """Lines parted by commas when the whole text is one table."""
    near = next((line.plain for line in lines if line.plain.strip()), "")
    marked = any(near.count(mark) > 1 for mark in ",;") or any(line.plain.count(",") > 2 for line in lines[:6])
    grid = grid_of("\n".join(line.raw for line in lines)) if marked else None
    return [grid] if grid else list(lines)


def _stands_between(lines: list[Line], place: int) -> bool:
    """A short line between rows: the heading of a group."""
    follows = next((line for line in lines[place + 1 : place + 3] if line.plain.strip()), None)
    short = len(lines[place].plain) <= 24 and not lines[place].plain.endswith((":", "。"))
    return short and follows is not None and len(cells_of(follows)) > 2


def _ended(run: list[tuple[Line, list[Line]]]) -> list[Line | Grid]:
    rows = [(line, cells) for line, cells in run if not cells or not all(_RULE.fullmatch(c.plain) for c in cells) or not any(c.plain for c in cells)]  # fmt: skip
    grid = Grid("", [[cell.raw for cell in cells] for _, cells in rows], lines=[line.number for line, _ in rows])
    if rows and (find_header(grid, 0) or (len(rows) > 1 and by_content.guessed(grid)) or is_wide(grid)):
        return [grid]
    return [line for line, _ in run]


def cells_of(line: Line) -> list[Line]:
    """The cells of one line, parted by tabs, else by bars."""
    mark = "\t" if "\t" in line.plain else "|"
    if mark not in line.plain:
        return []
    start = 1 if mark == "|" and line.plain.lstrip().startswith("|") else 0
    at, cells = (line.plain.index("|") + 1 if start else 0), []
    for part in line.plain[at:].split(mark):
        cells.append(line.cut(at, at + len(part)))
        at += len(part) + 1
    if mark == "|" and cells and not cells[-1].plain:
        cells.pop()
    return [_unquoted(cell) for cell in cells]


def _unquoted(cell: Line) -> Line:
    if len(cell.plain) >= 2 and cell.raw[0] == cell.raw[-1] == '"':
        return cell.cut(1, -1)
    return cell


def joined_lines(lines: list[Line]) -> list[Line]:
    """A quoted cell that holds line breaks becomes one line again (at most 30 lines, else it was no quote)."""
    out, at = [], 0
    while at < len(lines):
        size = _quoted_size(lines, at)
        part = lines[at : at + size]
        text, near = "\n".join(one.raw for one in part), "\n".join(one.plain for one in part)
        out.append(lines[at] if size == 1 else Line(lines[at].number, text, near))
        at += size
    return out


def _quoted_size(lines: list[Line], at: int) -> int:
    raw = lines[at].raw
    if not re.search(r'(?:^|\t)"[^"\t]*$', raw):
        return 1
    for size in range(2, min(30, len(lines) - at) + 1):
        if re.match(r'[^"\t]*"(?:\t|\s*$)', lines[at + size - 1].raw):
            return size + (_quoted_size(lines, at + size - 1) - 1 if "\t" in lines[at + size - 1].raw else 0)
    return 1
