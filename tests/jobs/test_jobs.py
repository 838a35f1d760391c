"""Long work through its pages: asked for once, seen by one person, called off, failed, fetched, thrown away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.clock import now
from app.db import db, unit_of_work
from app.evidence import sweeping
from app.evidence.ours import storage
from app.evidence.storage import Storage
from app.jobs import actions, lease
from app.jobs.kinds import KINDS, Made, long_work
from app.jobs.models import Job
from app.jobs.work import Work
from app.jobs.working import Worker
from app.people.models import Attempt, Person, Post
from app.tasks.refusals import NotYet
from tests.jobs import slow
from tests.statements import counted
from workflows.grammar import say

JSON = {"Accept": "application/json"}


def asked(app, login="owner", kind="slow", **params) -> int:
    with app.app_context(), unit_of_work():
        person = db.session.query(Person).filter_by(login=login).one()
        return actions.ask(kind, person, params, now=now()).id


def work(app) -> bool:
    with app.app_context():
        return Worker().next()


def look(app, job_id: int) -> Job:
    with app.app_context():
        return db.session.get_one(Job, job_id)


@pytest.fixture
def refusing():
    """A kind that the law refuses, and one that breaks."""

    @long_work("refused", "Refused work")
    def refused(_work):
        raise NotYet(say("2 measures still lack evidence."))

    @long_work("broken", "Broken work")
    def broken(_work):
        raise ZeroDivisionError

    yield
    del KINDS["refused"], KINDS["broken"]


def test_the_same_work_asked_for_twice_is_one_job_and_a_sixth_has_to_wait(app):
    first = asked(app, n=0)
    assert asked(app, n=0) == first
    for number in range(1, 5):
        asked(app, n=number)
    with pytest.raises(actions.TooMany, match="5 pieces"):
        asked(app, n=5)
    assert asked(app, "head", n=5) != first


def test_a_file_is_made_kept_and_fetched_by_whoever_asked_and_by_nobody_else(app, sign_in):
    job_id = asked(app)
    assert work(app)
    assert not work(app)
    answer = sign_in("owner").get(f"/jobs/{job_id}/file")
    assert answer.text == "".join(f"{number}\n" for number in range(slow.STEPS))
    assert "slow.csv" in answer.headers["Content-Disposition"]
    assert [sign_in(login).get(f"/jobs/{job_id}/file").status_code for login in ("head", "admin")] == [404, 404]
    assert [sign_in(login).get(f"/jobs/{job_id}").status_code for login in ("owner", "head")] == [200, 404]


def test_whoever_lost_a_post_since_does_not_get_what_it_showed(app, sign_in):
    job_id = asked(app, "inspector")
    work(app)
    assert sign_in("inspector").get(f"/jobs/{job_id}/file").status_code == 200
    with app.app_context(), unit_of_work():
        post = db.session.query(Post).join(Person).filter(Person.login == "inspector").one()
        post.ends_on = now().date() - timedelta(days=1)
    answer = sign_in("inspector").get(f"/jobs/{job_id}/file", headers=JSON)
    assert answer.status_code == 403
    assert "岗位" in answer.json["sentences"][0]


def test_waiting_work_is_cancelled_at_once_and_finished_work_not_at_all(app, sign_in):
    browser, job_id = sign_in("owner"), asked(app)
    assert browser.post(f"/jobs/{job_id}/cancel").status_code == 303
    assert look(app, job_id).phase == "cancelled"
    assert not work(app)
    assert browser.post(f"/jobs/{job_id}/cancel").status_code == 409


def test_work_at_hand_stops_where_it_is_when_it_is_called_off(app):
    job_id = asked(app)
    with app.app_context():
        one = Worker()
        assert lease.claim(one.name, now()) == job_id
        with unit_of_work():
            actions.cancel(db.session.get_one(Job, job_id), now=now())
        with pytest.raises(lease.CalledOff):
            lease.beat(job_id, one.name, 3, 30, now())
    assert look(app, job_id).phase == "running"  # until its worker says so, or its lease runs out
    with app.app_context():
        assert lease.claim("another", now() + timedelta(minutes=5)) == job_id
    assert look(app, job_id).phase == "cancelled"


def test_what_another_worker_took_over_can_neither_go_on_nor_end(app):
    job_id = asked(app)
    with app.app_context():
        assert lease.claim("first", now()) == job_id
        assert lease.claim("second", now()) is None
        assert lease.claim("second", now() + timedelta(minutes=2)) == job_id
        with pytest.raises(lease.Lost):
            lease.beat(job_id, "first", 1, 2, now())
        with pytest.raises(lease.Lost), unit_of_work():
            lease.end(job_id, "first", "done", now())
        with unit_of_work():
            lease.end(job_id, "second", "done", now())
    assert look(app, job_id).phase == "done"


def test_work_that_kills_its_worker_three_times_is_given_up(app, sign_in):
    job_id = asked(app)
    with app.app_context():
        for number in range(4):
            assert lease.claim("w", now() + timedelta(hours=number)) == job_id
    assert look(app, job_id).phase == "failed"
    assert "三次" in sign_in("owner").get(f"/jobs/{job_id}").text


def test_a_worker_that_is_to_end_puts_its_work_back_untried(app):
    job_id = asked(app)
    with app.app_context():
        lease.claim("w", now())
        lease.give_back(job_id, "w")
    job = look(app, job_id)
    assert (job.phase, job.tries, job.locked_until) == ("queued", 0, None)
    assert work(app)
    assert look(app, job_id).phase == "done"


def test_a_refusal_is_told_in_its_own_words_and_a_fault_in_ours(app, sign_in, refusing):
    refused, broken = asked(app, kind="refused"), asked(app, kind="broken")
    work(app), work(app)
    assert look(app, refused).phase == look(app, broken).phase == "failed"
    assert "2 measures still lack evidence" in look(app, refused).said
    assert "管理员" in sign_in("owner").get(f"/jobs/{broken}").text


def test_what_is_written_beside_the_end_is_written_once_or_not_at_all(app):
    job_id = asked(app)
    with app.app_context():
        one = Worker()
        lease.claim(one.name, now())
        lease.claim("another", now() + timedelta(minutes=2))
        one._run(Work(db.session.get_one(Job, job_id), one.name), "slow")
        assert db.session.query(Attempt).filter_by(login=f"job-{job_id}").count() == 0


def test_the_page_says_how_far_it_is_without_scripts_too(app, sign_in):
    browser, job_id = sign_in("owner"), asked(app)
    with app.app_context():
        lease.claim("w", now())
        lease.beat(job_id, "w", 12, 48, now())
    whole = browser.get(f"/jobs/{job_id}")
    assert '<noscript><meta http-equiv="refresh"' in whole.text
    assert 'value="25"' in whole.text
    part = browser.get(f"/jobs/{job_id}", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith("<section")
    assert browser.get(f"/jobs/{job_id}", headers=JSON).json["percent"] == 25


def test_each_part_of_the_work_says_how_long_the_rest_of_it_may_take(app, sign_in):
    browser, job_id = sign_in("owner"), asked(app)
    with app.app_context():
        lease.claim("w", now())
        at_it = Work(db.session.get_one(Job, job_id), "w")

    def said(done: int, ago: int, doing: str = "Made of two parts") -> str:
        at_it._since, at_it._at = at_it._since - ago, 0
        with app.app_context():
            at_it.far(done, 100, doing=say(doing))
        return browser.get(f"/jobs/{job_id}").text

    assert "还需" not in said(0, 0), "nobody can say yet"
    a_quarter = said(25, 10)
    assert "Made of two parts" in a_quarter
    assert "还需不到 40 秒" in a_quarter
    assert "大约还需 10 分钟" in said(50, 600)
    assert "还需" not in said(0, 0, "The other part"), "another part has a time of its own"


def test_the_inbox_hands_it_over_until_it_is_thrown_away(app, sign_in):
    browser, job_id = sign_in("owner"), asked(app)
    work(app)
    assert f"/jobs/{job_id}/file" in browser.get("/inbox").text
    sha256 = look(app, job_id).sha256
    with app.app_context():
        assert sweeping.sweep_now(now() + timedelta(days=2)) == 0  # still named by its job
        assert actions.expire(now()) == 0
        assert actions.expire(now() + timedelta(days=8)) == 1
        assert not storage().exists(Storage.original_key(sha256))
    assert f"/jobs/{job_id}/file" not in browser.get("/inbox").text
    assert browser.get(f"/jobs/{job_id}/file").status_code == 404
    assert "重新" in browser.get(f"/jobs/{job_id}").text


def test_nothing_lies_about_after_the_work(app):
    from app.evidence.receiving import waiting_room

    asked(app)
    work(app)
    with app.app_context():
        assert list(waiting_room().glob("job-*")) == []


def test_a_list_of_jobs_costs_the_same_however_many_there_are(app, sign_in):
    browser = sign_in("owner")
    asked(app, n=0)
    browser.get("/jobs")
    with counted(app) as few:
        browser.get("/jobs")
    for number in range(1, 5):
        asked(app, n=number)
    with counted(app) as many:
        browser.get("/jobs")
    assert len(many) == len(few)


def test_an_effect_needs_no_file(app):
    @long_work("note", "Note")
    def note(_work):
        return Made(said=say("Nobody has told you anything yet."))

    job_id = asked(app, kind="note")
    work(app)
    del KINDS["note"]
    assert (look(app, job_id).phase, look(app, job_id).sha256) == ("done", None)
