"""Cells that are one whole item and say something, told for a whole column at once: most cells of most ledgers.

The rules that part cells, know passed checks and cut demands off look at the other cells only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.intake.readers.cells import COUNTS, FIRST_OF
from app.intake.readers.judging import GOOD, OF_WHAT, WITHOUT
from app.intake.readers.noitem import COUNTED
from app.intake.readers.rules import rule
from app.intake.readers.signs_in_english import has_passed

_EDGE = "\x01"
_Begun = list[tuple[str, re.Pattern[str]]]


def _begun(heads: Iterable[str], rest: str = "") -> _Begun:
    """Rules beside the sign they begin with: they are asked only where it stands, and find it a hundred times as fast."""
    return [(head[0], rule(head + rest)) for head in heads]


_PARTED = _begun((f"{_EDGE}(?:{COUNTS})", FIRST_OF, "\n"))
_NOTHING = _begun(
    "未没不无",
    "(?=[有再发存查安隐问异见出])(?:有?再?(?:发现|存在|查出|问题)|安?全?(?:隐患|问题|异常)|见|出现|发生)",
)
_WELL = _begun("常好格合求定准标全位范效洁实", rf"(?=[。;. ]*{_EDGE})")
_NONE = _begun((rf"{_EDGE}(?:[Nn][Oo]|[Nn]il|[Nn]one|[Nn]/[Aa])\b", rf"{_EDGE}(?={COUNTED}{_EDGE})"))
_PROBLEMS = [*_PARTED, *_NOTHING, *_begun(";"), *_begun(GOOD.split("|")), *_begun(WITHOUT, OF_WHAT), *_WELL, *_NONE]
_ASKS = frozenset("求议责应请须需")
_MASKED = rule(r"[xX×*_\-—–/\\.…\s]{5,12}$")
_DATED = [
    *_begun("前底内"),
    *_begun(("立行立改", "即知即改", "长期坚持", "持续整改")),
    *_begun(("延期", "推迟", "延长", "宽限", "顺延"), "[至到]"),
    *[(sign, rule(rf"{re.escape(sign)}(?:(?<=\d.)|(?<=\d\s.))\s?\d")) for sign in "月./-"],
]
_SHORT = 12


def odd_problems(plains: Sequence[str]) -> set[int]:
    """The places of those that may be no problem, several, or one with more in it."""
    odd = {at for at in _short(plains) if len(plains[at]) < 5 or _MASKED.match(plains[at])}
    odd |= {at for at, plain in enumerate(plains) if plain.isascii() and has_passed(plain)}
    return odd | _found(plains, _PROBLEMS) | _asking(plains)


def dated_problems(plains: Sequence[str]) -> set[int]:
    """The same, and of those that may name a deadline."""
    return odd_problems(plains) | dated(plains)


def odd_measures(plains: Sequence[str]) -> set[int]:
    """The places of those that may be no measure, or several."""
    return _found(plains, [*_PARTED, *_NOTHING]) | _short(plains)


def _short(plains: Sequence[str]) -> set[int]:
    """Most columns hold no short cell."""
    if min(map(len, plains), default=_SHORT + 1) > _SHORT:
        return set()
    return {at for at, plain in enumerate(plains) if len(plain) <= _SHORT}


def _asking(plains: Sequence[str]) -> set[int]:
    """Those with a sign that a demand is made of; in most columns there is none of them."""
    joined = _EDGE.join(plains)
    signs = [sign for sign in _ASKS if sign in joined]
    return {at for at, plain in enumerate(plains) if any(sign in plain for sign in signs)} if signs else set()


def dated(plains: Sequence[str]) -> set[int]:
    """The places of those that may name a deadline."""
    return _found(plains, _DATED)


def _found(plains: Sequence[str], rules: _Begun) -> set[int]:
    joined, places = _EDGE + _EDGE.join(plains) + _EDGE, set[int]()
    if joined.count(_EDGE) != len(plains) + 1:
        return set(range(len(plains)))
    for odd in [odd for sign, odd in rules if sign in joined]:
        at, seen = -1, 0
        for hit in odd.finditer(joined):
            at += joined.count(_EDGE, seen, hit.start() + 1)
            seen = hit.start() + 1
            places.add(at)
    return places
