"""A column called Item may count its rows or name what was looked at: its cells tell."""

from __future__ import annotations

from collections.abc import Sequence

from app.intake.readers.grids import held
from app.intake.readers.headers import Header


def settle(head: Header, rows: Sequence[Sequence[str]]) -> None:
    """What is called a number and names things is what was looked at."""
    number = head.first("number")
    if number is None or head.all("item"):
        return
    said = held(rows, number)
    if sum(map(_is_a_thing, said)) * 5 > len(said) * 3:
        head.meanings[number] = "item"


def _is_a_thing(cell: str) -> bool:
    return sum(map(str.isalpha, cell)) > 4 and not any(map(str.isdigit, cell))
