"""Files that arrive piece by piece: the offset is the truth, and one announcement is stored once."""

from __future__ import annotations

import base64
import hashlib
import os
import time
from io import BytesIO
from urllib.parse import unquote

import pytest
from werkzeug.exceptions import ClientDisconnected

from app.clock import now, today
from app.db import db, unit_of_work
from app.evidence import parts, sweeping
from app.evidence.models import Evidence, Upload, part_of
from app.measures.models import Measure
from app.people.models import Person
from app.steps.actions import take
from app.tasks.refusals import NotYet
from tests import story
from tests.cast import Cast
from tests.evidence import pictures
from tests.evidence.tus import Phone

JSON = {"Accept": "application/json"}


@pytest.fixture
def measure(app) -> int:
    """The task of a measure that waits for its evidence."""
    with app.app_context(), unit_of_work():
        return story.rectifying(Cast()).measures[0].task.id


@pytest.fixture
def phone(sign_in, measure) -> Phone:
    """The owner's phone with a photo on it."""
    return Phone(sign_in("owner"), measure, pictures.photo(300, 200))


def stored(app) -> list[Evidence]:
    with app.app_context():
        return db.session.query(Evidence).order_by(Evidence.id).all()


def test_a_photo_arrives_in_pieces_and_is_evidence_with_the_last_byte(app, phone):
    made = phone.announces(source="camera", reduced="yes", caption="西侧走廊")
    assert (made.status_code, made.headers["Upload-Offset"]) == (201, "0")
    half = len(phone.content) // 2
    assert phone.sends(0, half).headers["Upload-Offset"] == str(half)
    assert stored(app) == []
    last = phone.sends(half)
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(phone.content)))
    (piece,) = stored(app)
    assert (str(piece.id), piece.sha256, piece.name) == (last.headers["Upload-Evidence"], phone.sha256, "整改后.jpg")
    assert (piece.source, piece.reduced, piece.caption) == ("camera", True, "西侧走廊")
    with app.app_context():
        assert parts.everything() == []


def test_an_announcement_may_bring_all_of_a_photo_or_its_beginning_along(app, phone, sign_in, measure):
    made = phone.announces(phone.content, caption="西侧走廊", boxes="[[0.1,0.1,0.2,0.2]]")
    assert (made.status_code, made.headers["Upload-Offset"]) == (201, str(len(phone.content)))
    (piece,) = stored(app)
    assert (str(piece.id), piece.sha256) == (made.headers["Upload-Evidence"], phone.sha256)
    assert (piece.caption, piece.boxes) == ("西侧走廊", [[0.1, 0.1, 0.2, 0.2]])
    again = phone.announces(phone.content)
    assert again.headers["Upload-Evidence"] == made.headers["Upload-Evidence"], "its answer was lost on the way"
    other = Phone(phone.browser, measure, pictures.photo(320, 200))
    begun = other.announces(other.content[:1000], sha256=other.sha256)
    assert (begun.status_code, begun.headers["Upload-Offset"], len(stored(app))) == (201, "1000", 1)
    assert other.announces(b"not looked at", sha256=other.sha256).headers["Upload-Offset"] == "1000"
    assert other.sends(1000).headers["Upload-Evidence"]
    with app.app_context():
        assert parts.everything() == []
    stranger = Phone(sign_in("stranger"), measure, other.content)
    assert stranger.announces(other.content).status_code == 404
    assert Phone(phone.browser, measure, other.content, kind="before").announces(other.content).status_code in (
        403,
        409,
    )
    with app.app_context():
        assert parts.everything() == [], "nothing is taken in from who may not add it"


