"""Long lists: read, taken in and issued by the worker, with progress, cancel and the way on."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from app import standby
from app.db import db, unit_of_work
from app.findings.models import Finding
from app.findings.queries import visit_of_task
from app.intake import lengths, long_lists
from app.intake.models import Batch, Preview
from app.jobs import lease
from app.jobs.models import Job
from app.jobs.working import Worker
from app.people.models import Person
from app.tasks import auditing
from tests import story
from tests.cast import Cast
from tests.intake import hostile
from tests.intake.books import book, row, sent, usual
from tests.intake.pasting import count, fields

JSON = {"Accept": "application/json"}


@pytest.fixture
def few(app, monkeypatch):
    """A list of more than five rows is long."""
    monkeypatch.setitem(app.config, "LIST_ROWS", 5)


def work(app) -> bool:
    with app.app_context():
        return Worker().next()


def job(app) -> Job:
    with app.app_context():
        return db.session.query(Job).order_by(Job.id.desc()).first()


def lead(page: str) -> str:
    """The way on that a job's page offers."""
    return re.search(r'<a class="btn btn-primary" href="([^"]+)"', page).group(1)


def test_a_long_list_is_read_and_taken_in_by_the_worker_and_its_page_leads_on(app, inspector, url, look, few):
    content = book([row(n) for n in range(1, 9)] + [row(9, unit="查无此校")])
    asked = inspector.post(url, data=sent(content))
    assert (asked.status_code, asked.location) == (303, "/jobs/1")
    waiting = inspector.get("/jobs/1").text
    assert "<progress" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert inspector.get(look).location == "/jobs/1", "whoever looks at it meanwhile is shown how far it is"
    assert inspector.post(url, data=sent(content)).location == "/jobs/1"
    assert work(app)
    assert lead(inspector.get("/jobs/1").text) == look
    assert look in inspector.get("/inbox").text
    page = inspector.get(look).text
    assert count(app) == 0
    refused = inspector.post(look, data=fields(page) | {"do": "confirm"})
    assert refused.status_code == 422, "what is bad is shown first, long or short"
    taken = inspector.post(look, data=fields(page) | {"rows-0-text": "改过的文字", "do": "good"})
    assert taken.location == "/jobs/2"
    assert (count(app), work(app), count(app)) == (0, True, 8)
    batch = inspector.get(lead(inspector.get("/jobs/2").text)).text
    assert "set-aside.xlsx" in batch
    with app.app_context():
        assert db.session.query(Finding).order_by(Finding.seq).first().text == "改过的文字"
    again = inspector.post(url, data=sent(content))
    assert again.status_code == 200
    assert count(app) == 8


def test_a_long_list_is_issued_some_at_a_time_and_goes_on_where_a_dead_worker_left_it(
    app, inspector, url, look, few, monkeypatch
):  # fmt: skip
    monkeypatch.setattr(long_lists, "AT_ONCE", 3)
    inspector.post(url, data=sent(usual(8)))
    work(app)
    asked = inspector.post(look, data=fields(inspector.get(look).text) | {"do": "issue"}, headers=JSON)
    assert asked.status_code == 202
    issue_all, calls = long_lists.issue_all, []

    def dies(drafts, person, *, now):
        calls.append(len(drafts))
        if len(calls) == 2:
            raise lease.Stopped
        return issue_all(drafts, person, now=now)

    monkeypatch.setattr(long_lists, "issue_all", dies)
    work(app)
    with app.app_context():
        states = [one.task.state for one in db.session.query(Finding).order_by(Finding.seq)]
    assert states == ["issued"] * 3 + ["draft"] * 5
    monkeypatch.setattr(long_lists, "issue_all", issue_all)
    work(app)
    with app.app_context():
        assert {one.task.state for one in db.session.query(Finding)} == {"issued"}
        assert db.session.query(Batch).count() == 1
    assert job(app).phase == "done"


def test_a_long_list_that_is_called_off_leaves_nothing_behind(app, inspector, url, look, few):
    inspector.post(url, data=sent(usual(8)))
    work(app)
    inspector.post(look, data=fields(inspector.get(look).text) | {"do": "confirm"})
    assert inspector.post("/jobs/2/cancel").status_code == 303
    assert not work(app)
    assert count(app) == 0
    assert inspector.get(look).status_code == 200, "it still lies on the table"


