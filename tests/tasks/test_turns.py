"""Small turns on the way that once led astray: words that move nothing, forms that are fresh, units that change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.clock import day_of, now
from app.db import db, unit_of_work
from app.extensions import actions as extensions
from app.measures import actions as measures
from app.reports import actions as reports
from app.steps.actions import take
from app.tasks.refusals import NotYet, OutOfTurn
from tests import story
from tests.cast import Cast


def test_a_verifiers_question_moves_no_level(cast):
    finding = story.verifying(cast)
    take(finding.task, "comment", cast.district, now=now(), text="图纸在哪里？")
    assert (finding.task.level, finding.task.current_wait.level) == (1, 1)
    take(finding.task, "pass_on", cast.district, now=now(), method="papers", remark="")
    take(finding.task, "comment", cast.county, now=now(), text="周三到现场")
    assert finding.task.level == 2


@pytest.mark.parametrize("name", ["issue", "close_on_the_spot"])
def test_a_fresh_form_is_not_called_stale_by_what_the_step_itself_prepares(cast, name):
    finding = story.draft(cast)
    for kind in ("before", "after"):
        story.evidence(finding.task, cast.inspector, kind)
    db.session.expire(finding.task, ["evidence"])
    given = {"remark": "当场拆除"} if name == "close_on_the_spot" else {}
    take(finding.task, name, cast.inspector, now=now(), seen=finding.task.version, **given)
    assert finding.task.issued_at


def test_a_fresh_form_transfers_and_a_stale_one_does_not(cast):
    finding = story.rectifying(cast)
    there = {"unit": cast.units["willow"], "reason": "不是本校的问题"}
    with pytest.raises(OutOfTurn), db.session.begin_nested():
        take(finding.task, "transfer", cast.inspector, now=now(), seen=finding.task.version - 1, **there)
    take(finding.task, "transfer", cast.inspector, now=now(), seen=finding.task.version, **there)
    assert finding.task.unit.code == "willow"


def test_a_transferred_finding_begins_again_at_the_first_level(cast):
    finding = story.verifying(cast)
    take(finding.task, "pass_on", cast.district, now=now(), method="papers", remark="")
    take(finding.task, "send_back", cast.county, now=now(), method="on_site", reason="墙基未处理")
    take(finding.task, "transfer", cast.inspector, now=now(), unit=cast.units["office"], reason="由本室负责")
    assert (finding.task.level, finding.task.levels, finding.task.resume_level) == (1, 1, None)


def test_what_the_former_unit_had_planned_ends_with_the_transfer(cast):
    finding = story.rectifying(cast, track="long_term")
    extensions.ask(finding, cast.owner, now=now(), reason="待拨款", proposed_on=finding.task.due_on + timedelta(days=9))
    reports.ask_for(finding, day_of(now()), now=now())
    db.session.expire(finding.task, ["children"])
    take(finding.task, "transfer", cast.inspector, now=now(), unit=cast.units["willow"], reason="不是本校的问题")
    ended = [finding.measures[0].task, *finding.task.children]
    assert [task.state for task in ended] == ["dropped", "lapsed", "dropped"]
    assert {task.entries[-1].actor_name for task in ended} == {"系统"}


def test_a_plan_whose_only_measure_was_dropped_is_not_agreed_to(cast):
    finding = story.plan_review(cast)
    take(finding.measures[0].task, "drop", cast.owner, now=now(), reason="不做了")
    with pytest.raises(NotYet, match="measure"):
        take(finding.task, "approve_plan", cast.district, now=now(), remark="")


def test_an_objection_moves_the_date_by_the_days_it_lasted(cast):
    finding = story.issued(cast)
    first, later = finding.task.due_on, now() + timedelta(days=4)
    take(finding.task, "contest", cast.head, now=now(), reason="属镇政府道路")
    take(finding.task, "uphold", cast.inspector, now=later, remark="校门内")
    assert (finding.task.state, finding.task.due_on) == ("issued", first + timedelta(days=4))
    assert finding.task.original_due_on == first


def test_a_measure_for_two_findings_can_leave_one_and_stays_when_the_other_moves_away(cast):
    first, second = story.planning(cast), story.planning(cast, text="同一面围墙的另一段")
    measure = story.planned(first, cast)
    measures.link(measure, second, cast.owner, now=now())
    take(second.task, "transfer", cast.inspector, now=now(), unit=cast.units["willow"], reason="属柳溪小学")
    assert (measure.task.state, measure.findings, second.measures) == ("planned", [first], [])
    third = story.planning(cast, text="第三段")
    measures.link(measure, third, cast.owner, now=now())
    measures.unlink(measure, third, cast.owner, now=now())
    db.session.flush()
    db.session.expire_all()
    assert (measure.findings, third.measures) == ([first], [])


def test_two_findings_cannot_be_merged_into_each_other(cast):
    first, second = story.issued(cast), story.issued(cast)
    take(first.task, "merge", cast.inspector, now=now(), original=second.task.number)
    with pytest.raises(NotYet, match="no other open finding"):
        take(second.task, "merge", cast.inspector, now=now(), original=first.task.number)


def test_findings_that_were_merged_say_so_on_both_sides_and_name_a_foreign_one_by_number_only(app, sign_in):
    with app.app_context(), unit_of_work():
        cast = Cast()
        stays, same = (story.issued(cast, text=text) for text in ("围墙开裂", "围墙裂缝"))
        elsewhere = story.issued(cast, unit="willow", text="柳溪围墙")
        for double in (same, elsewhere):
            take(double.task, "merge", cast.inspector, now=now(), original=stays.task.number)
        stays_page, gone_page, numbers = f"/findings/{stays.id}", f"/findings/{elsewhere.id}", stays.task.number
    head = sign_in("head").get(stays_page).text
    assert "围墙裂缝" in head
    assert "柳溪围墙" not in head
    neighbour = sign_in("neighbour").get(gone_page).text
    assert numbers in neighbour
    assert "围墙开裂" not in neighbour.split('id="history"')[0]


def test_a_finding_handed_on_still_says_where_it_was_found(app, sign_in):
    with app.app_context(), unit_of_work():
        cast = Cast()
        finding = story.issued(cast)
        take(finding.task, "transfer", cast.inspector, now=now(), unit=cast.units["office"], reason="由本室负责")
        page = f"/findings/{finding.id}"
    assert "清河县第一小学" in sign_in("county").get(page).text.split('id="wrong"')[1].split("</section>")[0]
