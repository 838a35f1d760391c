"""Writing down what happened: the only maker of entries and of the inbox.

Both go past the session, each in one statement that was put together once: every click pays for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.clock import today
from app.db import db, table_of
from app.people import queries as people
from app.pouring import Ready, ids_for, pour
from app.tasks.entries import BEFORE, FREELY, SEALED, Entry, EntryText, Listener, canonical, hash_of
from app.tasks.models import Party, Task
from app.tasks.sending import look_anew, send, send_all
from app.tasks.standing import ON_BEHALF, Actor, Standing
from app.tasks.touching import lost_the_race
from workflows.grammar import Step
from workflows.roles import Role

FREE = ("text", "line")
ENTRIES, TEXTS, LISTENERS, PARTIES = (table_of(each) for each in (Entry, EntryText, Listener, Party))
APPEND = Ready(sa.insert(ENTRIES).returning(ENTRIES.c.id), (*SEALED, "hash"))
KEEP_WORDS = Ready(sa.insert(TEXTS), ("entry_id", "content"))
ONE = ENTRIES.c.id == sa.bindparam("entry")
MANY = ENTRIES.c.id.in_(sa.bindparam("entries", expanding=True))
AT_ONCE = 500


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
    facts, former = _apart(facts or {})
    words, known = sorted_out(step, given or {}, {**(said or {}), **former})
    line = line_of(task, name, actor, stands, now, from_state=from_state, words=words, facts={**known, **facts})
    send(task)
    entry_id = _append(line)
    if words:
        KEEP_WORDS.send({"entry_id": entry_id, "content": words})
    _tell(step.tells if step else tells, actor, entry_id, mute=_is_mute(task))
    return entry_id


def line_of(
    task: Task, name: str, actor: Actor, stands: Standing, now: datetime, *,
    from_state: str | None, facts: dict[str, Any], words: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The next entry of the task's chain as a row; the task takes it for its head, nothing is written."""
    line = {
        "task_id": task.id, "seq": task.entry_seq + 1, "at": now,
        "actor_id": actor.id, "actor_name": actor.name, "actor_post": stands.post, "actor_unit": stands.unit,
        "on_behalf_id": stands.for_id, "on_behalf_name": stands.for_name,
        "step": name, "from_state": from_state, "to_state": task.state, "level": task.level,
        "facts": facts, "text_hash": _hash(words), "previous": task.entry_head,
    }  # fmt: skip
    task.entry_seq, task.entry_head = task.entry_seq + 1, hash_of(line)
    return line | {"hash": task.entry_head}


def record_all(tasks: Sequence[Task], lines: Sequence[dict[str, Any]], step: Step | None, actor: Actor,
               words: str = "") -> None:  # fmt: skip
    """The same for one step of many tasks, with the same words: everything of a kind goes out together."""
    muted = any(map(_is_mute, tasks))
    send_all(tasks)
    ids = _append_all(lines)
    if words:
        KEEP_WORDS.send_all([{"entry_id": entry_id, "content": words} for entry_id in ids])
    if step is not None and step.tells:
        whom = {"actor": actor.id or 0, "day": today()}
        telling = _telling(step.tells, MANY, muted)
        for at in range(0, len(ids), AT_ONCE):
            db.session.connection().execute(telling, whom | {"entries": ids[at : at + AT_ONCE]})
    for task in tasks:
        look_anew(db.session(), task)


def _append(line: dict[str, Any]) -> int:
    try:
        return int(APPEND.send(line).scalar_one())
    except IntegrityError as lost:  # the machine's note came between: it does not raise the version
        raise lost_the_race() from lost


def _append_all(lines: Sequence[dict[str, Any]]) -> list[int]:
    ids, copied = ids_for(Entry, len(lines)), db.engine.dialect.loaded_dbapi.IntegrityError
    try:
        pour(Entry, [{**line, "id": entry_id} for line, entry_id in zip(lines, ids, strict=True)])
    except (IntegrityError, copied) as lost:
        raise lost_the_race() from lost
    return ids


