"""A person's own ledger: her columns, her saved views, and a finding looked into beside the list."""

from __future__ import annotations

import re

import pytest

from app.db import unit_of_work
from tests import story
from tests.cast import Cast
from tests.statements import counted

JSON = {"Accept": "application/json"}


@pytest.fixture
def finding(app):
    """One finding being put right."""
    with app.app_context(), unit_of_work():
        return story.rectifying(Cast()).id


def test_columns_left_out_stay_out_for_her_and_for_nobody_else(app, finding, sign_in):
    browser = sign_in("head")
    sent = {"shown": ["number", "unit", "owner"], "query": "state=rectifying&after=2026-01-01.1&nonsense=1"}
    assert browser.post("/findings/columns", data=sent).location == "/findings?state=rectifying"
    for again in (browser, sign_in("head")):
        assert 'class="ledger hides-clause hides-deadline hides-waits"' in again.get("/findings").text
    assert "hides-" not in sign_in("inspector").get("/findings").text
    assert browser.post("/findings/columns", data={"shown": ["title"]}).status_code == 422


def test_a_view_is_saved_opened_renamed_and_deleted_by_her_alone(app, finding, sign_in):
    browser = sign_in("head")
    sent = {"name": "在改的", "query": "state=rectifying"}
    assert browser.post("/findings/views/new", data=sent).location == "/findings?state=rectifying"
    page = browser.get("/findings?state=rectifying").text
    assert re.search(r'class="chip" href="/findings\?state=rectifying" aria-current="page">在改的', page)
    kept = browser.get("/findings/views", headers=JSON).json["views"]
    assert kept == [{"id": 1, "name": "在改的", "query": "state=rectifying", "url": "/findings?state=rectifying"}]
    assert browser.post("/findings/views/1", data={"name": "整改中"}).status_code == 303
    assert "整改中" in browser.get("/findings").text
    assert sign_in("owner").post("/findings/views/1/delete").status_code == 404
    assert browser.post("/findings/views/1/delete").status_code == 303
    assert browser.get("/findings/views", headers=JSON).json["views"] == []


@pytest.mark.parametrize("sent", [{}, {"name": " "}, {"name": "x" * 41}, {"name": "好", "owner": "1"}])
def test_a_view_without_a_good_name_is_not_saved_and_says_why(app, sign_in, sent):
    answer = sign_in("head").post("/findings/views/new", data=sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_of_two_views_of_one_name_the_later_stays_and_there_are_never_too_many(app, sign_in):
    browser = sign_in("head")
    for state in ("issued", "rectifying"):
        browser.post("/findings/views/new", data={"name": "我的", "query": f"state={state}"})
    assert [one["query"] for one in browser.get("/findings/views", headers=JSON).json["views"]] == ["state=rectifying"]
    for number in range(25):
        browser.post("/findings/views/new", data={"name": f"视图{number}", "query": "mine=1"})
    assert len(browser.get("/findings/views", headers=JSON).json["views"]) == 20


def test_the_drawer_has_an_address_that_can_be_passed_on(app, finding, sign_in):
    for login, there in (("head", True), ("inspector", True), ("stranger", False), ("teacher", False)):
        page = sign_in(login).get(f"/findings?open={finding}")
        assert page.status_code == 200
        assert (f'data-drawer="{finding}"' in page.text) == there, login
    assert sign_in("head").get("/findings?open=99999999999999").status_code == 200
    part = sign_in("head").get(f"/findings/{finding}/drawer").text
    assert part.lstrip().startswith("<aside")
    assert "拆除并重砌围墙" in part


def test_the_drawer_costs_no_more_than_the_page_and_nothing_while_it_is_closed(app, finding, sign_in):
    browser = sign_in("head")
    with counted(app) as sent:
        browser.get(f"/findings/{finding}/drawer")
    assert len(sent) <= 15
    with counted(app) as sent:
        browser.get("/findings")
    assert len(sent) <= 8


def test_a_step_taken_from_the_ledger_leads_back_to_it_and_never_outside(app, finding, sign_in):
    browser = sign_in("head")
    task = browser.get(f"/findings/{finding}", headers=JSON).json["id"]
    for wanted, led in (("/findings?state=rectifying", "/findings?state=rectifying"), ("//evil.example", "/")):
        answer = browser.post(f"/tasks/{task}/steps/comment", query_string={"back": wanted}, data={"text": "请抓紧"})
        assert answer.location == led
