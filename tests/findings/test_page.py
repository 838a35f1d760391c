"""The page of a finding: for its owner, for its reviewer, as JSON, and at a bounded cost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from app import clock
from app.clock import now, today
from app.db import db, unit_of_work
from app.evidence.actions_alike import compare
from app.findings.models import Finding
from app.steps.actions import take
from tests import story
from tests.cast import Cast
from tests.statements import counted

MOST = 15


def made(app: Flask, how: str, **fields) -> tuple[int, int]:
    """Ids of a finding and of its task, as far as `how` takes it."""
    with app.app_context(), unit_of_work():
        finding = getattr(story, how)(Cast(), **fields)
        return finding.id, finding.task_id


def text_of(answer) -> str:
    return answer.get_data(as_text=True)


def test_the_owner_reads_what_is_wrong_then_what_is_asked_then_the_next_step(app, sign_in):
    finding, task = made(app, "planning")
    page = text_of(sign_in("owner").get(f"/findings/{finding}"))
    places = [page.index(mark) for mark in ('id="wrong"', 'id="asked"', 'id="history"', 'class="bar"')]
    assert places == sorted(places)
    assert f"/tasks/{task}/measures/new" in page


def test_the_reviewer_sees_both_sides_and_decides_below_them(app, sign_in):
    finding, task = made(app, "verifying")
    page = text_of(sign_in("district").get(f"/findings/{finding}"))
    assert page.index("review-before") < page.index("review-after") < page.index("bar decision")
    assert f'action="/tasks/{task}/steps/pass_on"' in page
    assert f"/tasks/{task}/steps/urge" not in page, "nobody urges herself"
    assert f"/tasks/{task}/steps/urge" in text_of(sign_in("inspector").get(f"/findings/{finding}"))
    assert "围墙已重砌" in page


def test_who_only_watches_is_offered_nothing_to_decide(app, sign_in):
    finding, task = made(app, "verifying")
    page = text_of(sign_in("head").get(f"/findings/{finding}"))
    assert "decision" not in page
    assert f"/tasks/{task}/steps/accept" not in page


def test_after_handing_in_the_owner_reads_for_whom_it_waits_and_how_long_that_takes(app, sign_in):
    finding, _task = made(app, "verifying")
    browser = sign_in("owner")
    browser.post("/language", data={"locale": "en"})
    page = text_of(browser.get(f"/findings/{finding}"))
    assert "东片学区" in page
    assert re.search(r"5 working days|5 个工作日", page)


def test_a_step_that_is_not_possible_yet_says_why(app, sign_in):
    finding, task = made(app, "rectifying")
    page = text_of(sign_in("owner").get(f"/findings/{finding}"))
    assert f'href="/tasks/{task}/steps/report_done"' not in page.split('class="bar"')[1].split("<li>")[0]
    assert 'class="missing"' in page


def test_the_reason_of_a_return_stands_above_everything_and_both_dates_beside(app, sign_in):
    with app.app_context():
        today = clock.today()
    finding, task = made(app, "verifying")
    given = {"method": "papers", "reason": "墙基未处理", "on": (today + timedelta(days=40)).isoformat()}
    assert sign_in("district").post(f"/tasks/{task}/steps/send_back", data=given).status_code == 303
    page = text_of(sign_in("owner").get(f"/findings/{finding}"))
    assert page.index("墙基未处理") < page.index('id="wrong"')
    dates = page.split('id="dates"')[1].split("</section>")[0]
    assert given["on"] in dates
    assert (today + timedelta(days=story.DAYS)).isoformat() in dates


def test_a_long_reason_is_folded_and_opens_without_javascript(app, sign_in):
    finding, task = made(app, "verifying")
    given = {"method": "papers", "reason": "墙基仍未处理，" * 40}
    assert sign_in("district").post(f"/tasks/{task}/steps/send_back", data=given).status_code == 303
    folded = text_of(sign_in("owner").get(f"/findings/{finding}")).split('<details class="quote')[1]
    assert given["reason"] in folded.split("</summary>")[0]


@pytest.mark.parametrize("login", ["stranger", "sandhead", "neighbour", "northerner"])
def test_who_is_not_reached_finds_nothing(app, sign_in, login):
    finding, task = made(app, "verifying")
    browser = sign_in(login)
    assert browser.get(f"/findings/{finding}").status_code == 404
    assert browser.get(f"/tasks/{task}/correct").status_code == 404


def test_a_draft_is_seen_by_the_issuing_side_only(app, sign_in):
    finding, _task = made(app, "draft")
    assert sign_in("colleague").get(f"/findings/{finding}").status_code == 200
    assert sign_in("head").get(f"/findings/{finding}").status_code == 404


def test_the_same_page_as_json_has_the_shape_of_every_task(app, sign_in):
    finding, task = made(app, "planning")
    told = sign_in("owner").get(f"/findings/{finding}", headers={"Accept": "application/json"}).get_json()
    assert (told["id"], told["finding_id"], told["state"]) == (task, finding, "planning")
    assert {offer["step"]: bool(offer["missing"]) for offer in told["offers"]}["submit_plan"] is True


@pytest.mark.parametrize("how", ["draft", "planning", "rectifying", "verifying", "closed"])
def test_the_page_costs_at_most_fifteen_statements(app, sign_in, how):
    finding, _task = made(app, how)
    browser = sign_in("inspector")
    with counted(app) as sent:
        assert browser.get(f"/findings/{finding}").status_code == 200
    assert len(sent) <= MOST, "\n\n".join(sent)


def with_many_measures(cast: Cast):
    """A finding with ten measures, each with two photos of which one is another's double, handed in."""
    finding = story.planning(cast)
    for number in range(10):
        story.planned(finding, cast, f"措施{number}")
    take(finding.task, "submit_plan", cast.owner, now=now())
    take(finding.task, "approve_plan", cast.district, now=now(), remark="")
    for measure in finding.measures:
        compare(story.evidence(measure.task, cast.owner, sha256="f" * 64), [], now=now())
        story.done(measure, cast)
    take(finding.task, "report_done", cast.owner, now=now(), remark="")
    return finding


