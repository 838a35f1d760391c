"""Several columns of problems side by side: 消防方面问题 | 食堂方面问题, where a row may name some in each."""

from __future__ import annotations

from collections.abc import Sequence

from app.intake.readers.columns import meaning_of, own_name, tells_most
from app.intake.readers.headers import Header
from app.intake.readers.judging import has_passed, sounds_wrong
from app.intake.readers.lines import fold


def settle(head: Header, rows: Sequence[Sequence[str]]) -> None:
    """Each of them holds what was found, where one tells something in a row in which another tells nothing."""
    alike = [place for place, name in enumerate(head.names) if name and _is_one(name)]
    if len(alike) < 2 or not any(_parts(row, alike) for row in rows):
        return
    for place in alike:
        head.meanings[place] = "result"


def _is_one(name: str) -> bool:
    return meaning_of(own_name(name)) == "problem" and tells_most(name) == 1 and name.endswith(("问题", "隐患", "不足"))


def _parts(row: Sequence[str], places: Sequence[int]) -> bool:
    cells = [fold(row[place]) if place < len(row) else "" for place in places]
    nothing = sum(not cell or has_passed(cell) for cell in cells)
    return 0 < nothing < len(cells) and any(map(sounds_wrong, cells))
