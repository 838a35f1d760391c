"""The measures of a cell, which problem of the same row they answer, and whether the row itself says so."""

from __future__ import annotations

import functools
from datetime import date
from itertools import repeat

from app.intake.readers import settle, worth
from app.intake.readers.cells import Parts, parts_of
from app.intake.readers.judging import says_none
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule
from app.intake.reading import Link, ReadFinding, ReadMeasure
from workflows.grammar import say

_CLAUSE = rule(r"[^;；\n]+")
_ROW = say("The same row names both.")
_NUMBER = say("Both carry the same number in one row.")
_TOGETHER = say("The row names several problems and this measure.")


@functools.lru_cache(maxsize=1024)
def measures_of(text: str, many: int = 1) -> Parts:
    """What a cell of measures holds; nothing where it says no more than how far it is.

    Beside `many` problems, as many clauses are as many measures.
    """
    if len(text) <= 24 and (says_none(plain := fold(text)) or worth.is_a_status(plain)):
        return []
    named = parts_of(text)
    if many > 1 and len(named) == 1 and not named[0][0]:
        clauses = [words.strip() for words in _CLAUSE.findall(text) if words.strip()]
        return [("", words) for words in clauses] if len(clauses) == many else named
    return named


def date_by(findings: list[ReadFinding], measures: list[ReadMeasure], written: date | None) -> None:
    """What a measure of the same number in the row is due by, its problem is due by."""
    settle.date_by(findings, [one for one in measures if len(one.links) == 1 and one.links[0].certain], written, set())


def links_alone(first: int, many: int) -> list[tuple[Link, ...]]:
    """For many rows of one problem each, the first of which has that place: what links their measures."""
    return list(zip(map(Link, range(first, first + many), repeat(True), repeat(_ROW))))


def links_to(
    findings: list[int], which: int, of: int, *, is_sure: bool = False, is_alike: bool = False
) -> tuple[Link, ...]:
    """One problem in the row, if for many units: certain. Several: only where both are numbered alike."""
    if len(findings) == 1 or is_alike:
        return tuple([Link(place, True, _ROW) for place in findings])
    if of == len(findings):
        return (Link(findings[which], is_sure, _NUMBER),)
    return tuple(Link(place, False, _TOGETHER) for place in findings[:5])