def test_others_write_while_a_list_is_made_ready_and_where_the_visit_changed_it_is_made_ready_again(
    app, inspector, url, visit, look, few, monkeypatch
):  # fmt: skip
    inspector.post(url, data=sent(usual(8)))
    work(app)
    inspector.post(look, data=fields(inspector.get(look).text) | {"do": "confirm"})
    keep_pictures, times = long_lists.keep_pictures, []

    def elsewhere():
        with app.app_context(), unit_of_work():
            story.draft(Cast(), inspection=visit_of_task(Cast().inspector, visit), text="先写下的一条")

    def meanwhile(*given):
        times.append(job(app).said)
        if len(times) == 1:
            with ThreadPoolExecutor(1) as others:
                others.submit(elsewhere).result()
        return keep_pictures(*given)

    monkeypatch.setattr(long_lists, "keep_pictures", meanwhile)
    work(app)
    assert times == ["正在准备各行", "正在准备各行"]
    assert (job(app).phase, count(app)) == ("done", 9)
    with app.app_context():
        numbered = db.session.query(Finding).order_by(Finding.seq).all()
        assert [one.seq for one in numbered] == list(range(1, 10))
        assert numbered[0].text == "先写下的一条"
        assert list(auditing.faults()) == []


def test_a_long_file_that_holds_nothing_or_cannot_be_read_says_so_on_the_way(app, inspector, url, few, monkeypatch):
    inspector.post(url, data=sent(book([[n, "甲"] for n in range(9)], head=("姓名", "爱好"), title="名单")))
    work(app)
    nothing = inspector.get(lead(inspector.get("/jobs/1").text))
    assert nothing.status_code == 422
    assert "爱好" in nothing.text
    monkeypatch.setitem(app.config, "LIST_BYTES", 10)
    inspector.post(url, data=sent(hostile.macros(), "台账.xlsm"))
    work(app)
    refused = inspector.get("/jobs/2").text
    assert "宏" in refused
    assert lead(refused) == url
    assert count(app, Preview) == 1, "what cannot be read does not stay on the table"


def test_reading_is_given_up_when_it_is_called_off(app, inspector, url, few, monkeypatch):
    monkeypatch.setattr(standby, "BETWEEN", 0.001)
    inspector.post(url, data=sent(usual(8)))

    def called_off(*_, **__):
        raise lease.CalledOff

    monkeypatch.setattr("app.jobs.work.lease.beat", called_off)
    work(app)
    assert job(app).phase == "cancelled"
    assert count(app, Preview) == 1


@pytest.mark.parametrize(("name", "content", "rows"), [
    ("台账.xlsx", usual(40), 41), ("台账.csv", ("问题\n" * 50).encode(), 50), ("台账.xlsx", b"PK\x03\x04 broken", 0),
], ids=("workbook", "text", "damaged"))  # fmt: skip
def test_rows_are_counted_without_reading(tmp_path, name, content, rows):
    path = tmp_path / name
    path.write_bytes(content)
    assert rows <= lengths.rows_in(path, 300) <= rows + 2
    assert lengths.rows_in(path, 10) <= max(rows, 11) + 2


def test_whoever_lost_the_visit_meanwhile_takes_nothing_in(app, inspector, url, look, few):
    inspector.post(url, data=sent(usual(8)))
    work(app)
    inspector.post(look, data=fields(inspector.get(look).text) | {"do": "confirm"})
    with app.app_context(), unit_of_work():
        db.session.query(Person).filter_by(login="inspector").one().active = False
    work(app)
    assert (job(app).phase, count(app)) == ("failed", 0)


def test_a_long_list_is_taken_back_by_the_worker_whole_or_not_at_all(app, inspector, url, look, few, monkeypatch):
    inspector.post(url, data=sent(usual(8)))
    work(app)
    inspector.post(look, data=fields(inspector.get(look).text) | {"do": "confirm"})
    work(app)
    asked = inspector.post("/intake/batches/1/undo")
    assert (asked.status_code, asked.location) == (303, "/jobs/3")
    assert inspector.get("/intake/batches/1").location == "/jobs/3"
    dies = monkeypatch.setattr
    with monkeypatch.context() as broken:
        broken.setattr("app.intake.actions._put_back", lambda *_: 1 / 0)
        work(app)
    with app.app_context():
        assert {one.task.state for one in db.session.query(Finding)} == {"draft"}, "all of it or nothing"
    assert job(app).phase == "failed"
    assert inspector.post("/intake/batches/1/undo", headers=JSON).status_code == 202
    told = []
    dies("app.jobs.work.lease.beat", lambda *_, **more: told.append((more["said"], more["seconds_left"])))
    work(app)
    assert told == [("正在一次性全部撤回，要么全部撤回，要么不动；需要几秒钟", 1)]
    with app.app_context():
        assert {one.task.state for one in db.session.query(Finding)} == {"withdrawn"}
        assert list(auditing.faults()) == []
    assert lead(inspector.get("/jobs/4").text) == "/intake/batches/1"
    assert inspector.post("/intake/batches/1/undo").status_code == 422


def test_a_long_list_of_which_something_moved_on_is_not_even_queued(app, inspector, url, look, few):
    inspector.post(url, data=sent(usual(8)))
    work(app)
    inspector.post(look, data=fields(inspector.get(look).text) | {"do": "issue"})
    work(app)
    refused = inspector.post("/intake/batches/1/undo")
    assert (refused.status_code, job(app).id) == (422, 2)
    assert "2026-ZX-0001-08" in refused.text
