"""What is said below lists of problems, and of which: “以上由…负责” of the list above, “以上问题限…” of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.intake.readers import closing, named_items
from app.intake.readers.lines import Line


class Closing(NamedTuple):
    """One such line: a clause for all problems, days, owners and demands for those that it names by number."""

    line: int
    of_above: bool
    clause: str
    dates: dict[int, str]
    owners: dict[int, str]
    asked: list[tuple[list[int], Line]]

    @property
    def owner(self) -> str:
        """Who was named for all that stands above."""
        return self.owners.get(named_items.ALL, "")


def closing_in(line: Line) -> Closing | None:
    """What the line says of problems above it; None where it says nothing of them."""
    clause = closing.for_all(line)
    dates, owners = named_items.by_number(line), named_items.owners_by_number(line)
    asked = named_items.asked_by_number(line)
    if clause is None and not (dates or owners or asked):
        return None
    of_above = bool(named_items.OF_ALL.match(line.plain))
    return Closing(line.number, of_above, clause.raw if clause else "", dates, owners, asked)


class Spread:
    """Closings and the problems they are said of; those between which no problem stands are one group."""

    def __init__(self, closings: Sequence[Closing], spots: Sequence[tuple[int, int]]) -> None:
        """`spots` are the line and the number of each problem."""
        self.spots, self.groups = spots, list[list[Closing]]()
        for one in sorted(closings, key=lambda one: one.line):
            before = self.groups[-1] if self.groups else None
            if before and not any(before[-1].line < line <= one.line for line, _ in spots):
                before.append(one)
            else:
                self.groups.append([one])
        self.own = [self._group_of(line) for line, _ in spots]
        self.here = Counter((own, number) for own, (_, number) in zip(self.own, spots, strict=True))
        self.often = Counter(number for _, number in spots)

    def _group_of(self, line: int) -> int:
        return next((at for at, group in enumerate(self.groups) if group[-1].line >= line), -1)

    def deadline_of(self, at: int) -> str:
        """What was said of that problem by its number, else of all."""
        return self._said(at, lambda one: one.dates, lambda one: one.clause)

    def owner_of(self, at: int) -> str:
        """Who was named for that problem, else for all that stand with it."""
        return self._said(at, lambda one: one.owners, lambda one: one.owner)

    def _said(self, at: int, named: Callable[[Closing], dict[int, str]], whole: Callable[[Closing], str]) -> str:
        line, number = self.spots[at]
        mine, others = self._theirs(at)
        near = (mine if number and self.here[self.own[at], number] == 1 else []) + (
            others if number and self.often[number] == 1 else []
        )
        for wanted in (number, named_items.REST):
            if said := next((named(one)[wanted] for one in near if wanted in named(one)), ""):
                return said
        fit = mine + [one for one in others if not one.of_above or one.line >= line]
        return next((whole(one) for one in fit if whole(one)), "")

    def _theirs(self, at: int) -> tuple[list[Closing], list[Closing]]:
        own = self.own[at]
        mine = self.groups[own] if own >= 0 else []
        return mine, [one for place, group in enumerate(self.groups) if place != own for one in group]

    def asked(self) -> list[tuple[Line, list[int]]]:
        """What is to be done, and the places of exactly the problems that it names."""
        told = []
        for place, group in enumerate(self.groups):
            listed = {number for one in group for numbers, _ in one.asked for number in numbers}
            for wanted, words in (each for one in group for each in one.asked):
                rest = named_items.REST in wanted
                spots = [
                    at
                    for at, (_, number) in enumerate(self.spots)
                    if self._is_only(at, place) and (number in wanted or (rest and number not in listed))
                ]
                if spots and (rest or len(spots) == len(set(wanted))):
                    told.append((words, spots))
        return told

    def _is_only(self, at: int, place: int) -> bool:
        number = self.spots[at][1]
        return bool(number) and ((self.own[at] == place and self.here[place, number] == 1) or self.often[number] == 1)
