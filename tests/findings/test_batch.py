"""The same step for many rows: previewed, then each by itself, and a list that says what became of every one."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.clock import now, today
from app.db import db, unit_of_work
from app.findings import batch
from app.findings.actions_many import Drafted, draft_all
from app.findings.models import Finding
from app.tasks.auditing import faults
from app.tasks.models import Task
from tests import story
from tests.cast import Cast
from tests.statements import counted

JSON = {"Accept": "application/json"}


@pytest.fixture
def drafts(app):
    """Three drafts, of which one lacks its unit's date, and one finding already issued."""
    with app.app_context(), unit_of_work():
        cast = Cast()
        visit = story.visit(cast)
        made = [story.draft(cast, inspection=visit, text=f"问题{n}") for n in range(3)]
        made[2].deadline_on = None
        made.append(story.issued(cast, inspection=visit, text="已下达"))
        return [finding.task_id for finding in made]


def states(app):
    with app.app_context():
        return [f.task.state for f in db.session.query(Finding).order_by(Finding.id)]


def test_the_preview_says_what_would_be_done_and_changes_nothing(app, drafts, sign_in):
    browser = sign_in("inspector")
    with counted(app) as sent:
        page = browser.post("/findings/batch", data={"step": "issue", "scope": "picked", "pick": drafts})
    assert len(sent) <= 8, "they are looked at together\n" + "\n".join(sent)
    assert page.status_code == 200
    assert page.get_data(as_text=True).count('name="pick"') == 2
    assert states(app) == ["draft", "draft", "draft", "issued"]


def test_each_is_issued_by_itself_and_what_cannot_be_is_left_with_its_reason(app, drafts, sign_in):
    with app.app_context(), unit_of_work():
        visit = db.session.get_one(Task, drafts[0]).finding.inspection
        units, on = [Cast().units[code] for code in ("first", "north")], today() + timedelta(days=9)
        rows = [Drafted(units[n % 2], {"text": f"更多{n}", "deadline_on": on}) for n in range(30)]
        ids = draft_all(visit, Cast().inspector, rows, now=now())
        more = [db.session.get_one(Finding, number).task_id for number in ids]
    browser = sign_in("inspector")
    with counted(app) as sent:
        answer = browser.post("/findings/batch/confirm", data={"step": "issue", "pick": drafts + more}, headers=JSON)
    assert len(sent) <= 45, "\n".join(sent)
    assert [bool(result["why_not"]) for result in answer.json["results"]].count(False) == 32
    assert states(app) == ["issued", "issued", "draft", "issued", *["issued"] * 30]


def test_this_page_and_all_results_are_taken_from_the_address(app, drafts, sign_in):
    for scope in ("page", "all"):
        sent = {"step": "issue", "scope": scope, "query": "state=draft"}
        page = sign_in("inspector").post("/findings/batch", data=sent).get_data(as_text=True)
        assert page.count('name="pick"') == 2, scope


def test_urging_many_writes_one_entry_each_and_needs_a_text(app, drafts, sign_in):
    browser = sign_in("inspector")
    sent = {"step": "comment", "pick": drafts}
    assert browser.post("/findings/batch/confirm", data=sent | {"text": ""}).status_code == 422
    answer = browser.post("/findings/batch/confirm", data=sent | {"text": "请尽快签收"})
    assert answer.status_code == 200
    with app.app_context():
        said = [e.said.get("text") for f in db.session.query(Finding) for e in f.task.entries if e.step == "comment"]
    assert said == ["请尽快签收"]


def test_a_stranger_does_nothing_to_rows_she_cannot_see(app, drafts, sign_in):
    sign_in("stranger").post("/findings/batch/confirm", data={"step": "issue", "pick": drafts})
    assert states(app) == ["draft", "draft", "draft", "issued"]


@pytest.mark.parametrize("sent", [{"step": "close"}, {"step": "issue", "owner": "1"}, {}])
def test_what_the_batch_does_not_know_is_refused(app, drafts, sign_in, sent):
    for address in ("/findings/batch", "/findings/batch/confirm"):
        assert sign_in("inspector").post(address, data=sent).status_code == 422


@pytest.mark.parametrize("step", batch.STEPS)
def test_nothing_selected_is_said_plainly(app, drafts, sign_in, step):
    assert "没有选中" in sign_in("inspector").post("/findings/batch", data={"step": step}).text


def test_urging_tells_whoever_holds_each_once_a_day_and_says_before_who_that_is(app, sign_in):
    with app.app_context(), unit_of_work():
        cast = Cast()
        ids = [made(cast).task_id for made in (story.issued, story.rectifying, story.verifying)]
        foreign = story.draft(cast).task_id
    inspector, sent = sign_in("inspector"), {"step": "urge", "pick": [*ids, foreign]}
    assert "李秀云、" in inspector.post("/findings/batch", data=sent).text
    look = inspector.post("/findings/batch", data=sent, headers={"Accept": "application/json"}).json
    assert sorted(look["hears"]) == sorted(["李秀云", "张明远", "郭学军"])
    assert [bool(row["why_not"]) for row in look["preview"]].count(True) == 1
    inspector.post("/findings/batch/confirm", data=sent | {"remark": "请抓紧"})
    with app.app_context():
        told = {e.task_id: {one.person.login for one in e.listeners} for f in db.session.query(Finding)
                for e in f.task.entries if e.step == "urge"}  # fmt: skip
    assert told == {ids[0]: {"head"}, ids[1]: {"head", "owner"}, ids[2]: {"district"}}
    again = inspector.post("/findings/batch/confirm", data=sent, headers={"Accept": "application/json"}).json["results"]
    assert all(row["why_not"] for row in again)
    assert sign_in("owner").post("/findings/batch/confirm", data=sent, headers={"Accept": "application/json"}).json[
        "results"][0]["why_not"]  # fmt: skip


