"""What the ladder would say at a moment, without saying it: the same look, counted instead of written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.db import db
from app.escalations import queries
from app.escalations.hearing import Heard, Seat, hear
from app.escalations.looking import House, Look, house, look
from app.people.models import Person
from workflows.rungs import LABELS, Ladder, when
from workflows.sentence import Sentence, say

PAGE = 1000
FLOOD_OF_ONE, FLOOD_IN_ALL = 30, 1000  # messages to one person, and in all, that nobody would read


@dataclass
class Preview:
    """What would be said: to whom, by which rung, and what would reach nobody."""

    at: datetime
    looked: int = 0
    heard: Counter[int] = field(default_factory=Counter)
    leaders: int = 0
    rungs: Counter[tuple[str, int]] = field(default_factory=Counter)
    papers: Counter[str] = field(default_factory=Counter)
    unheard: list[str] = field(default_factory=list)
    vacant: set[Seat] = field(default_factory=set)
    on_hold: int = 0
    is_open: bool = True

    @property
    def messages(self) -> int:
        """How many messages in all."""
        return sum(self.heard.values())

    @property
    def is_flood(self) -> bool:
        """Whether more would be said than anybody reads."""
        return self.messages > FLOOD_IN_ALL or any(count > FLOOD_OF_ONE for count in self.heard.values())

    def as_json(self) -> dict[str, Any]:
        """The numbers alone."""
        return {
            "at": self.at.isoformat(), "looked_at": self.looked, "messages": self.messages, "people": len(self.heard),
            "to_leaders": self.leaders, "reach_nobody": len(self.unheard), "on_hold": self.on_hold,
            "papers": dict(self.papers), "flood": self.is_flood, "office_open": self.is_open,
            "rungs": [{"kind": kind, "days": days, "tasks": n} for (kind, days), n in sorted(self.rungs.items())],
        }  # fmt: skip


def preview(at: datetime, changed: Ladder | None = None) -> Preview:
    """What would be said at that moment, with `changed` in the place of the ladder of its id."""
    found, standing = Preview(at), house(at)
    if changed is not None:
        standing = replace(standing, ladders={**standing.ladders, changed.id: _numbered(changed)})
    found.is_open = standing.office.is_open(at)
    last = 0
    while rows := queries.open_after(last, PAGE):
        _count(look(rows, at, standing), standing, found)
        last, found.looked = rows[-1].id, found.looked + len(rows)
    return found


def _numbered(ladder: Ladder) -> Ladder:
    """New rungs have no ids yet; each gets one that no climb can have."""
    rungs = (replace(rung, id=rung.id or -number) for number, rung in enumerate(ladder.rungs, start=1))
    return Ladder(ladder.name, tuple(rungs), ladder.id)


def _count(looks: list[Look], standing: House, found: Preview) -> None:
    found.on_hold += sum(look.on_hold for look in looks)
    speaking = [look for look in looks if look.speaks]
    if not speaking:
        return
    heard = hear([look.asks(look.speaks) for look in speaking if look.speaks], standing.crowd)
    for one in speaking:
        _add(one, heard[one.row.id], standing.crowd.leaders, found)


def _add(one: Look, heard: Heard, leaders: set[int], found: Preview) -> None:
    rung = one.speaks
    assert rung is not None
    ears = heard.ears if rung.is_machines or heard.decider is None else heard.ears | {heard.decider}
    found.heard.update(ears)
    found.leaders += len(ears & leaders)
    found.rungs[rung.kind, rung.days] += 1
    found.vacant |= heard.vacant
    if not rung.is_machines:
        found.papers[rung.kind] += 1
    if not ears:
        found.unheard.append(one.row.number)


def sentences(found: Preview, ladders: list[Ladder]) -> Iterator[Sentence]:
    """The preview in words, the numbers first."""
    if not found.messages:
        yield say("No message would go out.")
    else:
        yield say("%(messages)d messages to %(people)d people, %(leaders)d of them to leaders.",
                  messages=found.messages, people=len(found.heard), leaders=found.leaders)  # fmt: skip
    for (kind, days), count in sorted(found.rungs.items(), key=lambda item: item[0][1]):
        rung = next((r for ladder in ladders for r in ladder.rungs if (r.kind, r.days) == (kind, days)), None)
        yield say("%(kind)s, %(when)s: %(n)d tasks.", kind=say(LABELS[kind]), n=count,
                  when=when(rung) if rung else str(days))  # fmt: skip
    if found.papers:
        yield say("%(n)d papers would be drafted; named persons decide them.", n=sum(found.papers.values()))
    if found.on_hold:
        yield say("%(n)d tasks wait: more time was asked for and is not decided.", n=found.on_hold)
    yield from _warnings(found)


def _warnings(found: Preview) -> Iterator[Sentence]:
    if found.unheard:
        yield say("%(n)d tasks reach nobody because posts are vacant.", n=len(found.unheard))
    elif found.vacant:
        yield say("%(n)d posts are vacant; the next above is told.", n=len(found.vacant))
    if found.is_flood:
        (person, count), *_rest = found.heard.most_common(1)
        named = db.session.get(Person, person)
        yield say("This is a flood: %(name)s alone would hear %(n)d times.", name=named.name if named else "", n=count)
    if not found.is_open:
        yield say("Nothing is said at that hour; it waits for the next working morning.")
