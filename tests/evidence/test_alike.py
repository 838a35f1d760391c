"""Pictures that were used before: hints for whoever verifies, never in the way, laid aside with a remark."""

from __future__ import annotations

from io import BytesIO
from threading import Event, Thread

import pytest

from app.clock import now, today
from app.db import db, unit_of_work
from app.evidence.actions import add
from app.evidence.models import Evidence
from app.evidence.receiving import receive_seen as receive
from app.evidence.traces import Likeness, PhotoFacts, PictureHash
from app.jobs.models import Job
from app.jobs.working import Worker
from app.steps.actions import take
from app.tasks.entries import Entry
from app.tasks.models import Task
from bench.scenes import scene
from tests import story
from tests.cast import Cast
from tests.evidence import pictures
from tests.evidence.pictures import saved

JSON = {"Accept": "application/json"}
FOUND, ELSEWHERE = scene(21), scene(22)


def sent(task, person, image, kind="after", **how):
    content = image if isinstance(image, bytes) else saved(image, "JPEG", **how)
    return add(task, person, kind, receive(BytesIO(content), "照片.jpg"), now=now())


def hints(piece):
    return [
        (row.other_id, row.kind, row.distance) for row in db.session.query(Likeness).filter_by(evidence_id=piece.id)
    ]


def before_and_after(cast, image=FOUND, **how):
    """The inspector's photo of a finding, and what the school sends as proof: the same photo, sent on."""
    draft = story.draft(cast)
    before = sent(draft.task, cast.inspector, FOUND, "before")
    measure = story.rectifying(cast).measures[0]
    return before, sent(measure.task, cast.owner, image, **how)


def test_the_photo_of_how_it_was_found_is_no_proof_that_it_was_put_right(cast):
    before, after = before_and_after(cast, FOUND.resize((400, 300)), quality=50)
    assert [(other, kind) for other, kind, _bits in hints(after)] == [(before.id, "alike")]
    assert hints(before) == []  # nobody judges how it was found


def test_one_proof_for_two_findings_is_pointed_at_on_both_while_both_wait(cast):
    one, two = (story.rectifying(cast).measures[0].task for _time in range(2))
    first, second = sent(one, cast.owner, FOUND), sent(two, cast.owner, FOUND, quality=60)
    assert (hints(first)[0][0], hints(second)[0][0]) == (second.id, first.id)
    take(one, "finish", cast.owner, now=now(), result="已完成", finished_on=today())
    third = sent(story.rectifying(cast).measures[0].task, cast.owner, FOUND, quality=70)
    assert [other for other, _kind, _bits in hints(first)] == [second.id, third.id], "its finding still waits"


def test_the_very_same_file_is_found_whatever_it_is(cast):
    measures = [story.rectifying(cast).measures[0] for _time in range(2)]
    first, again = (sent(measure.task, cast.owner, pictures.pdf()) for measure in measures)
    assert hints(again) == [(first.id, "exact", 0)]


def test_other_places_dark_pictures_and_an_inspectors_second_use_are_no_hints(cast):
    from PIL import Image

    dark = Image.new("RGB", (400, 300), (9, 9, 9))
    _before, after = before_and_after(cast, ELSEWHERE)
    assert hints(after) == []
    black = sent(after.task, cast.owner, dark)
    assert hints(sent(story.rectifying(cast).measures[0].task, cast.owner, dark, quality=60)) == []
    assert db.session.get(PhotoFacts, black.id).is_plain
    assert not db.session.query(PictureHash).filter_by(evidence_id=black.id).count()
    second = sent(story.draft(cast).task, cast.inspector, FOUND, "before")
    assert hints(second) == []


def test_what_was_taken_off_is_not_pointed_at(cast):
    first, second = (story.rectifying(cast).measures[0] for _time in range(2))
    piece = sent(first.task, cast.owner, FOUND)
    piece.removed_at = now()
    db.session.flush()
    assert hints(sent(second.task, cast.owner, FOUND)) == []


@pytest.fixture
def reused(app) -> dict[str, int]:
    """A finding under verification whose proof stood at a school of another county, and before at the same place."""
    with app.app_context(), unit_of_work():
        cast = Cast()
        finding = story.rectifying(cast)
        theirs = story.draft(cast, "north")
        hidden = sent(theirs.task, cast.inspector, FOUND, "before")
        piece = sent(finding.measures[0].task, cast.owner, FOUND, quality=60)
        own = sent(finding.measures[0].task, cast.owner, ELSEWHERE)
        return {"finding": finding.id, "piece": piece.id, "hidden": hidden.id, "own": own.id, "their": theirs.task.id}


def alike(browser, piece):
    return browser.get(f"/evidence/{piece}/alike", headers=JSON).get_json()["alike"]


def test_a_verifier_sees_both_and_whoever_may_not_see_the_other_learns_not_whose_it_is(sign_in, reused):
    (shown,) = alike(sign_in("inspector"), reused["piece"])
    assert shown["other"]["id"] == reused["hidden"]
    assert "北山中学" in shown["where"]
    answer = sign_in("district").get(f"/evidence/{reused['piece']}/alike")
    assert "北山" not in answer.text
    assert f"/evidence/{reused['hidden']}" not in answer.text
    (hidden,) = alike(sign_in("district"), reused["piece"])
    assert (hidden["other"], hidden["how"]) == (None, shown["how"])