def test_what_came_with_an_announcement_and_is_not_fit_is_forgotten(app, phone):
    svg = Phone(phone.browser, phone.task_id, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert svg.announces(svg.content).status_code == 415
    assert phone.announces(phone.content[:-1] + b"?", sha256=phone.sha256).status_code == 460, "bent on its way"
    long = Phone(phone.browser, phone.task_id, phone.content[:50])
    assert long.announces(phone.content).status_code == 413
    with app.app_context():
        assert (db.session.query(Upload).count(), stored(app)) == (0, [])
        assert [path for path in parts.everything() if path.stat().st_size] == []
    assert phone.announces(phone.content, sha256=phone.sha256).headers["Upload-Evidence"], "sent again, it is taken"


def test_an_announcement_that_was_never_answered_goes_on_from_what_it_brought(app, phone):
    """Killed between the bytes and the row: the phone announces anew, with the same bytes."""
    with app.app_context():
        owner = db.session.query(Person).filter_by(login="owner").one().id
        parts.append(part_of(owner, phone.said["client_upload_id"]), 0, BytesIO(phone.content[:500]), 10**6)
    made = phone.announces(phone.content)
    assert (made.status_code, made.headers["Upload-Offset"]) == (201, "500")
    assert phone.sends(500).headers["Upload-Evidence"]
    assert stored(app)[0].sha256 == phone.sha256


def test_the_offset_is_the_truth_and_a_wrong_one_changes_nothing(app, phone):
    phone.announces()
    phone.sends(0, 100)
    for wrong in (0, 99, 101):
        answer = phone.sends(wrong, wrong + 50)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "100")
    assert phone.asks() == 100
    assert phone.browser.get(phone.where).json["offset"] == 100


def test_a_wrong_sum_is_refused_and_the_offset_kept(app, phone):
    phone.announces()
    phone.sends(0, 100)
    right = base64.b64encode(hashlib.sha1(phone.content[100:200]).digest()).decode()
    assert phone.sends(100, content=b"x" * 100, upload_checksum=f"sha1 {right}").status_code == 460
    assert phone.asks() == 100
    assert phone.sends(100, 200, upload_checksum=f"sha1 {right}").status_code == 204
    assert phone.sends(200, 300, upload_checksum="crc9 abcd").status_code == 400
    assert phone.asks() == 200


def test_a_file_bent_on_its_way_is_thrown_away_and_asked_for_again(app, phone):
    phone.announces(sha256=phone.sha256)
    bent = phone.content[:50] + b"?" + phone.content[51:]
    assert phone.sends(0, content=bent).status_code == 460
    assert (phone.asks(), stored(app)) == (0, [])
    assert phone.sends(0).status_code == 204
    assert len(stored(app)) == 1


def test_it_is_stored_once_however_often_it_is_announced_and_its_end_is_sent(app, phone):
    phone.announces()
    where = phone.where
    first = phone.sends(0)
    for _again in range(3):
        assert phone.announces().headers["Upload-Offset"] == str(len(phone.content))
        assert phone.where == where
        assert (
            phone.sends(len(phone.content), content=b"").headers["Upload-Evidence"] == first.headers["Upload-Evidence"]
        )
    assert phone.sends(0).status_code == 409
    assert len(stored(app)) == 1


def test_the_same_file_sent_anew_is_kept_once_and_its_sender_is_told(app, phone, sign_in, measure):
    first = phone.announces(phone.content).headers
    assert "Upload-Remark" not in first
    with app.app_context():
        day = today().isoformat()
    for login, beginning in (("owner", phone.content), ("head", None)):
        again = Phone(sign_in(login), measure, phone.content, filename="IMG_2.jpg", boxes="[[0, 0, 0.5, 0.5]]")
        answer = again.announces(beginning)
        for said in (answer if beginning else again.sends(0), again.sends(len(phone.content), content=b"")):
            assert said.headers["Upload-Evidence"] == first["Upload-Evidence"]
            assert unquote(said.headers["Upload-Remark"]) == f"这个文件已在这里：“整改后.jpg”，{day} 提交。只保留一份。"
    (piece,) = stored(app)
    assert piece.boxes == [[0, 0, 0.5, 0.5]], "what was covered now is covered"
    other = Phone(phone.browser, measure, phone.content, caption="东侧围墙")
    assert "Upload-Remark" not in other.announces(phone.content).headers, "nothing that was typed is lost"
    paper = Phone(phone.browser, measure, phone.content, kind="paper")
    assert "Upload-Remark" not in paper.announces(phone.content).headers
    assert len(stored(app)) == 3
    for one in stored(app)[:2]:
        assert phone.browser.post(f"/evidence/{one.id}/remove", headers=JSON).status_code == 200
    assert "Upload-Remark" not in Phone(phone.browser, measure, phone.content).announces(phone.content).headers
    assert len(stored(app)) == 4, "what was taken off may come again"


