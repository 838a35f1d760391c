"""Names in two rows whose merged cells came as gaps, as from a system that knows no merging: given back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.intake.readers.columns import meaning_of, name_of, spoken
from app.intake.readers.dates import is_only_a_date
from app.intake.readers.grids import Grid, Range
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule
from app.intake.readers.tongues import size_of

_NEAR, _NAMES, _LONGEST = 6, 2, 12
_VALUE = rule(r"\d{1,6}(?:\.\d+)?%?|[√✓×✗是否有无]|合格|不合格|符合|不符合|正常")


def restored(grid: Grid) -> Grid:
    """The same grid, or one that knows which names reach over several columns and which over both rows."""
    for at in range(min(_NEAR, len(grid.rows) - 2)):
        if any(top <= at + 1 and bottom >= at for top, _, bottom, _ in grid.merged):
            continue
        if not all(map(_are_names, grid.rows[at : at + 2])):
            continue
        width = grid.width
        above, below, first = (_padded(row, width) for row in grid.rows[at : at + 3])
        if ranges := _ranges(at, above, below, first):
            return replace(grid, merged=[*grid.merged, *ranges])
    return grid


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def _are_names(row: Sequence[str]) -> bool:
    said = [name_of(cell) for cell in row if cell]
    return len({*said}) >= _NAMES and not any(
        size_of(name) > _LONGEST or _VALUE.fullmatch(name) or is_only_a_date(fold(name)) for name in said
    )


def _ranges(at: int, above: list[str], below: list[str], first: list[str]) -> list[Range]:
    """What must have been merged; nothing where the second row does not lie below the gaps of the first."""
    groups = _groups(above, below)
    gaps = [place for place, cell in enumerate(above) if not cell and below[place]]
    alone = [place for place, cell in enumerate(above) if cell and not below[place]]
    covered = {place for start, end in groups for place in range(start, end + 1)}
    if not gaps or not {*gaps} <= covered or not above[0] or any(not below[start] for start, _ in groups):
        return []
    known = [bool(meaning_of(spoken([name_of(above[start]), name_of(below[place])])) or meaning_of(name_of(below[place])))
             for start, end in groups for place in range(start, end + 1)]  # fmt: skip
    is_below = sum(known) * 3 >= len(known) and any(first[place] for place in alone)
    is_whole = not alone and sum(known) * 2 >= len(known)
    if not (is_below or is_whole):
        return []
    return [(at, start, at, end) for start, end in groups] + [(at, place, at + 1, place) for place in alone]


def _groups(above: list[str], below: list[str]) -> list[tuple[int, int]]:
    """From each name of the first row over the gaps behind it, as far as the second row fills them."""
    groups: list[tuple[int, int]] = []
    for place, cell in enumerate(above):
        if cell and below[place]:
            end = place
            while end + 1 < len(above) and not above[end + 1] and below[end + 1]:
                end += 1
            if end > place:
                groups.append((place, end))
    return groups
