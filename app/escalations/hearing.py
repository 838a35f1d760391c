"""Who hears a rung: whoever holds it, their heads, the department, the leader; deputies first, then upward."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.escalations import queries
from workflows.roles import Role

HEADS = ("head", "leader", "reviewer")  # who leads a unit: a school's head, a bureau's leader, a department's reviewer
PARTIES = {"reviewer": Role.REVIEWER, "inspector": Role.INSPECTOR, "leader": Role.LEADER}


class Seat(NamedTuple):
    """Somebody by name, or a post in a unit."""

    unit_id: int | None
    post: str | None
    person_id: int | None


class Asked(NamedTuple):
    """A task that speaks: in whose hands it lies, who stands beside it, who issued it."""

    task_id: int
    holder: Seat
    issuer_unit_id: int
    hears: tuple[str, ...]
    asks_beside: bool  # whether parties beside the holder hear it, or somebody decides it


@dataclass
class Heard:
    """Whom a rung reached, which posts were found vacant on the way, and whether a deputy or somebody above heard."""

    ears: set[int] = field(default_factory=set)
    vacant: set[Seat] = field(default_factory=set)
    decider: int | None = None


class Crowd:
    """The people behind the posts of units today; each unit is asked for once, however many tasks lie there."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.above: dict[int, list[int]] = {}
        self.headed: set[int] = set()
        self.silent: set[int] = set()  # whoever supervises them acts for them
        self.posts: dict[tuple[int, str], list[int]] = {}
        self.active: set[int] = set()
        self.deputies: dict[int, list[int]] = {}
        self.leaders: set[int] = set()
        self.met: set[int] = set()
        self.heard: dict[tuple[Seat, tuple[str, ...]], Heard] = {}

    def meet(self, units: Iterable[int | None], persons: Iterable[int | None]) -> None:
        """Ask for those that are not known yet."""
        if new := {unit for unit in units if unit} - self.above.keys():
            lines, silent, headed = queries.lines_of(new)
            around = {unit for line in lines.values() for unit in line}
            held = queries.posts_held(around - {unit for unit, _post in self.posts}, self.day)
            self.above |= lines
            self.silent |= silent
            self.headed |= headed
            self.posts |= held
            self.leaders |= {person for (_u, post), holders in held.items() if post == "leader" for person in holders}
        people = {person for person in persons if person} | {p for holders in self.posts.values() for p in holders}
        if strangers := people - self.met:
            self.active |= queries.active(strangers)
            self.deputies |= queries.deputies(strangers, self.day)
            self.met |= strangers

    def ears(self, seat: Seat) -> list[int]:
        """Who hears for that seat: an absent person's deputies, otherwise herself; empty when it is vacant."""
        people = [seat.person_id] if seat.person_id else self.posts.get((seat.unit_id or 0, seat.post or ""), [])
        return [ear for person in people for ear in self._for(person)]

    def _for(self, person: int) -> list[int]:
        return self.deputies.get(person) or ([person] if person in self.active else [])

    def heads(self, unit: int | None, *, above: bool) -> list[int]:
        """Who leads that unit, or the nearest unit above it that anybody leads."""
        line = self.above.get(unit or 0, [])
        for higher in line[1:] if above else line:
            for post in HEADS:
                if found := self.ears(Seat(higher, post, None)):
                    return found
        return []

    def leader(self, unit: int) -> list[int]:
        """The leader of that unit or of the nearest one above it."""
        found = (self.ears(Seat(higher, "leader", None)) for higher in self.above.get(unit, []))
        return next((ears for ears in found if ears), [])


def hear(asked: list[Asked], crowd: Crowd) -> dict[int, Heard]:
    """For each task, whom its rung reaches."""
    parties = queries.parties([task.task_id for task in asked if task.asks_beside])
    seats = [Seat(*row[1:]) for rows in parties.values() for row in rows] + [task.holder for task in asked]
    issuers = [task.issuer_unit_id for task in asked if task.asks_beside]
    crowd.meet([*(seat.unit_id for seat in seats), *issuers], (seat.person_id for seat in seats))
    return {task.task_id: _heard(task, parties.get(task.task_id, []), crowd) for task in asked}


def _heard(task: Asked, parties: list[tuple[str, int | None, str | None, int | None]], crowd: Crowd) -> Heard:
    if task.asks_beside:
        return _with_those_beside(task, parties, crowd)
    key = task.holder, task.hears
    if key not in crowd.heard:
        heard = crowd.heard[key] = Heard()
        for name in task.hears:
            heard.ears.update(_own(name, task.holder, crowd, heard))
    return crowd.heard[key]


def _with_those_beside(task: Asked, parties: list[tuple[str, int | None, str | None, int | None]],
                       crowd: Crowd) -> Heard:  # fmt: skip
    heard = Heard()
    by_role = {name: [Seat(*row[1:]) for row in parties if row[0] == role] for name, role in PARTIES.items()}
    for name in task.hears:
        if name in by_role:
            _beside(name, by_role[name], task, crowd, heard)
        else:
            heard.ears.update(_own(name, task.holder, crowd, heard))
    leaders = [ear for seat in _named_first(by_role["leader"], crowd) for ear in crowd.ears(seat)]
    heard.decider = next(iter(leaders or crowd.leader(task.issuer_unit_id)), None)
    return heard


def _own(name: str, holder: Seat, crowd: Crowd, heard: Heard) -> list[int]:
    """The holder, the head of her unit, or whoever stands above it."""
    if name == "above":
        return crowd.heads(holder.unit_id, above=True)
    seat = Seat(holder.unit_id, "head", None) if name == "head" else holder
    found = crowd.ears(seat)
    if not found and seat.unit_id not in crowd.silent and _is_expected(name, seat, crowd):
        heard.vacant.add(seat)
    return found or crowd.heads(holder.unit_id, above=False)


def _is_expected(name: str, seat: Seat, crowd: Crowd) -> bool:
    """Whether somebody should be there: whoever holds it always, a head where units have one."""
    return name == "holder" or seat.unit_id in crowd.headed


def _beside(name: str, seats: list[Seat], task: Asked, crowd: Crowd, heard: Heard) -> None:
    """A party of the task; a leader nobody named is the issuing unit's."""
    if not seats and name == "leader":
        heard.ears.update(crowd.leader(task.issuer_unit_id))
    for seat in _named_first(seats, crowd):
        found = crowd.ears(seat)
        if not found:
            heard.vacant.add(seat)
        heard.ears.update(found or crowd.heads(seat.unit_id, above=False))


def _named_first(seats: list[Seat], crowd: Crowd) -> list[Seat]:
    """Somebody named who can hear, rather than everybody in her post."""
    named = [seat for seat in seats if seat.person_id and crowd.ears(seat)]
    return named or [seat for seat in seats if not seat.person_id] or seats
