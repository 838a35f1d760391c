"""The door: what it refuses, what it writes, and that a refusal changes nothing."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

from app.calendars.queries import calendar_kept
from app.clock import day_of, end_of, now
from app.db import db, unit_of_work
from app.evidence import actions as evidence
from app.evidence.actions import Stored
from app.evidence.receiving import keep
from app.people.models import Deputy
from app.people.queries import by_login, one_seated
from app.steps.actions import take
from app.tasks import clocks, queries
from app.tasks.entries import broken_links
from app.tasks.models import Task
from app.tasks.perform import offers, perform
from app.tasks.refusals import NotYet, NotYours, OutOfTurn
from app.tasks.reschedule import reschedule
from tests import story
from tests.cast import Cast
from tests.statements import counted


def test_a_step_that_does_not_exist_there_is_out_of_turn(cast):
    finding = story.issued(cast)
    with pytest.raises(OutOfTurn):
        take(finding.task, "accept", cast.district, now=now(), method="papers", remark="好")
    with pytest.raises(OutOfTurn):
        take(finding.task, "acknowledge", cast.head, now=now(), seen=finding.task.version - 1, owner=cast.owner)


def test_a_step_of_somebody_else_is_not_yours(cast):
    finding = story.issued(cast)
    for login in ("owner", "neighbour", "stranger", "leader", "admin"):
        with pytest.raises(NotYours):
            take(finding.task, "acknowledge", getattr(cast, login), now=now(), owner=cast.owner)


def test_what_is_asked_must_be_given_and_nothing_else(cast):
    finding = story.issued(cast)
    with pytest.raises(NotYet, match="Owner"):
        take(finding.task, "acknowledge", cast.head, now=now())
    with pytest.raises(NotYet, match="state"):
        take(finding.task, "acknowledge", cast.head, now=now(), owner=cast.owner, state="closed")


def test_a_step_that_keeps_a_record_cannot_be_taken_past_its_room(cast):
    finding = story.verifying(cast)
    with pytest.raises(OutOfTurn, match="record"):
        perform(finding, "pass_on", cast.district, now=now(), method="papers", remark="")


def test_a_finding_without_a_live_measure_cannot_leave_planning(cast):
    finding = story.planning(cast)
    with pytest.raises(NotYet, match="measure"):
        take(finding.task, "submit_plan", cast.owner, now=now())
    measure = story.planned(finding, cast)
    take(measure.task, "drop", cast.owner, now=now(), reason="重复")
    with pytest.raises(NotYet, match="measure"):
        take(finding.task, "submit_plan", cast.owner, now=now())


def test_a_measure_without_evidence_cannot_be_done(cast):
    measure = story.rectifying(cast).measures[0]
    with pytest.raises(NotYet, match="evidence"):
        take(measure.task, "finish", cast.owner, now=now(), result="好了", finished_on=day_of(now()))


def test_every_open_task_has_one_open_wait_and_one_entry_a_step(cast):
    finding = story.verifying(cast)
    open_waits = [wait for wait in finding.task.waits if wait.ended_at is None]
    assert [(wait.state, wait.level, wait.post) for wait in open_waits] == [("verifying", 1, "reviewer")]
    assert [entry.seq for entry in finding.task.entries] == list(range(1, len(finding.task.entries) + 1))


def test_reassigning_hands_the_wait_over_without_starting_it_anew(cast):
    finding = story.rectifying(cast)
    wait = finding.task.current_wait
    take(finding.task, "reassign", cast.head, now=now(), owner=cast.teacher, remark="")
    assert finding.task.current_wait is wait
    assert (wait.person_id, finding.task.owner_id) == (cast.teacher.id, cast.teacher.id)


def test_a_wait_before_submission_ends_no_later_than_the_due_date(cast):
    finding = story.issued(cast, deadline_on=day_of(now()) + timedelta(days=1))
    assert finding.task.current_wait.until <= end_of(finding.task.due_on)


def test_a_step_sent_past_the_session_is_what_the_session_holds(cast):
    finding = story.planning(cast)
    take(finding.task, "reassign", cast.head, now=now(), owner=cast.teacher, remark="")
    held = {column.key: getattr(finding.task, column.key) for column in inspect(Task).column_attrs}
    owners = [(party.person_id, party.until) for party in finding.task.parties if party.role == "owner"]
    assert not db.session.dirty
    db.session.expire_all()
    assert held == {name: getattr(finding.task, name) for name in held}
    assert owners == [(p.person_id, p.until) for p in finding.task.parties if p.role == "owner"]
    assert [until is None for _person, until in owners] == [False, True]


def test_a_step_undone_with_its_savepoint_leaves_nothing_in_memory(cast):
    finding = story.issued(cast)
    before = (finding.task.state, finding.task.version, finding.task.entry_seq, finding.task.entry_head)
    savepoint = db.session.begin_nested()
    take(finding.task, "acknowledge", cast.head, now=now(), owner=cast.owner)
    savepoint.rollback()
    assert (finding.task.state, finding.task.version, finding.task.entry_seq, finding.task.entry_head) == before
    take(finding.task, "acknowledge", cast.head, now=now(), owner=cast.owner)
    assert broken_links(finding.task.entries) == []


def test_who_is_told_stands_in_that_relation_now(cast):
    finding = story.rectifying(cast)
    take(finding.task, "reassign", cast.head, now=now(), owner=cast.teacher, remark="")
    assert {listener.person_id for listener in finding.task.entries[-1].listeners} == {cast.teacher.id}
    work = finding.measures[0].task  # what was planned went along
    story.evidence(work, cast.teacher)
    take(work, "finish", cast.teacher, now=now(), result="围墙已重砌", finished_on=day_of(now()))
    take(finding.task, "report_done", cast.teacher, now=now(), remark="")
    assert {listener.person_id for listener in finding.task.entries[-1].listeners} == {cast.district.id}


def test_a_step_costs_eight_statements(app):
    with app.app_context(), unit_of_work():
        task_id = story.issued(Cast()).task.id
    with app.app_context(), unit_of_work():
        head, owner = one_seated(by_login("head").id), by_login("owner")
        calendar_kept(), clocks.settings()  # each process looks at them every ten seconds
        with counted(app) as sent:
            take(queries.get(head, task_id), "acknowledge", head, now=now(), owner=owner)
    assert len(sent) <= 8, sent


def test_the_original_date_stays_beside_every_later_one(cast):
    finding = story.issued(cast)
    first = finding.task.due_on
    reschedule(finding.task, first + timedelta(days=9), "extended")
    assert finding.task.original_due_on == first
    assert [date.why for date in finding.task.due_dates] == ["issued", "extended"]


def test_a_returned_finding_gets_the_days_that_were_left_but_at_least_three(cast):
    finding = story.verifying(cast, deadline_on=day_of(now()) + timedelta(days=1))
    take(finding.task, "send_back", cast.district, now=now(), method="papers", reason="照片不清")
    assert finding.task.due_on == day_of(now()) + timedelta(days=3)
    assert (finding.task.state, finding.task.returns, finding.task.submitted_at) == ("rectifying", 1, None)
    with pytest.raises(NotYet, match="supplementary"):
        take(finding.task, "report_done", cast.owner, now=now(), remark="")


@pytest.mark.parametrize("stands_in", [("owner", "district"), ("district", "owner")])
def test_neither_side_of_a_deputyship_verifies_what_the_other_did(cast, stands_in):
    finding = story.verifying(cast)
    away, deputy = (getattr(cast, login) for login in stands_in)
    today = day_of(now())
    db.session.add(Deputy(person=away, deputy=deputy, starts_on=today, ends_on=today))
    db.session.flush()
    db.session.expire_all()
    for person in (away, deputy):
        for name in ("seats", "identities", "unit_ids"):
            vars(person).pop(name, None)
    with pytest.raises((NotYet, NotYours)):
        take(finding.task, "pass_on", deputy, now=now(), method="papers", remark="")


def test_for_whom_a_deputy_uploaded_does_not_verify_it(cast):
    finding = story.rectifying(cast)
    today = day_of(now())
    db.session.add(Deputy(person=cast.head, deputy=cast.teacher, starts_on=today, ends_on=today))
    db.session.flush()
    db.session.expire_all()
    vars(cast.teacher).pop("seats", None)
    vars(cast.teacher).pop("identities", None)
    kept = keep(BytesIO("说明".encode()), 100)
    evidence.add(finding.task, cast.teacher, "paper", Stored("说明.pdf", kept.sha256, 6, "application/pdf"), now=now())
    assert {cast.teacher.id, cast.head.id} <= finding.doers


def test_a_level_without_anybody_moves_up_and_says_so(cast):
    finding = story.plan_review(cast, levels=(("own_head", None), ("issuer", None)))
    take(finding.task, "approve_plan", cast.county, now=now(), remark="")
    story.done(finding.measures[0], cast)
    take(finding.task, "report_done", cast.head, now=now(), remark="")
    assert finding.task.level == 2
    assert finding.task.entries[-1].facts["skipped_levels"] == [1]


def test_who_acts_for_a_unit_without_an_account_shows_its_paper(cast):
    finding = story.issued(cast, unit="stone")
    with pytest.raises(NotYet, match="scan"):
        take(finding.task, "acknowledge", cast.district, now=now(), owner=cast.district)
    story.evidence(finding.task, cast.district, kind="scan")
    db.session.expire(finding.task, ["evidence"])
    take(finding.task, "acknowledge", cast.district, now=now(), owner=cast.district)
    assert finding.task.entries[-1].on_behalf_name == "石桥教学点"


def test_what_hangs_on_a_withdrawn_finding_ends_with_it(cast):
    finding = story.rectifying(cast)
    take(finding.task, "propose_withdrawal", cast.inspector, now=now(), reason="误报")
    with pytest.raises(NotYet, match="second person"):
        take(finding.task, "confirm_withdrawal", cast.inspector, now=now(), reason="误报")
    take(finding.task, "confirm_withdrawal", cast.colleague, now=now(), reason="情况属实，撤销")
    assert finding.task.state == "withdrawn"
    assert finding.measures[0].task.state == "dropped"
    assert finding.measures[0].task.entries[-1].actor_name == "系统"


@pytest.mark.parametrize("order", ["UPDATE entries SET actor_name = 'x'", "DELETE FROM entries"])
def test_the_database_itself_refuses_to_change_an_entry(cast, order):
    story.issued(cast)
    db.session.flush()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(db.text(order))


def test_a_tampered_entry_is_found_and_an_erased_text_is_not_tampering(cast):
    entries = story.closed(cast).task.entries
    entries[-1].words.content = ""
    assert broken_links(entries) == []
    entries[3].actor_name = "别人"
    assert broken_links(entries) == [4]


def test_offers_say_what_is_missing_and_only_what_is_hers(cast):
    finding = story.rectifying(cast)
    offered = {step.name: missing for step, missing in offers(finding.task, cast.owner, now())}
    assert "report_done" in offered
    assert len(offered["report_done"]) == 2
    assert "approve_plan" not in offered
    assert offers(finding.task, cast.stranger, now()) == []


def test_a_step_on_the_web_asks_a_bounded_number_of_statements(app, sign_in):
    with app.app_context(), unit_of_work():
        finding = story.issued(Cast())
        task_id, version, owner = finding.task.id, finding.task.version, Cast().owner.id
    browser = sign_in("head")
    with counted(app) as sent:
        answer = browser.post(f"/tasks/{task_id}/steps/acknowledge", data={"seen": version, "owner": owner})
    assert answer.status_code == 303
    assert len(sent) <= 16, "\n\n".join(sent)
