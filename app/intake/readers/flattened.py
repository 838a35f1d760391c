"""Tables that lost their cells on the way: one cell a line, the headings first, then row after row."""

from __future__ import annotations

import re

from app.intake.readers.columns import meaning_of
from app.intake.readers.headers import header_at
from app.intake.readers.lines import Line

_LEAST, _MOST = 3, 12
_NUMBER = 16  # no heading of a column of numbers is longer


def restored(lines: list[Line]) -> list[Line]:
    """The same lines, with every flattened table written in rows parted by tabs."""
    held = [at for at, line in enumerate(lines) if line.plain.strip()]
    for start in range(len(held) - _LEAST):
        width = _width(lines, held, start)
        if width:
            rows = _rows(lines, held[start:], width)
            if rows:
                end = held[start] if not rows else rows[-1][-1]
                made = [_joined([lines[at] for at in row]) for row in rows]
                return lines[: held[start]] + made + restored(lines[end + 1 :])
    return lines


def _width(lines: list[Line], held: list[int], start: int) -> int:
    """How many headings begin here, one a line; 0 when it is no header."""
    first = lines[held[start]].plain.strip()
    if len(first) > _NUMBER or meaning_of(first) != "number":
        return 0
    width = 0
    for at in held[start : start + _MOST]:
        plain = lines[at].plain.strip()
        if "\t" in plain or "|" in plain or len(plain) > 16 or re.match(r"\d", plain):
            break
        width += 1
    names = [[lines[at].raw.strip() for at in held[start : start + width]]]
    return width if width >= _LEAST and header_at(names, 0) else 0


def _rows(lines: list[Line], held: list[int], width: int) -> list[list[int]]:
    """Row after row, each of which begins with the next number; none when the numbers do not fit the width."""
    rows, at, number = [held[:width]], width, 1
    while at + width <= len(held) and lines[held[at]].plain.strip().rstrip(".、") == str(number):
        rows.append(held[at : at + width])
        at, number = at + width, number + 1
    return rows if len(rows) > 1 else []


def _joined(cells: list[Line]) -> Line:
    return Line(
        cells[0].number, "\t".join(one.raw.strip() for one in cells), "\t".join(one.plain.strip() for one in cells)
    )