def sorted_out(
    step: Step | None, given: Mapping[str, Any], said: Mapping[str, str] | None = None
) -> tuple[str, dict[str, Any]]:
    """Free text as canonical JSON, and everything else as facts."""
    free = {ask.name for ask in step.asks if ask.kind in FREE} if step else set()
    words = {name: str(value) for name, value in given.items() if name in free and value}
    words |= {name: text for name, text in (said or {}).items() if text}
    known = {name: _plain(value) for name, value in given.items() if name not in free and value not in (None, "")}
    return (canonical(words) if words else ""), known


def _apart(facts: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What stood there before without its free text, which is kept with the words and can be erased like them."""
    before = facts.get(BEFORE, {})
    free = {name: value for name, value in before.items() if name in FREELY and value}
    if not free:
        return facts, {}
    return {**facts, BEFORE: {name: before[name] for name in before.keys() - free}}, {BEFORE: canonical(free)}


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


def _is_mute(task: Task) -> bool:
    """Whether nobody at its unit signs in, so that whoever stands in for it is told."""
    return task.unit is not None and not task.unit.has_account


def _tell(roles: tuple[Role, ...], actor: Actor, entry_id: int, *, mute: bool) -> None:
    if roles:
        whom = {"entry": entry_id, "actor": actor.id or 0, "day": today()}
        _telling_of_one(roles, mute).send(whom)


def tell_beside(entry_id: int, tasks: Sequence[int], roles: tuple[Role, ...], actor: Actor) -> None:
    """Of that entry also tell whoever stands in those relations on other tasks; nobody twice, and never the actor."""
    party, listener = PARTIES.c, LISTENERS.c
    standing = sa.select(PARTIES, sa.literal(entry_id).label("entry_id")).where(
        party.task_id.in_(tasks), party.until.is_(None), party.role.in_(sorted(roles))
    ).cte()  # fmt: skip
    knows = sa.select(listener.person_id).where(listener.entry_id == entry_id)
    fresh = _listening(standing, today(), lambda person: (person != (actor.id or 0), person.not_in(knows)))
    db.session.connection().execute(fresh)


@lru_cache
def _telling_of_one(roles: tuple[Role, ...], mute: bool) -> Ready:
    return Ready(_telling(roles, ONE, mute))


@lru_cache
def _telling(roles: tuple[Role, ...], picked: sa.ColumnElement[bool], mute: bool) -> sa.Insert:
    """Everybody who stands in those relations now, by name or by a post of today, in one statement."""
    party, entry = PARTIES.c, ENTRIES.c
    standing = sa.select(PARTIES, entry.id.label("entry_id")).join(ENTRIES, entry.task_id == party.task_id).where(
        picked, party.until.is_(None), sa.or_(*(party.role == role for role in sorted(roles))),
        sa.or_(party.role != Role.VERIFIER, party.level == entry.level),
    ).cte()  # fmt: skip
    return _listening(standing, sa.bindparam("day"), lambda person: (person != sa.bindparam("actor"),), mute)


def _listening(standing: sa.CTE, day: Any, whom: Callable[[Any], tuple[Any, ...]], mute: bool = False) -> sa.Insert:
    named = sa.select(standing.c.entry_id, standing.c.person_id).where(standing.c.person_id.is_not(None))
    told = [named, people.holders_of(standing, day, standing.c.entry_id)]
    if mute:
        above = people.holders_above(standing, day, standing.c.entry_id)
        told.append(above.where(sa.or_(*(standing.c.role == role for role in sorted(ON_BEHALF)))))
    everybody = sa.union(*told).subquery()
    rows = sa.select(everybody.c.entry_id, everybody.c.person_id).where(*whom(everybody.c.person_id))
    return sa.insert(LISTENERS).from_select(["entry_id", "person_id"], rows)