def test_the_school_that_sent_it_is_told_nothing(sign_in, reused):
    for who in ("owner", "head"):
        browser = sign_in(who)
        assert browser.get(f"/evidence/{reused['piece']}/alike").status_code == 404
        assert "data-hint" not in browser.get(f"/findings/{reused['finding']}").text
        assert "alike" not in browser.get(f"/evidence/{reused['piece']}", headers=JSON).get_json()


def test_the_finding_shows_its_verifier_the_hint(sign_in, reused):
    page = sign_in("district").get(f"/findings/{reused['finding']}").text
    assert page.count("data-hint") == 1
    assert f"/evidence/{reused['piece']}/alike" in page


def test_dismissing_asks_a_remark_and_stays_on_record(app, sign_in, reused):
    browser = sign_in("district")
    with app.app_context():
        hint = db.session.query(Likeness).filter_by(evidence_id=reused["piece"]).one().id
    refused = browser.post(f"/likenesses/{hint}/dismiss", data={"remark": "  "})
    assert refused.status_code == 422
    assert sign_in("owner").post(f"/likenesses/{hint}/dismiss", data={"remark": "无妨"}).status_code == 404
    done = browser.post(f"/likenesses/{hint}/dismiss", data={"remark": "同一围墙，两处问题"}, headers=JSON)
    assert done.get_json()["alike"][0]["remark"] == "同一围墙，两处问题"
    assert browser.post(f"/likenesses/{hint}/dismiss", data={"remark": "再来"}).status_code == 409
    assert "data-hint" not in browser.get(f"/findings/{reused['finding']}").text
    with app.app_context():
        entry = db.session.query(Entry).filter_by(step="dismiss_hint").one()
        assert (entry.actor_name, entry.facts["likeness"]) == ("郭学军", hint)
        assert entry.said["remark"] == "同一围墙，两处问题"


def test_a_hint_stands_in_the_way_of_nothing(app, sign_in, reused):
    with app.app_context():
        task = db.session.get(Evidence, reused["piece"]).task_id
        day = now().date().isoformat()
    done = sign_in("owner").post(
        f"/tasks/{task}/steps/finish", data={"result": "围墙已重砌", "finished_on": day}, headers=JSON
    )
    assert done.status_code == 200, done.text


def test_a_changed_rule_is_asked_anew_of_everything(app, reused):
    with app.app_context(), unit_of_work():
        for table in (Likeness, PictureHash, PhotoFacts):
            db.session.query(table).delete()
    told = app.test_cli_runner().invoke(args=["evidence", "recheck"])
    assert "3 pieces compared, 1 new hints." in told.output
    again = app.test_cli_runner().invoke(args=["evidence", "recheck", "--anew"])
    assert "3 pieces compared, 0 new hints." in again.output
    with app.app_context():
        rows = {(row.evidence_id, row.other_id) for row in db.session.query(Likeness)}
        assert rows == {(reused["piece"], reused["hidden"])}


def test_an_administrator_has_everything_compared_in_the_background(app, sign_in, reused):
    with app.app_context(), unit_of_work():
        db.session.query(Likeness).delete()
    assert sign_in("inspector").post("/jobs/recheck").status_code == 403
    admin = sign_in("admin")
    assert "重新比对全部照片" in admin.get("/jobs").text
    asked = admin.post("/jobs/recheck", data={"anew": "y"}, headers=JSON)
    assert admin.post("/jobs/recheck", data={"anew": "y"}, headers=JSON).json["job"] == asked.json["job"]
    with app.app_context():
        assert Worker().next()
        job = db.session.get_one(Job, asked.json["job"])
        assert (job.phase, job.said, job.total) == ("done", "共比对3件，新提示1条。", 3)
        assert db.session.query(Likeness).one().evidence_id == reused["piece"]


def test_two_that_come_at_the_same_moment_do_not_miss_each_other(app):
    """The second one waits for the first one's end before it looks around."""
    with app.app_context(), unit_of_work():
        tasks = [story.rectifying(Cast()).measures[0].task_id for _time in range(2)]
    first_is_in, second_is_over = Event(), Event()

    def first() -> None:
        with app.app_context(), unit_of_work():
            sent(db.session.get_one(Task, tasks[0]), Cast().owner, FOUND)
            first_is_in.set()
            second_is_over.wait(0.5)

    def second() -> None:
        first_is_in.wait(10)
        with app.app_context(), unit_of_work():
            sent(db.session.get_one(Task, tasks[1]), Cast().owner, FOUND, quality=60)
        second_is_over.set()

    threads = [Thread(target=each) for each in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with app.app_context():
        one, other = (piece.id for piece in db.session.query(Evidence).order_by(Evidence.id))
        found = {(row.evidence_id, row.other_id) for row in db.session.query(Likeness)}
        assert found == {(one, other), (other, one)}
