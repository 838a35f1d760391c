"""How alike two problems are told: the same folded words, or most of their pairs of signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.folding import fold

ALIKE = 0.6
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Known:
    """A finding that is already there."""

    task_id: int
    number: str
    text: str
    unit_id: int | None
    of_this_visit: bool


@dataclass(frozen=True)
class Twin:
    """A finding that is told so alike that it may be the same."""

    known: Known
    same_words: bool


class Likeness:
    """The findings already there, ready to be compared with many texts."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known = [(one, bare(one.text)) for one in known]
        self._pairs = [pairs(text) for _one, text in self._known]

    def twins(self, text: str, unit_id: int | None) -> Sequence[Twin]:
        """What may be the same: of the same unit, or of the same visit where no unit is named yet."""
        said, own = bare(text), pairs(bare(text))
        near = [
            Twin(one, said == there)
            for (one, there), others in zip(self._known, self._pairs, strict=True)
            if _comparable(one, unit_id) and (said == there or overlap(own, others) >= ALIKE)
        ]
        return sorted(near, key=lambda twin: not twin.same_words)[:3]


def _comparable(one: Known, unit_id: int | None) -> bool:
    if unit_id is None or one.unit_id is None:
        return one.of_this_visit
    return one.unit_id == unit_id


def bare(text: str) -> str:
    """The folded words without signs and blanks."""
    return _SIGNS.sub("", fold(text))


def pairs(text: str) -> frozenset[str]:
    """Every two neighbouring signs."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of pairs that both have, from 0 to 1."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0
