"""Writing down what happened: the only maker of entries and of the inbox."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.db import db
from app.people import queries as people
from app.tasks.entries import Entry, EntryText, Listener, canonical
from app.tasks.models import Task
from app.tasks.standing import Actor, Standing, parties_now
from workflows.grammar import Step
from workflows.roles import Role

FREE = ("text", "line")


def record(
    task: Task, name: str, actor: Actor, stands: Standing, now: datetime, *,
    from_state: str | None, step: Step | None = None,
    given: Mapping[str, Any] | None = None, facts: dict[str, Any] | None = None,
) -> Entry:  # fmt: skip
    """Append an entry to the task's chain, with its words and everybody who is told."""
    words, known = _sorted_out(step, given or {})
    told = sorted(_told(task, step, actor))
    entry = Entry(
        task=task, task_id=task.id, seq=task.entry_seq + 1, at=now,
        actor_id=actor.id, actor_name=actor.name, actor_post=stands.post, actor_unit=stands.unit,
        on_behalf_id=stands.for_id, on_behalf_name=stands.for_name,
        step=name, from_state=from_state, to_state=task.state, level=task.level,
        facts={**known, **(facts or {})}, text_hash=_hash(words), previous=task.entry_head,
    )  # fmt: skip
    db.session.add(entry)
    entry.hash = entry.sealed_hash()
    task.entry_seq, task.entry_head = entry.seq, entry.hash
    if words:
        entry.words = EntryText(content=words)
    entry.listeners = [Listener(person_id=person_id) for person_id in told]
    return entry


def _sorted_out(step: Step | None, given: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Free text as canonical JSON, and everything else as facts."""
    free = {ask.name for ask in step.asks if ask.kind in FREE} if step else set()
    words = {name: str(value) for name, value in given.items() if name in free and value}
    known = {name: _plain(value) for name, value in given.items() if name not in free and value not in (None, "")}
    return (canonical(words) if words else ""), known


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Of what was there before, the part that is not the same any more."""
    return {name: value for name, value in before.items() if after[name] != value}


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as JSON keeps them."""
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return {"id": value.id, "name": value.name} if hasattr(value, "name") else value


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def _told(task: Task, step: Step | None, actor: Actor) -> set[int]:
    if step is None:
        return set()
    parties = [party for role in step.tells for party in parties_now(task, Role(role))]
    return (people.ids_filling(parties) if parties else set()) - {actor.id}