def test_a_process_killed_before_its_row_was_written_loses_nothing(app, phone):
    """All bytes are here and even in the storage, but nobody was told; the phone's next word ends it."""
    phone.announces()
    phone.sends(0, len(phone.content) - 1)
    with app.app_context():
        upload = db.session.query(Upload).one()
        parts.append(upload.part, len(phone.content) - 1, BytesIO(phone.content[-1:]), upload.length)
        from app.evidence.arriving import Coming
        from app.evidence.arriving import stored as into_storage

        into_storage(Coming.of(upload))
    assert phone.asks() == len(phone.content)
    assert phone.sends(len(phone.content), content=b"").status_code == 204
    assert [piece.sha256 for piece in stored(app)] == [phone.sha256]


def test_another_file_under_the_same_name_is_refused(app, phone, sign_in, measure):
    phone.announces()
    other = Phone(phone.browser, measure, pictures.jpeg(50, 40), **phone.said)
    assert other.announces().status_code == 409
    colleague = Phone(sign_in("head"), measure, phone.content, **phone.said)
    assert colleague.announces().status_code == 201
    assert colleague.where != phone.where


@pytest.mark.parametrize(("change", "status"), [
    ({"kind": "film"}, 422), ({"filename": ""}, 422), ({"client_upload_id": ""}, 422), ({"state": "done"}, 422),
    ({"boxes": "[[0, 0, 2, 1]]"}, 422), ({"boxes": "nonsense"}, 422), ({"kind": "before"}, 409),
])  # fmt: skip
def test_what_is_wrong_with_an_announcement_is_said(app, phone, change, status):
    answer = phone.announces(**change)
    assert answer.status_code == status
    assert answer.json["sentences"]


def test_sizes_that_cannot_be_are_refused(app, phone, monkeypatch):
    phone.announces()
    assert phone.sends(0, content=phone.content + b"more").status_code == 413
    assert phone.asks() <= len(phone.content)
    phone.content = b""
    assert phone.announces(client_upload_id="empty").status_code == 422
    monkeypatch.setitem(app.config, "MAX_FILE_BYTES", 10)
    phone.content = b"x" * 11
    assert phone.announces(client_upload_id="large").status_code == 413


def test_only_who_may_add_announces_and_only_who_announced_sends(app, phone, sign_in, measure):
    for login, status in (("district", 403), ("teacher", 404), ("stranger", 404)):
        assert Phone(sign_in(login), measure, phone.content).announces().status_code == status
    phone.announces()
    for login in ("head", "district", "stranger", "admin"):
        other = Phone(sign_in(login), measure, phone.content)
        other.where = phone.where
        assert other.sends(0).status_code == 404
        assert other.browser.head(other.where).status_code == 404


def test_whoever_is_signed_out_hears_401_and_goes_on_after_signing_in(app, phone, sign_in):
    phone.announces()
    phone.sends(0, 100)
    signed_in, phone.browser = phone.browser, app.test_client()
    assert phone.sends(100).status_code == 401
    phone.browser = signed_in
    assert phone.sends(phone.asks()).status_code == 204
    assert len(stored(app)) == 1


