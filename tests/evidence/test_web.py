"""Evidence on the web: who may add it, what is refused, who may look, and what the browser is told."""

from __future__ import annotations

import hashlib
import os
import random
import secrets
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest

from app.clock import now
from app.db import db, unit_of_work
from app.evidence import receiving, sweeping
from app.evidence.models import Evidence
from app.evidence.ours import storage
from app.evidence.receiving import waiting_room
from app.evidence.storage import Storage
from app.findings.models import Finding
from app.measures.models import Measure
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


def send(browser, task_id, content=b"", name="整改后.jpg", headers=JSON, follow_redirects=False, **fields):
    form = {"kind": "after", "file": (BytesIO(content or pictures.photo()), name)} | fields
    address = f"/tasks/{task_id}/evidence"
    return browser.post(address, data=form, headers=headers, follow_redirects=follow_redirects)


def test_a_photo_is_stored_shown_without_metadata_and_kept_as_it_came(app, sign_in, measure):
    browser, original = sign_in("owner"), pictures.photo()
    answer = send(browser, measure, original)
    assert answer.status_code == 201
    assert answer.json["name"] == "整改后.jpg"
    small = browser.get(answer.json["thumb"])
    assert (small.status_code, small.mimetype) == (200, "image/jpeg")
    assert b"Exif" not in small.data
    kept = browser.get(opened(browser, answer.json))
    assert kept.data == original
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert kept.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in kept.headers["Content-Security-Policy"]


def test_the_same_file_twice_is_kept_once_and_remarked(app, sign_in, measure):
    browser = sign_in("owner")
    first = send(browser, measure).json
    again = send(browser, measure, name="另一个名字.jpg").json
    assert (first["remarks"], again["id"]) == ([], first["id"])
    assert again["remarks"][0].startswith("这个文件已在这里：“整改后.jpg”")
    shown = send(browser, measure, headers={}, follow_redirects=True)
    assert "只保留一份" in shown.text
    with app.app_context():
        assert db.session.query(Evidence).count() == 1


def test_several_files_come_in_one_plain_form(app, sign_in, measure):
    files = [(BytesIO(pictures.jpeg()), "一.jpg"), (BytesIO(pictures.pdf()), "合同.pdf")]
    answer = sign_in("owner").post(f"/tasks/{measure}/evidence", data={"kind": "after", "file": files})
    assert answer.status_code == 303
    with app.app_context():
        assert [piece.media_type for piece in db.session.query(Evidence)] == ["image/jpeg", "application/pdf"]


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"), (b"<html><script>1</script>", "照片.jpg"),
     (b"%!PS-Adobe", "a.jpg"), (b"GIF89a" + b"0" * 50, "a.png"), (b"MZ" + b"\0" * 90, "a.pdf")],
)  # fmt: skip
def test_what_is_not_a_photo_or_a_paper_is_refused_with_the_reason(app, sign_in, measure, content, name):
    answer = send(sign_in("owner"), measure, content, name)
    assert answer.status_code == 415
    assert len(answer.json["error"]) > 10
    with app.app_context():
        assert db.session.query(Evidence).count() == 0
        assert list(storage().list_keys("originals")) == []


def test_a_file_of_a_form_lands_where_it_is_stored_from_and_leaves_nothing_there(app, sign_in, measure, monkeypatch):
    """Larger than what is kept in memory: hashed on the way, used up when it is stored, gone when it is not taken."""
    monkeypatch.setattr(receiving, "IN_MEMORY", 1000)
    photo, owner = pictures.noise(300, 200), sign_in("owner")
    assert send(owner, measure, photo).status_code == 201
    assert send(owner, measure, b"<svg " + photo, "a.svg").status_code == 415
    assert send(owner, measure, photo[:-2]).status_code == 415
    untouched = {"kind": "after", "file": (BytesIO(photo), "a.jpg"), "unknown": "1"}
    assert owner.post(f"/tasks/{measure}/evidence", data=untouched).status_code in (409, 422)
    with app.app_context():
        piece = db.session.query(Evidence).one()
        assert (piece.sha256, storage().is_sound(piece.sha256, len(photo))) == (hashlib.sha256(photo).hexdigest(), True)
        assert list(waiting_room().iterdir()) == []


def test_what_cannot_be_is_answered_with_a_sentence_and_never_breaks(sign_in, measure):
    browser, beyond = sign_in("owner"), 10**20
    phone = Phone(browser, measure, pictures.jpeg())
    phone.announces()
    piece = send(browser, measure).json
    for address in (f"/evidence/{beyond}", f"/uploads/{beyond}", f"/evidence/{piece['id']}/{beyond}"):
        assert browser.get(address, headers=JSON).status_code == 404, address
    said = {
        "请求无法识别": (phone.sends(-1),),
        "文件未被接收": (Phone(browser, measure, b"GIF89a" + bytes(60)).announces(b"GIF89a" + bytes(60)),),
        "还缺少内容": (
            send(browser, measure, pictures.jpeg(9, 9), replaces=str(beyond)),
            browser.post(f"{piece['page']}/cover", data={"boxes": "[" * 9000}, headers=JSON),
        ),
    }
    for title, answers in said.items():
        assert [(a.status_code < 500, a.json["error"]) for a in answers] == [(True, title)] * len(answers)


