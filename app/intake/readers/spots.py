"""Problems down, places across, a dot where a place has the problem: only what is marked was found."""

from __future__ import annotations

from collections.abc import Sequence

from app.intake.readers.grids import held
from app.intake.readers.headers import Header
from app.intake.readers.rules import rule

_DOT = rule(r"[●•■◆▲★√✓✔☑Vv1]|有")
_PLACES = {None, "site", "place", "unit"}
_LEAST = 2
_TOTALS = {"合计", "总计", "小计", "共计", "合 计"}


def places_of(head: Header, rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns that hold dots and nothing else; none unless there are several."""
    places = [place for place, _name in enumerate(head.names) if _is_dotted(head, rows, place)]
    return places if len(places) >= _LEAST else []


def _is_dotted(head: Header, rows: Sequence[Sequence[str]], place: int) -> bool:
    cells = held([row for row in rows if not _TOTALS & {*row}], place)
    return bool(cells and head.names[place]) and head.meanings[place] in _PLACES and all(map(_DOT.fullmatch, cells))


def is_marked(row: Sequence[str], places: Sequence[int]) -> bool:
    """Whether any of the places has what the row names."""
    return any(_DOT.fullmatch(row[place]) for place in places if place < len(row))
