"""Thinking again: what is light is undone by whoever just did it, as long as nothing else happened since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.people.models import Person
from app.tasks.entries import Entry
from app.tasks.models import Task
from app.tasks.refusals import NotYours, OutOfTurn
from workflows.grammar import Sentence, say

# The toast stands for ten seconds; what a slow network takes to show it does not come off them.
GOOD_FOR = timedelta(seconds=60)
Back = Callable[..., None]


@dataclass(frozen=True)
class Way:
    """How an entry is undone, and what is said when it has just been made."""

    said: Sentence
    back: Back


_ways: dict[tuple[str, str], Way] = {}


def undoes(step: str, said: Sentence, *kinds: str) -> Callable[[Back], Back]:
    """Register how `step` of those kinds of task is undone: `back(entry, actor, now=…)` goes through the door."""

    def register(back: Back) -> Back:
        _ways.update({(kind, step): Way(said, back) for kind in kinds})
        return back

    return register


def latest(task: Task, actor: Any, step: str) -> Entry | None:
    """The entry `actor` has just made by that step, when it is the last one and can be undone."""
    entry = next((entry for entry in reversed(task.entries) if entry.seq == task.entry_seq), None)
    can = entry is not None and entry.step == step and (task.kind, step) in _ways and entry.actor_id == actor.id
    return entry if can else None


def said(entry: Entry) -> Sentence:
    """What the toast says of it."""
    return _ways[entry.task.kind, entry.step].said


def undo(entry: Entry, actor: Person, *, now: datetime) -> None:
    """Put back what the entry changed, by an entry of its own; raises NotYours or OutOfTurn."""
    way = _ways.get((entry.task.kind, entry.step))
    if way is None or entry.actor_id != actor.id:
        raise NotYours(say("Only whoever did it can undo it, and only what is light."))
    if entry.seq != entry.task.entry_seq:
        raise OutOfTurn(say("Something else happened since, so nothing was undone. Look at how it stands now."))
    if now - entry.at > GOOD_FOR:
        raise OutOfTurn(say("It is too late to undo this by one tap. Change it anew on its page."))
    way.back(entry, actor, now=now)
