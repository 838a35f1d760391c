"""Which unit a list means: its name, code or alias as typed, or what it was said to mean; all else is suggested."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.folding import fold
from app.intake.likeness import pairs, shared
from app.intake.readers.autonumbers import chinese
from app.units.models import Unit

SHORTEST = 2
ALIKE, IN_ORDER = 0.4, 0.65
MOST = 3
_FIGURE, _NUMBER = re.compile(r"(?<!\d)[1-9]\d?(?!\d)"), re.compile(r"[一二三四五六七八九十]+")


@dataclass(frozen=True)
class Near:
    """Somebody or something that may be meant: what it is called, how alike from 0 to 100, and why."""

    name: str
    score: int
    why: str = ""


class Names:
    """The units a list may name, by everything they are called; `meant` holds what other names stood for before."""

    def __init__(self, units: Sequence[Unit], meant: Mapping[str, int] | None = None) -> None:
        self.units = units
        by_id = {unit.id: unit for unit in units}
        self._meant = {name: by_id[unit_id] for name, unit_id in (meant or {}).items() if unit_id in by_id}
        self._called: dict[str, list[Unit]] = {}
        self._counted: dict[str, list[Unit]] = {}
        self._own: set[str] = set()
        self._found: dict[str, Unit | None] = {}
        self._near: dict[str, list[Near]] = {}
        self._aliases: dict[str, bool] = {}
        for unit in units:
            self._own.add(fold(unit.name))
            for name in {fold(name) for name in (unit.name, unit.code, *unit.other_names)}:
                self._called.setdefault(name, []).append(unit)
            for name in {counted(name) for name in (unit.name, *unit.other_names)}:
                self._counted.setdefault(name, []).append(unit)

    def find(self, name: str | None) -> Unit | None:
        """The one unit that is called so."""
        said = name or ""
        if said not in self._found:
            self._found[said] = self._meaning(said)
        return self._found[said]

    def _meaning(self, said: str) -> Unit | None:
        called = self._called.get(fold(said), [])
        if not called and fold(said) in self._meant:
            return self._meant[fold(said)]
        called = called or self._counted.get(counted(said), [])
        return called[0] if len(called) == 1 else None

    def by_alias(self, name: str | None) -> bool:
        """Whether it is called so only beside its name."""
        said = name or ""
        if said not in self._aliases:
            self._aliases[said] = self.find(said) is not None and fold(said) not in self._own
        return self._aliases[said]

    def near(self, name: str) -> list[Near]:
        """Units whose name is told alike, the likest first, at most three."""
        if name not in self._near:
            self._near[name] = self._alike(fold(name))
        return self._near[name]

    def _alike(self, said: str) -> list[Near]:
        if len(said) < SHORTEST:
            return []
        own, scores = pairs(said), dict[str, float]()
        for called, units in self._called.items():
            score = 0.0 if _of_other_numbers(said, called) else _score(said, own, called)
            for unit in units if score >= ALIKE else []:
                scores[unit.name] = max(score, scores.get(unit.name, 0))
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])[:MOST]
        return [Near(name, round(100 * score)) for name, score in ranked]


def counted(name: str) -> str:
    """The folded name with its small figures in words: 第2小学 is 第二小学."""
    return _FIGURE.sub(lambda figure: chinese(int(figure[0])), fold(name))


def _of_other_numbers(said: str, called: str) -> bool:
    """The third school is not meant where the second is named, however alike their names are."""
    one, other = (set(_NUMBER.findall(counted(name))) for name in (said, called))
    return bool(one and other and not one & other)


def _score(said: str, own: frozenset[str], called: str) -> float:
    if len(called) >= SHORTEST and (said in called or called in said):
        return 0.5 + 0.49 * min(len(said), len(called)) / max(len(said), len(called))
    return min(max(shared(own, pairs(called)), _in_order(said, called)), 0.99)


def _in_order(said: str, called: str) -> float:
    """The share of signs that both have in the same order: for abbreviations, and a sign mistaken."""
    share = SequenceMatcher(None, said, called, autojunk=False).ratio()
    return share if share >= IN_ORDER else 0.0
