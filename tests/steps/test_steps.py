"""Steps on the web: the form, the refusals that keep what was typed, and the same as JSON."""

from __future__ import annotations

from flask import Flask

from app.db import db, unit_of_work
from app.tasks.models import Task
from tests import story
from tests.cast import Cast

JSON = {"Accept": "application/json"}


def made(app: Flask, how: str, **fields) -> int:
    """The task of a finding that has come as far as `how`."""
    with app.app_context(), unit_of_work():
        return getattr(story, how)(Cast(), **fields).task_id


def person(app: Flask, login: str) -> int:
    """The id of one of the cast."""
    with app.app_context():
        return getattr(Cast(), login).id


def state(app: Flask, task: int) -> str:
    with app.app_context():
        return db.session.get(Task, task).state


def version(app: Flask, task: int) -> int:
    with app.app_context():
        return db.session.get(Task, task).version


def test_the_form_carries_the_version_that_was_seen(app, sign_in):
    task = made(app, "issued")
    page = sign_in("head").get(f"/tasks/{task}/steps/contest").get_data(as_text=True)
    assert f'name="seen" type="hidden" value="{version(app, task)}"' in page


def test_a_step_is_taken_once_however_often_it_is_clicked(app, sign_in):
    task, browser, owner = made(app, "issued"), sign_in("head"), person(app, "owner")
    assert browser.post(f"/tasks/{task}/steps/acknowledge", data={"owner": owner}).status_code == 303
    assert browser.post(f"/tasks/{task}/steps/acknowledge", data={"owner": owner}).status_code == 409
    assert state(app, task) == "planning"


def test_a_stale_version_answers_with_both_texts_and_can_be_sent_again(app, sign_in):
    task, browser = made(app, "verifying"), sign_in("district")
    given = {"method": "papers", "reason": "照片与现场不符", "seen": version(app, task) - 1}
    answer = browser.post(f"/tasks/{task}/steps/send_back", data=given)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "照片与现场不符" in page
    assert state(app, task) == "verifying"
    fresh = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    assert browser.post(f"/tasks/{task}/steps/send_back", data=given | {"seen": fresh}).status_code == 303
    assert state(app, task) == "rectifying"


def test_what_was_typed_for_a_step_that_is_gone_is_shown_to_be_copied(app, sign_in):
    task = made(app, "issued")
    answer = sign_in("head").post(f"/tasks/{task}/steps/uphold", data={"remark": "写了很久的一段话"})
    assert answer.status_code == 409
    assert "写了很久的一段话" in answer.get_data(as_text=True)


def test_a_missing_a_long_a_past_and_an_unknown_field_are_refused_and_the_rest_stays(app, sign_in):
    task, browser = made(app, "verifying"), sign_in("district")
    good = {"method": "papers", "reason": "墙基未处理"}
    for bad in ({"reason": ""}, {"reason": "长" * 2001}, {"on": "2020-01-01"}, {"method": "by hearsay"},
                {"on": "next week"}, {"state": "closed"}):  # fmt: skip
        answer = browser.post(f"/tasks/{task}/steps/send_back", data=good | bad)
        assert answer.status_code == 422, bad
        assert "reason" in bad or "墙基未处理" in answer.get_data(as_text=True)
    assert state(app, task) == "verifying"


def test_a_person_of_another_unit_cannot_be_named(app, sign_in):
    task, foreign = made(app, "issued"), person(app, "sandhead")
    assert sign_in("head").post(f"/tasks/{task}/steps/acknowledge", data={"owner": foreign}).status_code == 422
    assert state(app, task) == "issued"


def test_what_is_missing_by_the_law_stands_above_the_form_with_everything_typed(app, sign_in):
    task = made(app, "rectifying")
    answer = sign_in("owner").post(f"/tasks/{task}/steps/report_done", data={"remark": "请审核"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="missing"' in page
    assert "请审核" in page


def test_a_step_of_somebody_else_answers_403_and_one_nobody_knows_404(app, sign_in):
    task, browser = made(app, "verifying"), sign_in("owner")
    assert browser.get(f"/tasks/{task}/steps/pass_on").status_code == 403
    assert browser.post(f"/tasks/{task}/steps/pass_on", data={}).status_code == 403
    assert browser.get(f"/tasks/{task}/steps/abolish").status_code == 404
    assert browser.post(f"/tasks/{task}/steps/abolish").status_code == 404


def test_a_stranger_finds_no_task_and_no_step(app, sign_in):
    task, browser = made(app, "verifying"), sign_in("stranger")
    assert browser.get(f"/tasks/{task}").status_code == 404
    assert browser.post(f"/tasks/{task}/steps/pass_on", data={"method": "papers"}).status_code == 404


def test_as_json_a_step_answers_with_the_task_and_refusals_name_their_fields(app, sign_in):
    task, browser = made(app, "verifying"), sign_in("district")
    refused = browser.post(f"/tasks/{task}/steps/pass_on", data={}, headers=JSON)
    assert refused.status_code == 422
    assert list(refused.get_json()["fields"]) == ["method"]
    taken = browser.post(f"/tasks/{task}/steps/pass_on", data={"method": "papers"}, headers=JSON)
    assert (taken.status_code, taken.get_json()["level"]) == (200, 2)


def test_how_she_verified_last_stands_ready_where_the_verdict_is_given(app, sign_in):
    with app.app_context(), unit_of_work():
        cast = Cast()
        first, second = (story.verifying(cast) for _time in range(2))
        address, task, other = f"/findings/{first.id}", first.task.id, second.id
    district = sign_in("district")
    ready = 'name="method" value="{}" required checked'
    assert not any(ready.format(method) in district.get(address).text for method in ("papers", "on_site"))
    assert district.post(f"/tasks/{task}/steps/pass_on", data={"remark": ""}).status_code == 422, "it is still asked"
    assert district.post(f"/tasks/{task}/steps/pass_on", data={"method": "on_site"}).status_code == 303
    assert ready.format("on_site") in district.get(f"/findings/{other}").text
    with app.app_context():
        assert db.session.get(Task, task).entries[-1].facts["method"] == "on_site"
