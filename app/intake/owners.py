"""Which person a list means as owner: only people of the unit who hold a post; titles suggest, they never decide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from app.folding import fold
from app.intake.naming import MOST, Near

SPLIT = re.compile(r"[、,，;；/\n]+|\s{2,}")
NOTES = re.compile(r"[(（\[【].*?[)）\]】]|\d{5,}")
TITLES = ("副校长", "校长", "副园长", "园长", "主任", "书记", "科长", "组长", "老师", "所长", "会计", "局长")


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a post in a unit today."""

    person_id: int
    name: str
    title: str
    unit_id: int


class Owners:
    """The people who may own something, by unit."""

    def __init__(self, holders: Iterable[Holder]) -> None:
        self._of_unit: dict[int, list[Holder]] = {}
        self._seen: dict[tuple[str, int], tuple[Holder | None, list[Near]]] = {}
        for holder in holders:
            self._of_unit.setdefault(holder.unit_id, []).append(holder)

    def of(self, unit_id: int | None) -> list[Holder]:
        """Everybody of a unit."""
        return self._of_unit.get(unit_id or 0, [])

    def find(self, said: str, unit_id: int | None) -> Holder | None:
        """The one person of the unit with exactly this name."""
        return self._look(said, unit_id)[0]

    def near(self, said: str, unit_id: int | None) -> list[Near]:
        """Who may be meant, likest first, at most three; nobody where the name is found."""
        return self._look(said, unit_id)[1]

    def _look(self, said: str, unit_id: int | None) -> tuple[Holder | None, list[Near]]:
        if not said or unit_id is None:
            return None, []
        if (said, unit_id) not in self._seen:
            people = self.of(unit_id)
            exact = {one.person_id: one for one in people if fold(one.name) == _plain(said)}
            holder = next(iter(exact.values())) if len(exact) == 1 else None
            self._seen[said, unit_id] = holder, [] if holder else _near(said, people)
        return self._seen[said, unit_id]


def _plain(said: str) -> str:
    return fold(NOTES.sub("", said)).replace(" ", "")


def _near(said: str, people: list[Holder]) -> list[Near]:
    parts = [part for part in (_plain(part) for part in SPLIT.split(said)) if part]
    best: dict[str, Near] = {}
    for one in people:
        guess = max((_guess(part, one) for part in parts), key=lambda near: near.score, default=None)
        if guess and guess.score and guess.score > best.get(one.name, guess).score - 1:
            best[one.name] = guess
    return sorted(best.values(), key=lambda near: -near.score)[:MOST]


def _guess(part: str, one: Holder) -> Near:
    """How well one person fits one name or title of the cell."""
    name, title = fold(one.name), fold(one.title)
    if part == name:
        return Near(one.name, 100, gettext("one of several"))
    if name in part:
        return Near(one.name, 90, one.title)
    ending = next((word for word in TITLES if part.endswith(word)), "")
    surname = part.removesuffix(ending)
    if ending and 1 <= len(surname) <= 2 and name.startswith(surname):
        return Near(one.name, 80 if ending in title else 50, one.title)
    if title and (part == title or (ending == part and title.endswith(part))):
        return Near(one.name, 70, one.title)
    same = sum(a == b for a, b in zip(name, part, strict=False))
    if len(name) == len(part) >= 2 and same >= len(name) - 1 and name[0] == part[0]:
        return Near(one.name, round(90 * same / len(name)), one.title)
    return Near(one.name, 0)
