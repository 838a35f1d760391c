"""What is light is undone by whoever did it, in time, while nothing else happened; by an entry of its own."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from app.clock import now
from app.db import db, unit_of_work
from app.tasks.entries import Entry
from app.tasks.models import Task
from tests import story
from tests.cast import Cast
from workflows.book import WORKFLOWS

JSON = {"Accept": "application/json"}
BUTTON = re.compile(r'data-toast action="/undo".*?name="entry" value="(\d+)"', re.DOTALL)


def made(app, walk, *more):
    with app.app_context(), unit_of_work():
        finding = walk(Cast())
        for act in more:
            act(finding, Cast())
        return finding.task.id


def person(app, login):
    with app.app_context():
        return getattr(Cast(), login).id


def entries(app, task_id):
    with app.app_context():
        return [(e.step, e.facts.get("undoes")) for e in db.session.get_one(Task, task_id).entries]


def offered(answer, browser):
    """The entry that the next page offers to undo."""
    return BUTTON.search(browser.get(answer.location, follow_redirects=True).text)


def reassigned(app, sign_in):
    task_id, browser = made(app, story.rectifying), sign_in("head")
    sent = {"owner": person(app, "teacher"), "remark": ""}
    answer = browser.post(f"/tasks/{task_id}/steps/reassign", data=sent)
    assert answer.status_code == 303
    return task_id, browser, offered(answer, browser)[1]


def planned(app, task_id):
    """The task of the one measure of that finding."""
    with app.app_context():
        return db.session.get_one(Task, task_id).finding.measures[0].task_id


def owner(app, task_id):
    with app.app_context():
        task = db.session.get_one(Task, task_id)
        assert [party.person_id for party in task.parties_as("owner")] == [task.owner_id]
        return task.owner.login


def test_a_new_owner_is_undone_by_a_button_of_the_next_page(app, sign_in):
    task_id, browser, entry = reassigned(app, sign_in)
    measure = planned(app, task_id)
    assert [owner(app, task_id), owner(app, measure)] == ["teacher"] * 2, "what was hers to do goes along"
    assert sign_in("teacher").get(f"/tasks/{measure}", follow_redirects=True).status_code == 200
    answer = browser.post("/undo", data={"entry": entry})
    assert answer.status_code == 303
    assert [owner(app, task_id), owner(app, measure)] == ["owner"] * 2
    seq = entries(app, task_id)[-2:]
    assert [step for step, _undoes in seq] == ["reassign", "reassign"]
    assert seq[1][1] is not None
    assert "刚才" in browser.get(answer.location).text


def test_only_whoever_did_it_undoes_it(app, sign_in):
    task_id, _browser, entry = reassigned(app, sign_in)
    assert sign_in("owner").post("/undo", data={"entry": entry}).status_code == 403
    assert sign_in("stranger").post("/undo", data={"entry": entry}).status_code == 404
    assert owner(app, task_id) == "teacher"


def test_what_moved_on_stays_and_the_page_says_why(app, sign_in):
    task_id, browser, entry = reassigned(app, sign_in)
    browser.post(f"/tasks/{task_id}/steps/comment", data={"text": "请抓紧"})
    answer = browser.post("/undo", data={"entry": entry})
    assert answer.status_code == 409
    assert "此后又有变动" in answer.text
    assert owner(app, task_id) == "teacher"


def test_after_a_minute_it_is_too_late(app, sign_in):
    task_id, browser, entry = reassigned(app, sign_in)
    with time_machine.travel(now() + timedelta(seconds=61), tick=False):
        assert browser.post("/undo", data={"entry": entry}).status_code == 409
    assert owner(app, task_id) == "teacher"


def test_undoing_twice_undoes_once(app, sign_in):
    _task, browser, entry = reassigned(app, sign_in)
    assert browser.post("/undo", data={"entry": entry}).status_code == 303
    assert browser.post("/undo", data={"entry": entry}).status_code == 409


def test_a_measure_changed_by_mistake_gets_its_words_owner_and_date_back(app, sign_in):
    task_id = made(app, story.planning, lambda finding, cast: story.planned(finding, cast))
    with app.app_context():
        measure = db.session.get_one(Task, task_id).finding.measures[0]
        measure_task, before = measure.task_id, (measure.text, measure.task.due_on, measure.task.owner_id)
    browser = sign_in("owner")
    sent = {"text": "改写", "owner": person(app, "teacher"), "kind": "repair",
            "due_on": (before[1] + timedelta(days=-3)).isoformat()}  # fmt: skip
    answer = browser.post(f"/tasks/{measure_task}/measure", data=sent)
    assert answer.status_code == 303
    assert browser.post("/undo", data={"entry": offered(answer, browser)[1]}).status_code == 303
    with app.app_context():
        task = db.session.get_one(Task, measure_task)
        assert (task.measure.text, task.due_on, task.owner_id, task.measure.kind) == (*before, "other")
        assert [due.on for due in task.due_dates] == [before[1], before[1] - timedelta(days=3), before[1]]


def test_a_photo_taken_off_comes_back(app, sign_in):
    task_id = made(app, story.rectifying, lambda finding, cast: story.evidence(finding.measures[0].task, cast.owner))
    with app.app_context():
        piece = db.session.get_one(Task, task_id).finding.measures[0].task.live_evidence[0].id
    browser = sign_in("owner")
    answer = browser.post(f"/evidence/{piece}/remove")
    assert browser.post("/undo", data={"entry": offered(answer, browser)[1]}).status_code == 303
    with app.app_context():
        task = db.session.get_one(Task, task_id).finding.measures[0].task
        assert [one.id for one in task.live_evidence] == [piece]
        assert [e.step for e in task.entries][-2:] == ["remove_evidence", "put_back_evidence"]


def test_a_corrected_text_and_an_edited_draft_get_their_words_back(app, sign_in):
    browser = sign_in("inspector")
    for walk, place, text in ((story.issued, "correct", "改过的文字"), (story.draft, "edit-draft", "改过的草稿")):
        task_id = made(app, walk)
        with app.app_context():
            finding = db.session.get_one(Task, task_id).finding
            before = (finding.text, finding.deadline_on, finding.task.unit_id)
        sent = {"text": text}
        if walk is story.draft:
            later = before[1] + timedelta(days=5)
            sent |= {"unit": before[2], "weight": "ordinary", "track": "deadline", "deadline_on": later.isoformat()}
        answer = browser.post(f"/tasks/{task_id}/{place}", data=sent)
        assert answer.status_code == 303
        assert browser.post("/undo", data={"entry": offered(answer, browser)[1]}).status_code == 303
        with app.app_context():
            finding = db.session.get_one(Task, task_id).finding
            assert (finding.text, finding.deadline_on, finding.task.unit_id) == before


def test_a_draft_goes_without_a_unit_again_and_gets_it_back_by_undoing(app, sign_in):
    task_id, browser = made(app, story.draft), sign_in("inspector")
    with app.app_context():
        unit = db.session.get_one(Task, task_id).unit_id
    said = {"text": "围墙开裂", "weight": "ordinary", "track": "deadline", "deadline_on": ""}

    def places():
        with app.app_context():
            task = db.session.get_one(Task, task_id)
            return task.unit_id, task.inspected_unit_id, bool(task.unit_path)

    assert offered(browser.post(f"/tasks/{task_id}/edit-draft", data=said), browser)
    assert places() == (unit, unit, True), "a field that was not sent says nothing"
    emptied = browser.post(f"/tasks/{task_id}/edit-draft", data=said | {"unit": ""})
    assert (emptied.status_code, places()) == (303, (None, None, False))
    assert browser.post("/undo", data={"entry": offered(emptied, browser)[1]}).status_code == 303
    assert places() == (unit, unit, True)
    chosen = browser.post(f"/tasks/{task_id}/edit-draft", data=said | {"unit": ""})
    offered(chosen, browser)
    chosen = browser.post(f"/tasks/{task_id}/edit-draft", data=said | {"unit": unit})
    assert browser.post("/undo", data={"entry": offered(chosen, browser)[1]}).status_code == 303
    assert places() == (None, None, False)
    assert browser.post(f"/tasks/{task_id}/steps/issue", data={}).status_code == 422


def test_a_batch_is_undone_as_one_and_what_moved_on_is_named(app, sign_in):
    ids = [made(app, story.rectifying) for _one in range(3)]
    closed = made(app, story.closed)
    browser, sent = sign_in("head"), {"step": "reassign", "owner": person(app, "teacher"), "remark": ""}
    preview = browser.post("/findings/batch", data={"step": "reassign", "scope": "picked", "pick": [*ids, closed]})
    assert "将处理3条，跳过1条" in preview.text
    page = browser.post("/findings/batch/confirm", data=sent | {"pick": [*ids, closed]}).text
    assert [owner(app, one) for one in ids] == ["teacher"] * 3
    done = re.findall(r'name="entry" value="(\d+)"', page)
    assert len(done) == 3
    browser.post(f"/tasks/{ids[0]}/steps/comment", data={"text": "等等"})
    results = browser.post("/undo", data={"entry": done}, headers=JSON).json["results"]
    assert [bool(result["why_not"]) for result in results] == [True, False, False]
    assert [owner(app, one) for one in ids] == ["teacher", "owner", "owner"]


def test_a_batch_that_names_an_owner_takes_one_unit_at_a_time(app, sign_in):
    first = made(app, story.issued)
    with app.app_context(), unit_of_work():
        cast = Cast()
        second = story.issued(cast, unit="north").task.id
        cast.northerner.posts[0].unit = cast.units["first"]
        db.session.add(type(cast.northerner.posts[0])(
            person=cast.northerner, unit=cast.units["north"], kind="head", starts_on=cast.northerner.posts[0].starts_on
        ))  # fmt: skip
    sent = {"step": "acknowledge", "scope": "picked", "pick": [first, second]}
    preview = sign_in("northerner").post("/findings/batch", data=sent, headers=JSON).json["preview"]
    assert [bool(row["why_not"]) for row in preview] == [False, True]


def test_what_is_heavy_cannot_be_undone_and_asks_for_a_reason(app, sign_in):
    task_id, browser = made(app, story.verifying), sign_in("district")
    sent = {"method": "papers", "reason": "照片不清"}
    answer = browser.post(f"/tasks/{task_id}/steps/send_back", data=sent)
    assert offered(answer, browser) is None
    with app.app_context():
        entry = db.session.query(Entry).filter_by(task_id=task_id, step="send_back").one().id
    assert browser.post("/undo", data={"entry": entry}).status_code == 403
    for law in WORKFLOWS.values():
        for step in law.steps:
            asked = [ask for ask in step.asks if ask.kind == "text" and ask.required]
            assert not step.heavy or asked or step.name == "merge", step.name


@pytest.mark.parametrize("sent, status", [({}, 422), ({"entry": "x"}, 422), ({"entry": "999999"}, 404),
                                          ({"entry": "1", "state": "closed"}, 422)])  # fmt: skip
def test_what_cannot_be_undone_is_refused(sign_in, sent, status):
    assert sign_in("head").post("/undo", data=sent).status_code == status
