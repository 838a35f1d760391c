"""The door for many that stand alike: it takes a step with one of them, and the others are written as it came out.

Ten thousand drafts of one list are thrown away in one go this way; one after the other would hold up for a minute
whoever else writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.db import db, table_of
from app.pouring import among, pour
from app.tasks.entries import SEALED, Entry, EntryText, hash_of
from app.tasks.models import Party, Task, Wait
from app.tasks.perform import perform
from app.tasks.refusals import OutOfTurn
from app.tasks.standing import ON_BEHALF, Actor
from app.tasks.touching import lost_the_race
from workflows.book import WORKFLOWS
from workflows.grammar import Step, say

TASKS, PARTIES, WAITS, ENTRIES, TEXTS = (table_of(each) for each in (Task, Party, Wait, Entry, EntryText))
COLUMNS = [column.key for column in TASKS.columns]
OWN = {"id", "number", "title", "folded", "entry_seq", "entry_head", "version"}  # what no two of them share
STANDING = ("role", "level", "unit_id", "post", "person_id")
Row = Any


def end_all(ids: Sequence[int], step_name: str, actor: Actor, *, now: datetime, **given: Any) -> None:
    """Take one step that ends them with all of these tasks; raises as `perform` does, and nothing is changed then.

    It must be a step that looks at nothing of a single task, and nothing under way may hang on any of them.
    """
    for rows in _sorts(ids).values():
        _only_plain(rows[0], step_name)
        leader = db.session.get_one(Task, rows[0].id)
        was = {name: getattr(leader, name) for name in COLUMNS}
        perform(leader, step_name, actor, now=now, **given)
        if rows[1:]:
            _follow(leader, was, rows[1:], step_name, now)


def _sorts(ids: Iterable[int]) -> dict[Any, list[Row]]:
    """The tasks as they stand, held until the transaction ends, by what the law looks at."""
    told = TASKS.c.id, TASKS.c.kind, TASKS.c.state, TASKS.c.level, TASKS.c.entry_seq, TASKS.c.entry_head
    found = sa.select(*told, TASKS.c.open).where(TASKS.c.id.in_(among(ids))).order_by(TASKS.c.id).with_for_update()
    rows = db.session.execute(found).all()
    stands = _standing(row.id for row in rows)
    sorts: dict[Any, list[Row]] = {}
    for row in rows:
        key = row.kind, row.state, row.level, row.open, stands.get(row.id, ())
        sorts.setdefault(key, []).append(row)
    return sorts


def _standing(ids: Iterable[int]) -> dict[int, tuple[Any, ...]]:
    """Who stands in which relation to each of them now."""
    now = sa.select(PARTIES.c.task_id, *(PARTIES.c[name] for name in STANDING)).where(
        PARTIES.c.task_id.in_(among(ids)), PARTIES.c.until.is_(None)
    )
    stands: dict[int, tuple[Any, ...]] = {}
    for task_id, *party in db.session.execute(now.order_by(PARTIES.c.task_id, *(PARTIES.c[name] for name in STANDING))):
        stands[task_id] = (*stands.get(task_id, ()), tuple(party))
    return stands


def _only_plain(row: Row, step_name: str) -> None:
    law = WORKFLOWS[row.kind]
    if not all(_is_plain(step) and step.to in law.ends for step in law.steps_called(step_name)):
        raise OutOfTurn(say("This step is taken one by one."))


def _is_plain(step: Step) -> bool:
    """Whether nothing of a single task decides about it, and nobody is told."""
    return not (step.when or step.needs or step.sets or step.does or step.tells or step.by & ON_BEHALF)


def _follow(leader: Task, was: dict[str, Any], rows: Sequence[Row], step_name: str, now: datetime) -> None:
    """What the step changed on the first changes on the others: entry, words, task and wait."""
    line, words = _entry_of(leader)
    ids = [row.id for row in rows]
    pour(Entry, [_sealed(line, row) for row in rows])
    if words:
        _same_words(words, ids, step_name, now)
    became = {name: getattr(leader, name) for name in COLUMNS if name not in OWN}
    _write(ids, {name: value for name, value in became.items() if value != was[name]})
    over = sa.update(WAITS).where(WAITS.c.task_id.in_(among(ids)), WAITS.c.ended_at.is_(None))
    db.session.execute(over.values(ended_at=now, outcome=step_name).execution_options(synchronize_session=False))
    db.session.expire_all()


def _entry_of(task: Task) -> tuple[dict[str, Any], str]:
    """The entry that the door just wrote, and its words."""
    line = (
        sa.select(*(ENTRIES.c[name] for name in SEALED), TEXTS.c.content)
        .outerjoin_from(ENTRIES, TEXTS)
        .where(ENTRIES.c.task_id == task.id, ENTRIES.c.seq == task.entry_seq)
    )
    row = dict(db.session.execute(line).mappings().one())
    return row, row.pop("content") or ""


def _sealed(line: dict[str, Any], row: Row) -> dict[str, Any]:
    sealed = {**line, "task_id": row.id, "seq": row.entry_seq + 1, "previous": row.entry_head}
    return {**sealed, "hash": hash_of(sealed)}


def _same_words(words: str, ids: Sequence[int], step_name: str, now: datetime) -> None:
    of_them = ENTRIES.c.task_id.in_(among(ids)), ENTRIES.c.step == step_name, ENTRIES.c.at == now
    said = sa.select(ENTRIES.c.id, sa.literal(words)).where(*of_them)
    db.session.execute(sa.insert(TEXTS).from_select(["entry_id", "content"], said))


def _write(ids: Sequence[int], became: dict[str, Any]) -> None:
    head = sa.select(ENTRIES.c.hash).where(ENTRIES.c.task_id == TASKS.c.id, ENTRIES.c.seq == TASKS.c.entry_seq + 1)
    counted = {"entry_seq": TASKS.c.entry_seq + 1, "version": TASKS.c.version + 1, "entry_head": head.scalar_subquery()}
    values: dict[str, Any] = {**became, **counted}
    sent = db.session.connection().execute(sa.update(TASKS).where(TASKS.c.id.in_(among(ids))).values(values))
    if sent.rowcount != len(ids):
        raise lost_the_race()
