"""Many tasks that stand alike end at once, each exactly as if the door had been opened for it alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.clock import now
from app.db import db, table_of
from app.tasks import auditing
from app.tasks.alike import end_all
from app.tasks.entries import Entry, EntryText, Listener
from app.tasks.models import Party, Task, Wait
from app.tasks.perform import perform
from app.tasks.refusals import NotYours, OutOfTurn
from tests import story
from tests.statements import counted
from workflows.grammar import say

WHY = say("The list it came from was taken back.")
OWN = {"id", "number", "title", "folded", "entry_head", "task_id", "entry_id", "hash", "previous"}
BEGUN = {"created_at", "started_at", "since", "at"}


def of(task: Task) -> list[dict]:
    """Everything that is written of a task, without what is its own."""
    db.session.flush()
    entries = sa.select(table_of(Entry).c.id).where(table_of(Entry).c.task_id == task.id)
    told = [
        sa.select(table_of(each)).where(column == task.id)
        for each, column in ((Task, Task.id), (Wait, Wait.task_id), (Party, Party.task_id), (Entry, Entry.task_id))
    ]
    told += [sa.select(table_of(each)).where(each.entry_id.in_(entries)) for each in (EntryText, Listener)]
    told = [one.order_by(*one.selected_columns.values()[:2]) for one in told]  # a database gives rows in any order
    rows = [dict(row) for one in told for row in db.session.execute(one).mappings()]
    return [{name: value for name, value in row.items() if name not in OWN | BEGUN} for row in rows]


def test_many_end_in_a_few_statements_exactly_as_one_by_one(inside, cast):
    visit = story.visit(cast)
    tasks = [story.draft(cast, inspection=visit, text=f"第{n}条").task for n in range(6)]
    one, *many, seen, _kept = tasks
    perform(seen, "edit", cast.inspector, now=now(), through="findings", facts={})
    seen.finding.text = "看过一次"
    db.session.flush()
    at = now() + timedelta(minutes=1)
    perform(one, "discard", cast.inspector, now=at, reason=WHY)
    with counted(inside) as sent:
        end_all([task.id for task in (*many, seen)], "discard", cast.inspector, now=at, reason=WHY)
    assert len(sent) < 40
    assert [of(task) for task in many] == [of(one)] * len(many)
    assert {task.entries[-1].at for task in tasks[:-1]} == {at}
    assert (seen.state, seen.entries[-1].seq, seen.entries[-1].said) == ("withdrawn", 3, {"reason": WHY})
    assert tasks[-1].state == "draft"
    assert list(auditing.faults()) == []


def test_nothing_ends_for_strangers_or_where_single_tasks_decide(cast):
    visit = story.visit(cast)
    ids = [story.draft(cast, inspection=visit, text=f"第{n}条").task_id for n in range(3)]
    with pytest.raises(NotYours):
        end_all(ids, "discard", cast.stranger, now=now(), reason=WHY)
    with pytest.raises(OutOfTurn):
        end_all(ids, "close_on_the_spot", cast.inspector, now=now(), remark="好")
    with pytest.raises(OutOfTurn):
        end_all(ids, "issue", cast.inspector, now=now())
    assert {db.session.get(Task, one).state for one in ids} == {"draft"}
