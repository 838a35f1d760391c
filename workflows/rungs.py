"""Rungs (督办阶梯): what follows before and after the end of a wait, as data; rungs at odds are refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from workflows.sentence import Sentence, say

# From light to grave; the machine says the first two by itself, a named person decides the others (I12).
KINDS = ("reminder", "urging", "order", "circular", "talk")
LABELS = {
    "reminder": "Reminder", "urging": "Urging", "order": "Supervision order", "circular": "Circular",
    "talk": "Admonitory talk",
}  # fmt: skip
MACHINE = frozenset({"reminder", "urging"})
HEARS = {
    "holder": "whoever it waits on", "head": "the head of that unit", "reviewer": "the reviewing department",
    "inspector": "the inspector", "leader": "the leader in charge", "above": "the unit one level up",
}  # fmt: skip
LIGHTS = {"blue": "Blue", "yellow": "Yellow", "orange": "Orange", "red": "Red"}
CHANNELS = {"inbox": "Inbox", "mail": "Mail", "robot": "Group robot"}
FARTHEST = 250  # working days: a year


@dataclass(frozen=True)
class Rung:
    """One rung: so many working days before (−) or after (+) the end, who hears it, and who decides what is drafted."""

    days: int
    kind: str
    light: str
    hears: tuple[str, ...]
    decides: str = ""
    channels: tuple[str, ...] = ("inbox", "mail")
    id: int = 0

    @property
    def is_machines(self) -> bool:
        """Whether the machine says it by itself."""
        return self.kind in MACHINE

    @property
    def gravity(self) -> int:
        """How grave its kind is."""
        return KINDS.index(self.kind)


@dataclass(frozen=True)
class Ladder:
    """Rungs in order of days."""

    name: str
    rungs: tuple[Rung, ...]
    id: int = 0

    def up_to(self, kind: str) -> Ladder:
        """The same ladder without anything graver than `kind`."""
        return Ladder(self.name, tuple(rung for rung in self.rungs if rung.gravity <= KINDS.index(kind)), self.id)


def contradictions(rungs: Iterable[Rung]) -> Iterator[Sentence]:
    """Every way in which rungs, as they were written down, contradict themselves."""
    listed = list(rungs)
    if not listed:
        yield say("A ladder needs at least one rung.")
    for rung in listed:
        yield from _broken(rung)
    ordered = sorted(listed, key=lambda rung: rung.days)
    for lower, upper in pairwise(ordered):
        if lower.days == upper.days:
            yield say("Two rungs stand on the same day (%(when)s).", when=when(lower))
        elif lower.gravity > upper.gravity:
            yield say("Out of order: “%(upper)s” comes after the graver “%(lower)s”.",
                      upper=say(LABELS[upper.kind]), lower=say(LABELS[lower.kind]))  # fmt: skip


def _broken(rung: Rung) -> Iterator[Sentence]:
    name = say(LABELS[rung.kind])
    if not rung.hears:
        yield say("Nobody would hear “%(name)s” (%(when)s).", name=name, when=when(rung))
    if not rung.is_machines and not rung.decides:
        yield say("“%(name)s” never goes out by itself: name who decides it.", name=name)
    if rung.is_machines and rung.decides:
        yield say("“%(name)s” goes out by itself; nobody decides it.", name=name)
    if (rung.kind == "reminder") != (rung.days <= 0):
        yield say("A reminder comes before the end, everything else after it (%(name)s, %(when)s).",
                  name=name, when=when(rung))  # fmt: skip
    if abs(rung.days) > FARTHEST:
        yield say("At most %(days)d working days before or after the end.", days=FARTHEST)


def when(rung: Rung) -> Sentence:
    """When a rung comes, in words."""
    return days_from(rung.days)


def days_from(days: int) -> Sentence:
    """So many working days from the end, in words."""
    if days == 0:
        return say("on the last day")
    if days < 0:
        return say("%(n)d working days before the end", n=-days) if days < -1 else say("one working day before the end")
    if days == 1:
        return say("one working day after the end")
    return say("%(n)d working days after the end", n=days)


SHIPPED = {
    "plain": Ladder(
        "Plain",
        (
            Rung(-3, "reminder", "yellow", ("holder",)),
            Rung(-1, "reminder", "yellow", ("holder", "head")),
            Rung(1, "urging", "red", ("holder", "head")),
            Rung(3, "urging", "red", ("holder", "head", "reviewer", "inspector")),
            Rung(5, "order", "red", ("head", "inspector", "leader"), "leader"),
            Rung(10, "circular", "red", ("head", "inspector", "leader", "above"), "leader"),
            Rung(20, "talk", "red", ("head", "inspector", "leader", "above"), "leader"),
        ),
    ),
    "lights": Ladder(
        "Blue, orange, red",
        (
            Rung(-3, "reminder", "blue", ("holder",)),
            Rung(0, "reminder", "blue", ("holder", "head")),
            Rung(1, "urging", "orange", ("holder", "head", "inspector")),
            Rung(3, "order", "red", ("holder", "head", "inspector", "leader"), "leader"),
            Rung(8, "circular", "red", ("head", "reviewer", "inspector", "leader", "above"), "leader"),
            Rung(15, "talk", "red", ("head", "inspector", "leader", "above"), "leader"),
        ),
    ),
}
