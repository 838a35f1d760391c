"""Asking for more time: the rule above the form, the bad input, and who decides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.clock import today
from app.db import db, unit_of_work
from app.extensions.models import Extension
from app.tasks.models import Task
from tests import story
from tests.cast import Cast

JSON = {"Accept": "application/json"}


def made(app, **fields) -> int:
    with app.app_context(), unit_of_work():
        return story.rectifying(Cast(), **fields).task_id


def day(app, days: int) -> str:
    with app.app_context():
        on: date = today() + timedelta(days=days)
        return on.isoformat()


def test_the_page_says_the_rule_and_who_decides(app, sign_in):
    task = made(app)
    page = sign_in("owner").get(f"/tasks/{task}/ask-extension").get_data(as_text=True)
    assert "东片学区" in page.split('id="rule"')[1].split("</div>")[0]


def test_a_major_hazard_is_decided_by_the_leader(app, sign_in):
    task = made(app, weight="major", protection="拉警戒线")
    page = sign_in("owner").get(f"/tasks/{task}/ask-extension").get_data(as_text=True)
    assert "清河县教育局" in page.split('id="rule"')[1].split("</div>")[0]


def test_more_time_is_asked_for_and_granted_and_the_first_date_stays_beside_it(app, sign_in):
    task = made(app)
    asked = {"reason": "资金未到位", "proposed_on": day(app, 60)}
    answer = sign_in("owner").post(f"/tasks/{task}/ask-extension", data=asked)
    assert answer.status_code == 303
    page = sign_in("district").get(answer.location).get_data(as_text=True)
    assert "资金未到位" in page
    with app.app_context():
        extension = db.session.query(Extension).one().task_id
    form = sign_in("district").get(f"/tasks/{extension}/steps/grant").get_data(as_text=True)
    assert f'value="{day(app, 60)}"' in form, "what was asked for stands ready"
    granted = {"on": day(app, 50), "remark": "同意，抓紧落实"}
    assert sign_in("district").post(f"/tasks/{extension}/steps/grant", data=granted).status_code == 303
    decided = sign_in("owner").get(answer.location).get_data(as_text=True)
    assert "抓紧落实" in decided.partition('<details class="folded sheet')[0], "what was decided stands in sight"
    with app.app_context():
        found = db.session.get(Task, task)
        assert (found.original_due_on.isoformat(), found.due_on.isoformat()) == (day(app, 30), day(app, 50))


def test_a_double_click_asks_once(app, sign_in):
    task, browser = made(app), sign_in("owner")
    asked = {"reason": "资金未到位", "proposed_on": day(app, 60)}
    assert [browser.post(f"/tasks/{task}/ask-extension", data=asked).status_code for _ in range(2)] == [303, 422]
    with app.app_context():
        assert db.session.query(Extension).count() == 1


@pytest.mark.parametrize("bad", [
    {"reason": ""}, {"reason": "   "}, {"reason": "长" * 2001}, {"proposed_on": ""}, {"proposed_on": "spring"},
    {"proposed_on": "2020-01-01"}, {"granted_on": "2030-01-01"}, {"progress": "长" * 2001},
])  # fmt: skip
def test_bad_input_is_refused_and_what_was_typed_stays(app, sign_in, bad):
    task = made(app)
    given = {"reason": "资金未到位", "proposed_on": day(app, 60), "protection": "值班看守"} | bad
    answer = sign_in("owner").post(f"/tasks/{task}/ask-extension", data=given)
    assert answer.status_code == 422
    assert "值班看守" in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.query(Extension).count() == 0


def test_the_new_date_lies_behind_the_present_one(app, sign_in):
    task = made(app)
    given = {"reason": "资金未到位", "proposed_on": day(app, 10)}
    assert sign_in("owner").post(f"/tasks/{task}/ask-extension", data=given).status_code == 422


def test_a_major_hazard_is_not_left_unprotected(app, sign_in):
    task = made(app, weight="major", protection="拉警戒线")
    given = {"reason": "资金未到位", "proposed_on": day(app, 60), "protection": ""}
    answer = sign_in("owner").post(f"/tasks/{task}/ask-extension", data=given, headers=JSON)
    assert (answer.status_code, list(answer.get_json()["fields"])) == (422, ["protection"])


def test_a_stale_page_keeps_what_was_typed(app, sign_in):
    task = made(app)
    given = {"reason": "资金未到位", "proposed_on": day(app, 60), "seen": 1}
    answer = sign_in("owner").post(f"/tasks/{task}/ask-extension", data=given)
    assert answer.status_code == 409
    assert "资金未到位" in answer.get_data(as_text=True)


@pytest.mark.parametrize(("login", "status"), [("inspector", 403), ("district", 403), ("neighbour", 404)])
def test_only_those_who_put_it_right_ask(app, sign_in, login, status):
    task = made(app)
    assert sign_in(login).get(f"/tasks/{task}/ask-extension").status_code == status
    assert sign_in(login).post(f"/tasks/{task}/ask-extension", data={}).status_code == status
