"""Every effect changes what it says, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.workflows.stand_ins import NOW, TODAY, actor, case, task
from workflows import effects as do
from workflows.roles import Role


def changed(effect, on=None, **given) -> dict[str, object]:
    """What the effect changed on the task."""
    on = on or task()
    before = dict(vars(on))
    effect(case(on, SimpleNamespace(), actor(4), **given))
    return {name: value for name, value in vars(on).items() if before.get(name) != value}


def test_stamp_issued_keeps_the_first_moment():
    assert changed(do.stamp_issued) == {"issued_at": NOW}
    assert changed(do.stamp_issued, task(issued_at=NOW - timedelta(days=3))) == {}


@pytest.mark.parametrize(("resume", "level"), [(None, 1), (2, 2)])
def test_stamp_submitted_goes_on_where_verification_left_it(resume, level):
    on = task(level=3, levels=3, resume_level=resume)
    assert changed(do.stamp_submitted, on) == {"submitted_at": NOW, "level": level}


def test_clear_submitted():
    assert changed(do.clear_submitted, task(submitted_at=NOW)) == {"submitted_at": None}


def test_count_return_remembers_the_level():
    assert changed(do.count_return, task(level=2, levels=3)) == {"returns": 1, "resume_level": 2}


def test_climb_a_level():
    assert changed(do.climb_a_level, task(level=1, levels=2)) == {"level": 2}


def test_remember_proposer_and_forget_proposer():
    assert changed(do.remember_proposer) == {"withdrawal_by_id": 4}
    assert changed(do.forget_proposer, task(withdrawal_by_id=4)) == {"withdrawal_by_id": None}


def test_forget_proposer_of_nobody_changes_nothing():
    assert changed(do.forget_proposer) == {}


def test_name_owner_gives_the_role_and_shows_it_in_lists():
    given: list[tuple[object, ...]] = []
    owner = SimpleNamespace(id=9, name="张明远")
    on = task(give=lambda role, person, now: given.append((role, person.id, now)))
    assert changed(do.name_owner, on, owner=owner) == {"owner_id": 9}
    assert given == [(Role.OWNER, 9, NOW)]


def test_note_block_keeps_since_when_and_clears_both():
    assert changed(do.note_block, blocked_by="money") == {"blocked_by": "money", "blocked_since": NOW}
    since = NOW - timedelta(days=4)
    assert changed(do.note_block, task(blocked_by="money", blocked_since=since), blocked_by="superior") == {
        "blocked_by": "superior"
    }
    assert changed(do.note_block, task(blocked_by="money", blocked_since=since), blocked_by="") == {
        "blocked_by": None,
        "blocked_since": None,
    }


def test_note_finished_and_note_progress_write_on_the_subject():
    subject = SimpleNamespace()
    do.note_finished(case(task(), subject, result="已重砌", finished_on=TODAY))
    assert (subject.result, subject.finished_on) == ("已重砌", TODAY)


def test_note_progress():
    subject = SimpleNamespace()
    do.note_progress(case(task(), subject, text="已立项", percent=30))
    assert (subject.text, subject.percent) == ("已立项", 30)


def kept(effect, **given) -> dict[str, object]:
    """What the effect keeps on the subject."""
    about = SimpleNamespace()
    effect(case(task(), about, actor(4), **given))
    return vars(about)


def test_note_answer_and_note_explanation_keep_what_was_said():
    assert kept(do.note_answer, text="已修复") == {"answer": "已修复"}
    assert kept(do.note_explanation, text="经费未到") == {"explanation": "经费未到"}


def test_note_explanation_leaves_the_answer_alone():
    assert "answer" not in kept(do.note_explanation, text="经费未到")


def test_note_talk_keeps_minutes_promise_and_day():
    said = {"minutes": "指出问题", "promise": "月底前完成", "held_on": TODAY}
    assert kept(do.note_talk, **said) == {"minutes": "指出问题", "promise": "月底前完成", "held_on": TODAY}
