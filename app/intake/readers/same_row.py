"""Which problem a measure of the same row answers, and whether the row itself says so."""

from __future__ import annotations

from app.intake.reading import Link
from workflows.grammar import say

_ROW = say("The same row names both.")
_NUMBER = say("Both carry the same number in one row.")
_TOGETHER = say("The row names several problems and this measure.")


def links_to(findings: list[int], which: int, of: int, *, is_sure: bool = False) -> tuple[Link, ...]:
    """One problem in the row: certain. Several: only where problems and measures are numbered alike."""
    if len(findings) == 1:
        return (Link(findings[0], True, _ROW),)
    if of == len(findings):
        return (Link(findings[which], is_sure, _NUMBER),)
    return tuple(Link(place, False, _TOGETHER) for place in findings[:5])
