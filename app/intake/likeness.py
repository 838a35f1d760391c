"""How alike two problems are told: the same folded words, or most of their pairs of signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

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
    """The findings already there, by unit, ready to be compared with many texts."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._all = [(one, bare(one.text)) for one in known]
        self._of_unit: dict[int | None, list[tuple[Known, str]]] = {}
        self._here: set[str] = set()
        self._at: set[tuple[int | None, str]] = set()
        for one, words in self._all:
            self._of_unit.setdefault(one.unit_id, []).append((one, words))
            if one.of_this_visit:
                self._here.add(words)
                self._at.add((one.unit_id, words))

    def twins(self, text: str, unit_id: int | None) -> Sequence[Twin]:
        """What may be the same: of the same unit, or of the same visit where no unit is named yet."""
        said, own = bare(text), pairs(bare(text))
        near = [
            Twin(one, said == there) for one, there in self._comparable(unit_id)
            if said == there or overlap(own, pairs(there)) >= ALIKE
        ]  # fmt: skip
        return sorted(near, key=lambda twin: not twin.same_words)[:3]

    def is_written_down(self, text: str, unit_id: int | None) -> bool:
        """Whether the visit has it already, word for word."""
        if not self._at:
            return False
        said = bare(text)
        if unit_id is None:
            return said in self._here
        return (unit_id, said) in self._at or (None, said) in self._at

    def _comparable(self, unit_id: int | None) -> list[tuple[Known, str]]:
        if unit_id is None:
            return [pair for pair in self._all if pair[0].of_this_visit]
        homeless = [pair for pair in self._of_unit.get(None, []) if pair[0].of_this_visit]
        return self._of_unit.get(unit_id, []) + homeless


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """The folded words without signs and blanks."""
    return _SIGNS.sub("", fold(text))


@lru_cache(maxsize=20_000)
def pairs(text: str) -> frozenset[str]:
    """Every two neighbouring signs."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of all their pairs that both have, from 0 to 1."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's share: twice the pairs that both have by the pairs of each, from 0 to 1."""
    together = len(one) + len(other)
    return 2 * len(one & other) / together if together else 0.0