def test_what_is_not_fit_is_refused_at_its_end_and_no_longer_awaited(app, phone):
    phone.content = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    phone.announces()
    answer = phone.sends(0)
    assert answer.status_code == 415
    assert "SVG" in answer.json["sentences"][0]
    assert phone.browser.head(phone.where).status_code == 410
    with app.app_context():
        assert db.session.query(Measure).one().task.awaited == []
        assert parts.everything() == []


def test_nothing_is_reported_done_while_photos_are_on_their_way(app, phone, sign_in):
    phone.announces()
    with app.app_context():
        story.evidence(db.session.query(Measure).one().task, Cast().owner)
        task = db.session.query(Measure).one().task
        with pytest.raises(NotYet) as why:
            take(task, "finish", Cast().owner, now=now(), result="已修", finished_on=now().date())
    assert "1 of 2" in str(why.value)


def test_an_announced_photo_can_be_left_out_by_its_own_side(app, phone, sign_in):
    phone.announces()
    assert sign_in("district").post(f"{phone.where}/drop").status_code == 403
    assert sign_in("stranger").post(f"{phone.where}/drop").status_code == 404
    assert sign_in("head").post(f"{phone.where}/drop").status_code == 303
    assert phone.sends(0).status_code == 410
    assert phone.announces().status_code == 201, "its phone may say it anew"
    assert phone.browser.delete(phone.where, headers={"Tus-Resumable": "1.0.0"}).status_code == 204
    assert phone.browser.head(phone.where).status_code == 410


def test_another_version_of_the_protocol_is_told_ours(app, phone):
    phone.announces()
    answer = phone.sends(0, tus_resumable="0.2.2")
    assert (answer.status_code, answer.headers["Tus-Resumable"]) == (412, "1.0.0")
    told = phone.browser.options("/uploads")
    assert told.headers["Tus-Version"] == "1.0.0"
    assert "checksum" in told.headers["Tus-Extension"]


def test_what_came_before_a_connection_broke_is_kept(app):
    class Broken(BytesIO):
        def read(self, size=-1):
            block = super().read(50)
            if not block:
                raise ClientDisconnected
            return block

    with app.app_context():
        assert parts.append("broken", 0, Broken(b"x" * 120), 500) == 120
        assert parts.arrived("broken") == 120
        assert parts.append("broken", 120, BytesIO(b"y" * 380), 500) == 500
        parts.complete("broken")
        with pytest.raises(parts.Displaced):
            parts.append("broken", 120, BytesIO(b"z"), 500)
        parts.forget("broken")


def test_two_connections_for_one_file_never_mix_their_bytes(app):
    """The one that lags behind is stopped at its next block, whatever it still has to say."""
    with app.app_context():

        class Overtaken(BytesIO):
            def read(self, size=-1):
                block = super().read(10)
                if block and self.tell() == 20:
                    parts.append("two", 10, BytesIO(b"b" * 40), 100)
                return block

        with pytest.raises(parts.Displaced):
            parts.append("two", 0, Overtaken(b"a" * 100), 100)
        assert parts.arrived("two") == 50
        parts.forget("two")


def test_what_was_announced_and_never_came_is_forgotten_after_a_week(app, phone):
    phone.announces()
    phone.sends(0, 10)
    with app.app_context():
        path = next(iter(parts.everything()))
        upload = db.session.query(Upload).one()
        moment = upload.announced_at.timestamp()
        (parts.folder() / ("f" * 32 + ".part")).write_bytes(b"nobody's")
        assert sweeping.sweep_now(now()) == 0
        for lying in parts.everything():
            os.utime(lying, (time.time() - 90_000,) * 2)
        assert sweeping.sweep_now(now()) == 1, "only what nobody announced"
        os.utime(path, (moment - 8 * 86_400,) * 2)
        with unit_of_work():
            db.session.get(Upload, upload.id).announced_at = now().replace(year=2020)
        assert sweeping.sweep_now(now()) == 1
        assert db.session.query(Upload).count() == 0
    assert phone.browser.head(phone.where).status_code == 404
    assert phone.announces().status_code == 201
