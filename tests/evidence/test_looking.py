"""New evidence is looked at soon after its receipt, once, whatever dies; what cannot be opened counts for nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from io import BytesIO

import pytest

from app.clock import now
from app.db import db, unit_of_work
from app.evidence import looking, pictures, queries_looking
from app.evidence.models import BROKEN, CLEAR, DUE, Evidence
from app.evidence.ours import storage
from app.evidence.storage import Storage
from app.evidence.traces import Likeness, PhotoFacts
from app.findings.models import Finding
from app.tasks.entries import Entry, Listener
from app.tasks.refusals import NotYet
from bench.scenes import scene
from tests import story
from tests.cast import Cast
from tests.evidence import pictures as made

JSON = {"Accept": "application/json"}


@pytest.fixture
def finding(app) -> Finding:
    """One whose measure waits for its evidence."""
    with app.app_context(), unit_of_work():
        found = story.rectifying(Cast())
        return found.id, found.task.id, found.measures[0].task.id


def send(browser, task_id: int, content: bytes) -> dict:
    form = {"kind": "after", "file": (BytesIO(content), "整改后.jpg")}
    answer = browser.post(f"/tasks/{task_id}/evidence", data=form, headers=JSON)
    assert answer.status_code == 201, answer.text
    return answer.json


def worker(app) -> int:
    """What the worker does until nothing is due; how many it looked at."""
    with app.app_context():
        return sum(1 for _turn in iter(looking.next_one, False))


def test_a_judge_reads_being_looked_at_until_the_worker_has_looked_and_then_the_hint(app, sign_in, finding):
    number, _task, measure = finding
    photo = made.saved(scene(21), "JPEG")
    with app.app_context(), unit_of_work():
        other = story.rectifying(Cast()).measures[0].task.id
    first = send(sign_in("owner"), other, photo)
    assert first["sight"] == DUE
    assert worker(app) == 1
    piece = send(sign_in("owner"), measure, made.saved(scene(21).resize((500, 375)), "JPEG", quality=60))
    before = sign_in("district").get(f"/findings/{number}").text
    assert 'data-trust="looking"' in before
    assert 'data-trust="silent"' not in before
    asks = re.search(r'hx-get="(/evidence/\d+/worth\?asked=1)"', before)[1]
    again = sign_in("district").get(asks).text
    assert 'data-trust="looking"' in again
    assert "asked=2" in again
    assert "hx-get" not in sign_in("district").get(asks.replace("asked=1", "asked=30")).text
    assert sign_in("owner").get(asks).status_code == 404
    assert worker(app) == 1
    seen = sign_in("district").get(asks).text
    assert 'data-trust="silent"' in seen
    assert "data-hint" in seen
    assert "hx-get" not in seen
    after = sign_in("district").get(f"/findings/{number}").text
    assert 'data-trust="looking"' not in after
    assert 'data-trust="silent"' in after
    with app.app_context():
        kept = db.session.get(Evidence, piece["id"])
        assert (kept.sight, kept.looking_until, kept.facts.is_plain) == (CLEAR, None, False)
        assert db.session.query(Likeness).filter_by(evidence_id=kept.id, other_id=first["id"]).count() == 1
        assert all(storage().exists(Storage.derived_key(kept.sha256, size)) for size in pictures.SIZES)
    assert worker(app) == 0


def test_a_paper_is_compared_in_its_turn_too(app, sign_in, finding):
    with app.app_context(), unit_of_work():
        other = story.rectifying(Cast()).measures[0].task.id
    first, again = (send(sign_in("owner"), task, made.pdf()) for task in (other, finding[2]))
    assert worker(app) == 2
    with app.app_context():
        hint = db.session.query(Likeness).filter_by(evidence_id=again["id"]).one()
        assert (hint.other_id, hint.kind) == (first["id"], "exact")


def test_what_cannot_be_opened_is_said_and_counts_for_nothing_and_is_kept(app, sign_in, finding):
    number, _task, measure = finding
    browser, content = sign_in("owner"), made.damaged()
    piece = send(browser, measure, content)
    said = {"result": "已重砌", "finished_on": f"{now():%Y-%m-%d}"}
    refused = browser.post(f"/tasks/{measure}/steps/finish", data=said, headers=JSON)
    assert refused.status_code == 422, "the step itself looks at what nobody has looked at yet"
    assert refused.json["sentences"]
    assert worker(app) == 0
    with app.app_context():
        kept = db.session.get(Evidence, piece["id"])
        assert (kept.sight, kept.is_kept, kept.task.live_evidence) == (BROKEN, True, [])
        entry = db.session.query(Entry).filter_by(step="cannot_open").one()
        assert (entry.task_id, entry.facts["evidence"], entry.actor_id) == (measure, kept.id, None)
        assert [told.person_id for told in db.session.query(Listener).filter_by(entry_id=entry.id)] == [
            kept.uploaded_by_id
        ]
        assert storage().is_sound(kept.sha256, len(content))
        assert db.session.get(PhotoFacts, kept.id) is None
    for who in ("owner", "district"):
        page = sign_in(who).get(f"/findings/{number}").text
        assert 'data-sight="broken"' in page, who
        assert f"/evidence/{piece['id']}/320" not in page
    assert browser.get(f"/evidence/{piece['id']}/320").status_code == 404


def test_where_no_worker_runs_whoever_asks_for_the_picture_first_has_it_looked_at(app, sign_in, finding):
    piece = send(sign_in("owner"), finding[2], made.photo())
    assert sign_in("head").get(piece["thumb"]).status_code == 200
    with app.app_context():
        assert db.session.get(Evidence, piece["id"]).sight == CLEAR
        assert db.session.get(PhotoFacts, piece["id"]).device


def test_what_a_killed_process_left_behind_is_taken_up_when_its_lease_is_over(app, sign_in, finding):
    piece = send(sign_in("owner"), finding[2], made.photo())
    with app.app_context():
        assert looking._claimed().number == piece["id"]
        assert not looking.next_one(), "somebody is at it"
        with unit_of_work():
            assert queries_looking.free(now() + looking.LEASE + timedelta(seconds=1)).id == piece["id"]
            db.session.get(Evidence, piece["id"]).looking_until = now() - timedelta(seconds=1)
        assert looking.next_one()
        assert db.session.get(Evidence, piece["id"]).sight == CLEAR


def test_what_takes_too_long_is_tried_again_and_given_up_the_third_time(app, sign_in, finding, monkeypatch):
    piece = send(sign_in("owner"), finding[2], made.photo())
    monkeypatch.setattr(pictures, "SECONDS", 0)
    with app.app_context():
        for sight in (DUE, DUE, BROKEN):
            assert looking.next_one()
            with unit_of_work():
                kept = db.session.get(Evidence, piece["id"])
                assert kept.sight == sight
                kept.looking_until = None


def test_no_verdict_rests_on_a_photo_that_nobody_has_opened(cast):
    finding = story.verifying(cast)
    piece = story.evidence(finding.task, cast.owner)
    piece.sight = DUE
    passes = partial(story.take, finding.task, "pass_on", cast.district, now=now(), method="papers", remark="已核对")
    with pytest.raises(NotYet, match="still being looked at"):
        passes()
    piece.sight = CLEAR
    passes()