def test_whoever_urges_a_whole_list_again_comes_to_the_rest_whoever_was_faster_with_one(app, sign_in, monkeypatch):
    monkeypatch.setattr(batch, "MANY", 3)
    with app.app_context(), unit_of_work():
        cast = Cast()
        visit = story.visit(cast)
        ids = [story.issued(cast, inspection=visit, text=f"问题{n}").task_id for n in range(5)]
    inspector, asked = sign_in("inspector"), {"step": "urge", "scope": "all", "query": "state=issued"}
    first = inspector.post("/findings/batch", data=asked).text
    assert (first.count('name="pick"'), "前 3 项" in first) == (3, True)

    def faster(tasks, *how, run=batch.run, **given):
        with db.engine.connect() as other:  # PostgreSQL: somebody else; SQLite: would wait for us, so by our own hand
            on = db.session.connection() if db.engine.dialect.name == "sqlite" else other
            on.execute(sa.update(Task.__table__).where(Task.id == ids[0]).values(version=Task.version + 1))
            other.commit()
        return run(tasks, *how, **given)

    with monkeypatch.context() as lost:
        lost.setattr(batch, "run", faster)
        sent = {"step": "urge", "pick": ids[:3], "remark": "请抓紧"}
        done = inspector.post("/findings/batch/confirm", data=sent, headers={"Accept": "application/json"}).json
    assert [len(row["why_not"]) for row in done["results"]] == [0, 0, 0]
    again = inspector.post("/findings/batch", data=asked).text
    assert (again.count('name="pick"'), "前 3 项" in again) == (2, False)
    rest = {"step": "urge", "pick": ids, "remark": "请抓紧"}
    assert inspector.post("/findings/batch/confirm", data=rest).status_code == 422, "more than go at once"
    inspector.post("/findings/batch/confirm", data=rest | {"pick": ids[3:]})
    assert "最近一天内已催办" in inspector.post("/findings/batch", data=asked).text
    with app.app_context():
        told = [(e.said["remark"], len(e.listeners)) for f in db.session.query(Finding)
                for e in f.task.entries if e.step == "urge"]  # fmt: skip
        assert told == [("请抓紧", 1)] * 5
        assert not list(faults()), "the chains hold"


def test_whoever_gives_a_whole_list_to_another_owner_again_comes_to_the_rest(app, sign_in, monkeypatch):
    monkeypatch.setattr(batch, "MOST", 2)
    with app.app_context(), unit_of_work():
        cast = Cast()
        visit = story.visit(cast)
        late = [story.verifying(cast, inspection=visit, text="已申请").task_id for _once in range(2)]
        ids = [story.planning(cast, inspection=visit, text=f"问题{n}").task_id for n in range(3)]
        teacher, owner = cast.teacher.id, cast.owner.id
    head, asked = sign_in("head"), {"step": "reassign", "scope": "all", "query": ""}
    given = {"step": "reassign", "owner": teacher}
    for going, more in ((ids[:2], True), (ids[2:], False)):
        look = head.post("/findings/batch", data=asked, headers=JSON).json["preview"]
        assert [row["task_id"] for row in look if not row["why_not"]] == going, late
        assert ("前 2 项" in head.post("/findings/batch", data=asked).text) == more
        head.post("/findings/batch/confirm", data=given | {"pick": going})
    assert "勾选" in head.post("/findings/batch", data=asked).text
    again = head.post("/findings/batch/confirm", data=given | {"owner": owner, "pick": ids[:1]}, headers=JSON).json
    assert [row["why_not"] for row in again["results"]] == [[]], "ticked, it goes again"
    with app.app_context():
        assert [db.session.get(Task, one).owner_id for one in ids] == [owner, teacher, teacher]


def test_many_are_given_to_another_owner_or_unit_by_whoever_may_and_the_rest_says_why(app, drafts, sign_in):
    with app.app_context(), unit_of_work():
        cast = Cast()
        mine, stone = story.planning(cast).task_id, story.issued(cast, unit="stone").task_id
        ids = {login: getattr(cast, login).id for login in ("teacher", "county")}
        north = cast.units["north"].id
    json = {"Accept": "application/json"}
    head, sent = sign_in("head"), {"step": "reassign", "pick": [mine, stone, *drafts]}
    look = head.post("/findings/batch", data=sent, headers=json).json
    assert [row["task_id"] for row in look["preview"] if not row["why_not"]] == [mine]
    assert look["hears"] == []  # the former owner is not told; whoever is named is
    assert "张明远" not in head.post("/findings/batch", data=sent).text.split("<form", 1)[0]
    done = head.post("/findings/batch/confirm", data=sent | {"owner": ids["teacher"]}, headers=json).json["results"]
    assert [row["task_id"] for row in done if not row["why_not"]] == [mine]
    with app.app_context():
        entry = db.session.get(Task, mine).entries[-1]
        assert (entry.step, [one.person.login for one in entry.listeners]) == ("reassign", ["teacher"])
    assert "变更责任人" in sign_in("district").get("/findings").text  # who acts for a unit without an account
    moving = {"step": "transfer", "pick": [mine, drafts[0]]}
    given = {"unit": north, "reason": "由北山中学整改"}
    done = sign_in("inspector").post("/findings/batch/confirm", data=moving | given, headers=json).json["results"]
    assert [row["task_id"] for row in done if not row["why_not"]] == [mine]
    with app.app_context():
        assert (db.session.get(Task, mine).unit_id, db.session.get(Task, mine).state) == (north, "issued")
