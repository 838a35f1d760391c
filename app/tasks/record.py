"""Writing down what happened: the only maker of entries and of the inbox.

Both go past the session, each in one statement that was put together once: every click pays for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.clock import today
from app.db import db, table_of
from app.people import queries as people
from app.tasks.entries import Entry, EntryText, Listener, canonical, hash_of
from app.tasks.models import Party, Task
from app.tasks.sending import send
from app.tasks.standing import Actor, Standing
from app.tasks.touching import lost_the_race
from workflows.grammar import Step
from workflows.roles import Role

FREE = ("text", "line")
ENTRIES, TEXTS, LISTENERS, PARTIES = (table_of(each) for each in (Entry, EntryText, Listener, Party))
APPEND = sa.insert(ENTRIES).returning(ENTRIES.c.id)
KEEP_WORDS = sa.insert(TEXTS)


def record(
    task: Task, name: str, actor: Actor, stands: Standing, now: datetime, *,
    from_state: str | None, step: Step | None = None,
    given: Mapping[str, Any] | None = None, facts: dict[str, Any] | None = None,
    said: Mapping[str, str] | None = None, tells: tuple[Role, ...] = (),
) -> int:  # fmt: skip
    """Append an entry to the task's chain, with its words and everybody who is told; returns its id.

    What changed on the task goes out first: that locks its row, and a race surfaces there. `said` is free
    text of what is no step of the law; `tells` names whom such a thing is told.
    """
    words, known = _sorted_out(step, given or {}, said or {})
    line = {
        "task_id": task.id, "seq": task.entry_seq + 1, "at": now,
        "actor_id": actor.id, "actor_name": actor.name, "actor_post": stands.post, "actor_unit": stands.unit,
        "on_behalf_id": stands.for_id, "on_behalf_name": stands.for_name,
        "step": name, "from_state": from_state, "to_state": task.state, "level": task.level,
        "facts": {**known, **(facts or {})}, "text_hash": _hash(words), "previous": task.entry_head,
    }  # fmt: skip
    task.entry_seq, task.entry_head = task.entry_seq + 1, hash_of(line)
    send(task)
    entry_id = _append(line | {"hash": task.entry_head})
    if words:
        db.session.connection().execute(KEEP_WORDS, {"entry_id": entry_id, "content": words})
    _tell(task, step.tells if step else tells, actor, entry_id)
    return entry_id


def _append(line: dict[str, Any]) -> int:
    try:
        return int(db.session.connection().execute(APPEND, line).scalar_one())
    except IntegrityError as lost:  # the machine's note came between: it does not raise the version
        raise lost_the_race() from lost


def _sorted_out(step: Step | None, given: Mapping[str, Any], said: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """Free text as canonical JSON, and everything else as facts."""
    free = {ask.name for ask in step.asks if ask.kind in FREE} if step else set()
    words = {name: str(value) for name, value in given.items() if name in free and value}
    words |= {name: text for name, text in said.items() if text}
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


def _tell(task: Task, roles: tuple[Role, ...], actor: Actor, entry_id: int) -> None:
    if roles:
        whom = {"entry": entry_id, "task": task.id, "level": task.level, "actor": actor.id or 0, "day": today()}
        db.session.connection().execute(_telling(roles), whom)


@lru_cache
def _telling(roles: tuple[Role, ...]) -> sa.Insert:
    """Everybody who stands in those relations now, by name or by a post of today, in one statement."""
    party = PARTIES.c
    standing = sa.select(PARTIES).where(
        party.task_id == sa.bindparam("task"), party.until.is_(None), party.role.in_(sorted(roles)),
        sa.or_(party.role != Role.VERIFIER, party.level == sa.bindparam("level")),
    ).cte()  # fmt: skip
    named = sa.select(standing.c.person_id).where(standing.c.person_id.is_not(None))
    told = sa.union(named, people.holders_of(standing, sa.bindparam("day"))).subquery()
    rows = sa.select(sa.bindparam("entry", type_=sa.Integer), told.c.person_id)
    return sa.insert(LISTENERS).from_select(
        ["entry_id", "person_id"], rows.where(told.c.person_id != sa.bindparam("actor"))
    )