def test_ten_measures_cost_owner_and_verifier_no_more_statements(app, sign_in):
    with app.app_context(), unit_of_work():
        finding = with_many_measures(Cast()).id
    for login in ("owner", "district", "county"):
        browser = sign_in(login)
        with counted(app) as sent:
            assert "措施9" in text_of(browser.get(f"/findings/{finding}"))
        assert len(sent) <= MOST, f"{login}: {len(sent)}\n\n" + "\n\n".join(sent)


def test_columns_read_in_that_have_no_field_here_are_shown_as_they_stood(app, sign_in):
    extra = {"检查人": "许老师", "number": "（三）", "owner_raw": "XX", "suggested_measures": [], "batch": 3}
    finding, _task = made(app, "issued", extra=extra, deadline_raw="本学期末")
    page = text_of(sign_in("head").get(f"/findings/{finding}"))
    for said in ("检查人", "许老师", "（三）", "XX", "本学期末"):
        assert said in page
    told = sign_in("head").get(f"/findings/{finding}", headers={"Accept": "application/json"}).json["read_in"]
    assert set(told.values()) == {"许老师", "（三）", "XX", "本学期末"}


def test_a_finding_whose_unit_was_closed_says_who_transfers_it(app, sign_in):
    finding, _task = made(app, "rectifying")
    assert "已撤销" not in text_of(sign_in("inspector").get(f"/findings/{finding}"))
    with app.app_context(), unit_of_work():
        db.session.get(Finding, finding).task.unit.closed_on = today()
    assert "已撤销，由下达单位转办给承接单位" in text_of(sign_in("inspector").get(f"/findings/{finding}"))


def test_whoever_answers_an_objection_reads_it_above_the_finding(app, sign_in):
    finding, task = made(app, "issued")
    sign_in("head").post(f"/tasks/{task}/steps/contest", data={"reason": "围墙属相邻小区，不归学校管"})
    page = text_of(sign_in("inspector").get(f"/findings/{finding}"))
    assert page.index("围墙属相邻小区") < page.index('id="wrong"')
