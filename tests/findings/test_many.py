"""Many at once leave the same rows behind as one by one: entries, listeners, waits, parties and due dates."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.clock import now
from app.db import db, table_of
from app.findings.actions_many import Drafted, draft_all, issue_all
from app.findings.models import Finding
from app.folding import fold
from app.people.models import Post
from app.steps.actions import take
from app.tasks import auditing
from app.tasks.due import DueDate
from app.tasks.entries import Entry, Listener
from app.tasks.models import Party, Task, Wait
from app.tasks.refusals import NotYet
from tests import story
from tests.statements import counted

OWN = {"id", "task_id", "number", "version", "hash", "previous", "entry_head", "folded", "seq", "parent_id"}


def left_behind(task_id: int) -> dict[str, list[dict]]:
    """Every row that hangs on a task, without what names the task itself."""
    rows = {}
    for model in (Task, Entry, Wait, Party, DueDate):
        table = table_of(model)
        of = table.c.id if model is Task else table.c.task_id
        found = db.session.connection().execute(sa.select(table).where(of == task_id).order_by(table.c.id))
        rows[table.name] = [{name: value for name, value in row._mapping.items() if name not in OWN} for row in found]
    told = sa.select(Entry.step, Listener.person_id).join(Entry.listeners).where(Entry.task_id == task_id)
    rows["listeners"] = sorted(map(tuple, db.session.execute(told)))
    return rows


def test_drafted_and_issued_together_they_leave_the_same_rows_as_one_by_one(cast):
    at = now()
    visit = story.visit(cast, at=at)
    on = at.date() + timedelta(days=30)
    fields = {"text": "围墙开裂", "deadline_on": on, "weight": "major", "protection": "拉警戒线"}
    alone = story.draft(cast, inspection=visit, at=at, **fields)
    take(alone.task, "issue", cast.inspector, now=at)
    rows = [Drafted(cast.units[name], fields) for name in ("first", "first", "willow")]
    many = [db.session.get_one(Finding, one) for one in draft_all(visit, cast.inspector, rows, now=at)]
    assert issue_all([one.task for one in many], cast.inspector, now=at) == [None] * 3
    db.session.flush()
    assert left_behind(many[0].task_id) == left_behind(many[1].task_id) == left_behind(alone.task_id)
    elsewhere = left_behind(many[2].task_id)
    assert elsewhere["listeners"] != left_behind(alone.task_id)["listeners"]
    assert list(auditing.faults()) == []
    assert many[0].task.current_wait.role == "head"


def test_what_is_refused_stays_as_it_is_and_holds_up_nothing(app, cast):
    visit = story.visit(cast)
    drafts = [story.draft(cast, inspection=visit, text=f"问题{n}") for n in range(3)]
    drafts[1].task.weight = "major"
    db.session.flush()
    before = left_behind(drafts[1].task_id)
    refusals = issue_all([one.task for one in drafts], cast.inspector, now=now())
    assert [type(one) for one in refusals] == [type(None), NotYet, type(None)]
    db.session.flush()
    assert left_behind(drafts[1].task_id) == before
    assert [one.task.state for one in drafts] == ["issued", "draft", "issued"]


def test_without_anybody_to_verify_nothing_new_stands_on_the_task(cast):
    draft = story.draft(cast)
    db.session.execute(sa.delete(Post).where(Post.kind.in_(("reviewer", "inspector"))))
    db.session.expire_all()
    before = left_behind(draft.task_id)
    (refusal,) = issue_all([draft.task], cast.inspector, now=now())
    assert isinstance(refusal, NotYet)
    db.session.flush()
    assert left_behind(draft.task_id) == before


@pytest.mark.parametrize("many", [3, 30])
def test_the_statements_do_not_grow_with_them(app, cast, many):
    visit = story.visit(cast)
    for n in range(many):
        story.draft(cast, inspection=visit, text=f"问题{n}")
    db.session.flush()
    db.session.expunge_all()
    with counted(app) as sent:
        tasks = list(db.session.scalars(sa.select(Task).where(Task.kind == "finding")))
        assert issue_all(tasks, cast.inspector, now=now()) == [None] * many
    assert len([one for one in sent if one.startswith("SELECT")]) <= 30


def test_every_row_of_a_long_list_says_its_own(cast):
    visit = story.visit(cast)
    rows = [Drafted(cast.units["first"], {"text": f"第{n}間教室開裂"}, {"row": n}) for n in range(1, 206)]
    ids = draft_all(visit, cast.inspector, rows, now=now())
    made = db.session.query(Finding).order_by(Finding.seq).all()
    assert [(one.id, one.text, one.extra) for one in made] == [
        (at, row.fields["text"], row.extra) for at, row in zip(ids, rows, strict=True)
    ]
    assert [one.task.folded for one in made[::101]] == [fold(f"{one.task.number} {one.text}") for one in made[::101]]
    assert list(auditing.faults()) == []
