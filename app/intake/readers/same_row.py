"""Which problem a measure of the same row answers, and whether the row itself says so."""

from __future__ import annotations

from app.intake.reading import Link
from workflows.grammar import say

_ROW = say("The same row names both.")
_NUMBER = say("Both carry the same number in one row.")
_TOGETHER = say("The row names several problems and this measure.")


def links_to(
    findings: list[int], which: int, of: int, *, is_sure: bool = False, is_alike: bool = False
) -> tuple[Link, ...]:
    """One problem in the row, if for many units: certain. Several: only where both are numbered alike."""
    if len(findings) == 1 or is_alike:
        return tuple([Link(place, True, _ROW) for place in findings])
    if of == len(findings):
        return (Link(findings[which], is_sure, _NUMBER),)
    return tuple(Link(place, False, _TOGETHER) for place in findings[:5])
