"""One look at a wait: which ladder holds for it, what has come, what holds it back; changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Row

from app.calendars.queries import calendar_between
from app.calendars.queries_hours import house_hours
from app.clock import day_of, zone
from app.escalations import queries
from app.escalations.hearing import PARTIES, Asked, Crowd, Seat
from workflows.ladder import Ascent, Office, Stay, ascent
from workflows.roles import Role
from workflows.rungs import Ladder, Rung

NO_LADDER = Ladder("", ())
UNITS_OWN = frozenset({Role.OWNER, Role.HEAD})
# A measure has reminders only; drafts and visits are urged. Orders too: the grave rungs stay with what they cover.
LOUDEST = {"measure": "reminder", "inspection": "urging", "order": "urging", "circular": "urging", "talk": "urging"}
WHOLE = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True)
class House:
    """What every look needs: when the house speaks, its ladders, where each holds, and when nobody ticked."""

    office: Office
    ladders: dict[int, Ladder]
    choices: dict[tuple[int, str], int]
    crowd: Crowd
    gaps: tuple[tuple[datetime, datetime], ...] = ()
    _kept: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def ladder_for(self, unit_path: str, weight: str) -> Ladder:
        """The ladder of the nearest unit that chose one, for that weight before any."""
        key = unit_path, weight
        if key not in self._kept:
            self._kept[key] = self._nearest(unit_path, weight)
        return cast(Ladder, self._kept[key])

    def _nearest(self, unit_path: str, weight: str) -> Ladder:
        line = [int(part) for part in reversed(unit_path.strip("/").split("/")) if part]
        asked = ((unit, heavy) for unit in (*line, 0) for heavy in (weight, ""))
        return next((self.ladders[self.choices[key]] for key in asked if key in self.choices), NO_LADDER)

    def of(self, row: Row[Any]) -> Ladder:
        """The ladder of a task, as loud as its kind allows."""
        whole = self.ladder_for(row.unit_path, row.weight)
        loudest = LOUDEST.get(row.kind) or ("urging" if row.issued_at is None else "")
        if not loudest:
            return whole
        key = whole.id, loudest
        return cast(Ladder, self._kept.setdefault(key, whole.up_to(loudest)))

    def ascent(self, ladder: Ladder, stay: Stay, now: datetime) -> Ascent:
        """The look at one wait; many waits that end on one day look alike."""
        began = stay.started_at if self._began_on_the_ladder(ladder, stay) else None
        key = ladder.id, len(ladder.rungs), stay.until, began, tuple(stay.climbed.items()), stay.held_until, now
        if key not in self._kept:
            self._kept[key] = ascent(ladder, stay, now, self.office)
        return cast(Ascent, self._kept[key])

    def _began_on_the_ladder(self, ladder: Ladder, stay: Stay) -> bool:
        first = ladder.rungs[0].days if ladder.rungs else 0
        return stay.started_at >= self.office.moment(first, stay.until)

    def slept_through(self, at: datetime) -> bool:
        """Whether nobody ticked at that moment."""
        return any(start <= at <= end for start, end in self.gaps)


def house(now: datetime) -> House:
    """The house as it stands, and who is in it on that day."""
    opens, closes = house_hours().office
    office = Office(calendar_between(*WHOLE), zone(), opens, closes)
    choices = {(row.unit_id or 0, row.weight): row.ladder_id for row in queries.choices()}
    gaps = tuple((gap.from_at, gap.until_at) for gap in queries.gaps())
    ladders = {row.id: row.as_law() for row in queries.ladders()}
    return House(office, ladders, choices, Crowd(day_of(now)), gaps)


class Look(NamedTuple):
    """What one look found."""

    row: Row[Any]
    ladder: Ladder
    seen: Ascent
    caught_up: bool
    ripe: Row[Any] | None  # a climb whose day of grace is over: what was drafted is proposed now
    on_hold: bool
    speaks: Rung | None = None  # the rung that speaks

    def asks(self, rung: Rung) -> Asked:
        """Who is to hear that rung."""
        holder = Seat(self.row.held_in, self.row.post, self.row.person_id)
        beside = not rung.is_machines or not PARTIES.keys().isdisjoint(rung.hears)
        return Asked(self.row.id, holder, self.row.issuer_unit_id, rung.hears, beside)


def look(rows: list[Row[Any]], now: datetime, at: House) -> list[Look]:
    """A look at each of those tasks."""
    climbs = queries.climbed([row.wait_id for row in rows])
    asked = queries.extensions([row.id for row in rows if row.kind == "finding"])
    return [_one(row, climbs.get(row.wait_id, []), asked.get(row.id, (False, None)), now, at) for row in rows]


def _one(row: Row[Any], climbs: list[Row[Any]], asked: tuple[bool, datetime | None], now: datetime,
         at: House) -> Look:  # fmt: skip
    ladder, own = at.of(row), Role(row.role) in UNITS_OWN
    if row.until is None:
        return Look(row, ladder, Ascent((), None), False, None, False)
    if own and asked[0]:
        return Look(row, ladder, Ascent((), at.office.next_opening(now)), False, None, True)
    climbs = [climb for climb in climbs if climb.until == row.until]
    stay = Stay(
        row.started_at, _end(row.until, asked[1] if own else None),
        {climb.rung_id: climb.days for climb in climbs}, _last(climb.held_until for climb in climbs),
    )  # fmt: skip
    seen = at.ascent(ladder, stay, now)
    speaking = next((step for step in seen.steps if step.outcome == "spoke"), None) if seen.steps else None
    caught_up = speaking is not None and at.slept_through(speaking.due_at)
    ripe, waiting = _graces(climbs, now)
    if waiting:
        seen = Ascent(seen.steps, _first(seen.alarm_at, waiting))
    return Look(row, ladder, seen, caught_up, ripe, False, speaking.rung if speaking else None)


def _end(until: datetime, decided: datetime | None) -> datetime:
    """Days lost to an undecided request are not the unit's: its rungs count from the decision."""
    return max(until, decided) if decided else until


def _graces(climbs: Iterable[Row[Any]], now: datetime) -> tuple[Row[Any] | None, datetime | None]:
    """The gravest climb whose day of grace is over, and when the next one ends."""
    held = [climb for climb in climbs if climb.grace_until]
    if not held:
        return None, None
    ripe = max((c for c in held if c.grace_until <= now), key=lambda c: c.days, default=None)
    return ripe, _first(*(c.grace_until for c in held if c.grace_until > now))


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)
