"""Whom a task waits on, since when and how long that usually takes, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.tasks.clocks import within
from app.tasks.models import Party, Task, Wait
from workflows.grammar import Sentence, say
from workflows.roles import LABELS, Role


@dataclass(frozen=True)
class Holder:
    """In whose hands a task lies, in which role, since when and until when."""

    name: Sentence
    role: str
    since: datetime
    until: datetime | None
    usually: Sentence | None


def holder_of(task: Task) -> Holder | None:
    """Whom the task waits on now; None when it has ended."""
    wait = task.current_wait
    if wait is None:
        return None
    return Holder(named(wait), LABELS[Role(wait.role)], wait.started_at, wait.until, _usually(task))


def named(party: Party | Wait | Any) -> Sentence:
    """A party or the holder of a wait: the person, or the unit in its role."""
    if party.person_id is not None and party.person:
        return say("%(person)s", person=party.person.name)
    if party.unit_id is not None and party.unit:
        return say("%(unit)s (%(role)s)", unit=party.unit.name, role=say(LABELS[Role(party.role)]))
    return say("nobody yet")


def _usually(task: Task) -> Sentence | None:
    allowed = within(task)
    if allowed is None or allowed.unit == "due":
        return None
    if allowed.unit == "working":
        return say("usually %(days)d working days", days=allowed.days)
    return say("at most %(days)d days", days=allowed.days)
