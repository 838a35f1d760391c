"""Problems down, places across, a dot where a place has the problem: only what is marked was found, and there."""

from __future__ import annotations

from collections.abc import Sequence

from app.intake.readers.headers import Header
from app.intake.readers.rules import rule

_DOT = rule(r"[●•■◆▲★√✓✔☑Vv1]|有")
_PLACES = {None, "site", "place", "unit"}
_LEAST = 2
_TOTALS = {"合计", "总计", "小计", "共计", "合 计"}


def places_of(head: Header, rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns that hold dots and nothing else; none unless there are several."""
    return places if len(places := [p for p, _ in enumerate(head.names) if _is_dotted(head, rows, p)]) >= _LEAST else []


def _is_dotted(head: Header, rows: Sequence[Sequence[str]], place: int) -> bool:
    held = [row[place] for row in rows if place < len(row) and row[place] and not _TOTALS & {*row}]
    return head.meanings[place] in _PLACES and bool(head.names[place]) and bool(held) and all(map(_DOT.fullmatch, held))


def marked(row: Sequence[str], head: Header, places: Sequence[int]) -> list[str]:
    """The names of the places that the row marks."""
    return [head.names[place].rsplit("/", 1)[-1] for place in places if place < len(row) and _DOT.fullmatch(row[place])]