def test_a_file_too_large_is_refused_and_nothing_is_left_behind(app, sign_in, measure, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_FILE_BYTES", 1000)
    assert send(sign_in("owner"), measure, pictures.noise(200, 200)).status_code == 413
    with app.app_context():
        assert list(storage().list_keys("originals")) == []


def test_only_the_responsible_side_adds_and_only_while_the_law_takes_it(app, sign_in, measure):
    assert send(sign_in("district"), measure).status_code == 403
    assert send(sign_in("teacher"), measure).status_code == 404
    with app.app_context():
        finding = db.session.query(Finding).one().task.id
    assert send(sign_in("owner"), finding, kind="before").status_code == 409
    assert send(sign_in("owner"), measure, state="done").status_code == 422
    assert sign_in("owner").post(f"/tasks/{measure}/evidence", data={"kind": "after"}, headers=JSON).status_code == 422


def test_a_foreign_eye_sees_nothing_on_any_path(app, sign_in, measure):
    piece = send(sign_in("owner"), measure).json
    for login in ("stranger", "teacher", "neighbour", "admin"):
        browser = sign_in(login)
        assert {browser.get(piece[path]).status_code for path in ("url", "thumb", "original")} == {404}
        assert browser.post(piece["remove"]).status_code == 404


def opened(browser, piece) -> str:
    """The link to an original, handed out to whoever said why."""
    return browser.post(piece["original"], data={"reason": "核对拍摄时间"}).location


def test_a_link_to_a_file_dies_and_serves_only_whom_it_was_made_for(app, sign_in, measure, monkeypatch):
    browser = sign_in("owner")
    piece = send(browser, measure).json
    link = opened(browser, piece)
    assert browser.get(link).status_code == 200
    for login in ("head", "district", "stranger"):
        assert sign_in(login).get(link).status_code == 404
    bent = link[:-3] + ("aaa" if not link.endswith("aaa") else "bbb")
    assert browser.get(bent).status_code == 404
    monkeypatch.setitem(app.config, "LINK_MINUTES", -1)
    dead = browser.get(opened(browser, piece), headers=JSON)
    assert dead.status_code == 410
    assert "重新打开" in dead.json["sentences"][0]
    shown = browser.get(opened(browser, piece))
    assert (shown.status_code, f'href="{piece["page"]}"' in shown.text) == (410, True)
    assert "<h1>链接已失效</h1>" in shown.text


def test_a_download_goes_on_where_it_broke_off(sign_in, measure):
    browser, size = sign_in("owner"), len(pictures.photo())
    piece = send(browser, measure, pictures.photo()).json
    link = opened(browser, piece)
    for address in (link, piece["url"]):
        whole = browser.get(address)
        mark = whole.headers["ETag"]
        assert (whole.status_code, whole.headers["Accept-Ranges"]) == (200, "bytes")
        for asked, span in {"0-9": (0, 10), "100-": (100, None), "-50": (-50, None), "7-99999999": (7, None)}.items():
            part = browser.get(address, headers={"Range": f"bytes={asked}", "If-Range": mark})
            assert (part.status_code, part.data) == (206, whole.data[slice(*span)]), asked
            assert part.headers["Content-Length"] == str(len(part.data))
        assert part.headers["Content-Range"] == f"bytes 7-{len(whole.data) - 1}/{len(whole.data)}"
        assert part.headers.get("Content-Disposition") == whole.headers.get("Content-Disposition")
        for ignored in ("bytes=0-1,5-6", "bytes=9-2", "lines=0-1", "bytes=x"):
            assert len(browser.get(address, headers={"Range": ignored}).data) == len(whole.data), ignored
        changed = browser.get(address, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
        assert (changed.status_code, len(changed.data)) == (200, len(whole.data))
    beyond = browser.get(link, headers={"Range": f"bytes={size}-"} | JSON)
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{size}")
    assert beyond.json["sentences"] == ["文件没有这么长。请从头重新下载。"]
    assert sign_in("stranger").get(link, headers={"Range": "bytes=0-9"}).status_code == 404


def test_a_piece_taken_off_is_kept_and_can_be_put_back(app, sign_in, measure):
    browser = sign_in("owner")
    piece = send(browser, measure).json
    assert browser.post(piece["remove"], headers=JSON).status_code == 200
    with app.app_context():
        assert db.session.query(Measure).one().task.live_evidence == []
    assert browser.post(piece["remove"], headers=JSON).status_code == 409
    assert browser.post(f"/evidence/{piece['id']}/put-back", headers=JSON).status_code == 200
    with app.app_context(), unit_of_work():
        db.session.get(Evidence, piece["id"]).erased_at = now()
    assert browser.post(piece["remove"], headers=JSON).status_code == 409, "a tombstone stays where it is"
    assert send(browser, measure, pictures.noise(90, 60), replaces=str(piece["id"])).status_code == 422


def test_a_better_photo_supersedes_and_never_overwrites(app, sign_in, measure):
    browser = sign_in("owner")
    first = send(browser, measure).json["id"]
    second = send(browser, measure, pictures.noise(90, 60), replaces=str(first)).json["id"]
    with app.app_context():
        assert db.session.get(Evidence, first).superseded_by_id == second
        assert [piece.id for piece in db.session.query(Measure).one().task.live_evidence] == [second]


def test_what_is_being_verified_is_frozen(app, sign_in, measure):
    with app.app_context(), unit_of_work():
        finding = db.session.query(Finding).one()
        story.done(finding.measures[0], Cast())
        from app.steps.actions import take

        take(finding.task, "report_done", Cast().owner, now=now(), remark="")
    assert send(sign_in("owner"), measure).status_code == 409


def test_a_file_that_no_row_names_is_swept_after_a_day_and_no_sooner(app, sign_in, measure):
    send(sign_in("owner"), measure)
    with app.app_context():
        lost = storage().local_path(storage().put_file(_orphan(app), hashlib.sha256(b"left behind").hexdigest()))
        assert sweeping.sweep_now(now()) == 0
        os.utime(lost, (time.time() - 90_000,) * 2)
        storage().put_file(_orphan(app), hashlib.sha256(b"left behind").hexdigest())
        assert sweeping.sweep_now(now()) == 0, "it has just come again, and its row may be on the way"
        os.utime(lost, (time.time() - 90_000,) * 2)
        assert sweeping.sweep_now(now()) == 1
        assert list(sweeping.unsound()) == []


def arrived(content: bytes) -> Path:
    path = storage().incoming / f"in-{secrets.token_hex(4)}"
    path.write_bytes(content)
    return path


def swept_while_received(app, monkeypatch, content: bytes, later: timedelta = timedelta()) -> list[bool]:
    """Sweep; between its last question and the end of a file the same one comes again. Whether that went through."""
    delete, went, again = Storage.delete, [], []

    def receive():
        with app.app_context():
            receiving.put(arrived(content), hashlib.sha256(content).hexdigest())

    def meanwhile(self, key):
        again.append(Thread(target=receive))
        again[0].start()
        again[0].join(0.4)
        went.append(not again[0].is_alive())
        delete(self, key)

    monkeypatch.setattr(Storage, "delete", meanwhile)
    assert sweeping.sweep_now(now() + later) == 1
    again[0].join()
    return went


def _orphan(app):
    path = storage().incoming / "in-orphan"
    path.write_bytes(b"left behind")
    return path


def test_who_takes_a_file_up_while_it_is_swept_waits_and_stores_it_anew(app, monkeypatch):
    with app.app_context():
        content = pictures.jpeg()
        sha256 = hashlib.sha256(content).hexdigest()
        key = storage().put_file(arrived(content), sha256)
        os.utime(storage().local_path(key), (time.time() - 90_000,) * 2)
        assert swept_while_received(app, monkeypatch, content) == [False], "it waits for whoever sweeps"
        assert storage().is_sound(sha256, len(content))


def test_a_single_changed_byte_is_found(app, sign_in, measure):
    send(sign_in("owner"), measure)
    with app.app_context():
        piece = db.session.query(Evidence).one()
        path = storage().local_path(storage().original_key(piece.sha256))
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.chmod(0o600)
        path.write_bytes(content)
        assert list(sweeping.unsound()) == [piece.sha256]


def found_among(app, sign_in, measure, flips: int) -> None:
    """Every single bit that turns in any stored file is found, and only the file it is in."""
    for number in range(3):
        send(sign_in("owner"), measure, pictures.noise(90 + number, 60))
    dice = random.Random(flips)
    with app.app_context():
        files = {piece.sha256: storage().local_path(storage().original_key(piece.sha256))
                 for piece in db.session.query(Evidence)}  # fmt: skip
        for _flip in range(flips):
            sha256, path = dice.choice(sorted(files.items()))
            whole = path.read_bytes()
            at = dice.randrange(len(whole))
            path.chmod(0o600)
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :])
            assert list(sweeping.unsound()) == [sha256]
            path.write_bytes(whole)
        assert list(sweeping.unsound()) == []


def test_fifty_single_bits_are_all_found(app, sign_in, measure):
    found_among(app, sign_in, measure, 50)


@pytest.mark.soak
def test_a_thousand_single_bits_are_all_found(app, sign_in, measure):
    found_among(app, sign_in, measure, 1000)


def test_verify_ends_with_one_and_names_what_is_not_what_it_was(app, sign_in, measure):
    send(sign_in("owner"), measure)
    runner = app.test_cli_runner()
    with app.app_context():
        assert runner.invoke(args=["verify"]).exit_code == 0
        sha256 = db.session.query(Evidence).one().sha256
        storage().local_path(storage().original_key(sha256)).unlink()
        told = runner.invoke(args=["verify"])
    assert told.exit_code == 1
    assert sha256 in told.output
