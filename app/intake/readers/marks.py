"""Marks given for what was looked at: full marks, or none lost, say that all is well."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from app.intake.readers.headers import Header
from app.intake.readers.rules import rule

_WHOLE_MARKS = rule(r".*(?:分值|满分|标准分|应得分?|权重分?|总分)")
_MARKS = rule(r".*(?:得分|评分|实得分?|评定分|打分)")
_LOST = rule(r".*扣分")


def are_given(head: Header) -> bool:
    """Whether there is a column of them."""
    return any(_MARKS.fullmatch(name) or _LOST.fullmatch(name) for name in head.names)


def well(row: list[str], head: Header) -> bool | None:
    """Full marks, or none lost: nothing is wrong."""
    whole, got, lost = (_number(row, head, which) for which in (_WHOLE_MARKS, _MARKS, _LOST))
    if lost is not None:
        return True if lost == 0 else None
    return True if whole is not None and whole == got else None


def _number(row: list[str], head: Header, which: re.Pattern[str]) -> float | None:
    for place in _places(tuple(head.names), which):
        if place < len(row) and re.fullmatch(r"\d{1,4}(?:\.\d+)?分?", row[place]):
            return float(row[place].removesuffix("分"))
    return None


@functools.lru_cache(maxsize=64)
def _places(names: Sequence[str], which: re.Pattern[str]) -> list[int]:
    """The columns with such a heading: the same for every row."""
    return [place for place, name in enumerate(names) if which.fullmatch(name)]
