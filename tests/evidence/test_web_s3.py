"""The whole way of a photo through the pages with its bytes on a real S3 server: as in a folder, to the letter."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from datetime import timedelta
from io import BytesIO
from threading import Event

import obstore
import pytest

from app.db import db, unit_of_work
from app.evidence import s3, sweeping
from app.evidence.models import Evidence
from app.evidence.ours import opened, storage
from app.evidence.storage import StorageAway, open_storage
from tests import story
from tests.cast import Cast
from tests.evidence import pictures, weed
from tests.evidence.test_web import arrived, swept_while_received
from tests.evidence.tus import Phone

JSON = {"Accept": "application/json"}
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")


@pytest.fixture
def bucket(app, weed, tmp_path, monkeypatch):
    """The house keeps its files on S3 now."""
    address = f"s3://rectify/{tmp_path.name}?endpoint=http://127.0.0.1:{weed.ports['s3.port']}"
    monkeypatch.setitem(app.config, "EVIDENCE_STORE", address)
    monkeypatch.setenv("RECTIFY_S3_ACCESS_KEY", "fictional")
    monkeypatch.setenv("RECTIFY_S3_SECRET_KEY", "only-for-this-test-run")
    return address


@pytest.fixture
def measure(app) -> int:
    """The task of a measure that waits for its evidence."""
    with app.app_context(), unit_of_work():
        return story.rectifying(Cast()).measures[0].task.id


def sent(browser, measure: int, content: bytes):
    form = {"kind": "after", "file": (BytesIO(content), "整改后.jpg")}
    return browser.post(f"/tasks/{measure}/evidence", data=form, headers=JSON)


def test_a_photo_goes_in_piece_by_piece_is_shown_and_downloaded_from_s3(app, sign_in, measure, bucket):
    phone = Phone(sign_in("owner"), measure, pictures.photo())
    phone.announces()
    phone.sends(0, 100)
    piece = f"/evidence/{phone.sends(100).headers['Upload-Evidence']}"
    small = phone.browser.get(f"{piece}/320")
    assert (small.status_code, small.mimetype) == (200, "image/jpeg")
    link = phone.browser.post(f"{piece}/original", data={"reason": "核对"}).location
    kept = phone.browser.get(link)
    assert kept.data == phone.content
    part = phone.browser.get(link, headers={"Range": "bytes=300-"})
    assert (part.status_code, part.data) == (206, phone.content[300:])
    assert phone.browser.get(link, headers={"Range": "bytes=99999999-"}).status_code == 416
    assert kept.mimetype == "image/jpeg"
    assert kept.headers["Content-Disposition"].startswith("attachment; filename")
    assert "sandbox" in kept.headers["Content-Security-Policy"]
    assert sign_in("stranger").get(f"{piece}/file").status_code == 404
    with app.app_context():
        assert list(storage().list_keys("originals")) == [storage().original_key(phone.sha256)]
        assert list(sweeping.unsound()) == []
        storage().put_bytes(storage().original_key(phone.sha256), phone.content[:-1] + b"?")
        assert list(sweeping.unsound()) == [phone.sha256]


def test_an_original_is_written_once_and_a_link_of_s3_itself_expires(app, sign_in, measure, bucket):
    phone = Phone(sign_in("owner"), measure, pictures.jpeg())
    assert sent(phone.browser, measure, phone.content).status_code == 201
    with app.app_context():
        store, key = storage().store, storage().original_key(phone.sha256)
        with pytest.raises(obstore.exceptions.AlreadyExistsError):
            obstore.put(store, key, b"something else", mode="create")
        good, dead = (obstore.sign(store, "GET", key, timedelta(seconds=seconds)) for seconds in (60, 1))
    assert urllib.request.urlopen(good).read() == phone.content
    bent = good[:-1] + ("0" if good[-1] != "0" else "1")
    assert refused(bent) == 403
    Event().wait(2.1)
    assert refused(dead) == 403


def test_who_takes_a_file_up_while_it_is_swept_waits_and_stores_it_anew(app, bucket, monkeypatch):
    with app.app_context():
        content = pictures.jpeg()
        sha256 = hashlib.sha256(content).hexdigest()
        storage().put_file(arrived(content), sha256)
        monkeypatch.setattr(s3, "LEFT", -1)  # as if it had lain there for long
        assert swept_while_received(app, monkeypatch, content, later=timedelta(days=2)) == [False]
        assert storage().is_sound(sha256, len(content))


def refused(link: str) -> int:
    with pytest.raises(urllib.error.HTTPError) as why:
        urllib.request.urlopen(link)
    why.value.close()
    return why.value.code


def test_wrong_keys_are_said_as_a_silent_store_and_nothing_is_lost(app, sign_in, measure, bucket, monkeypatch):
    phone = Phone(sign_in("owner"), measure, pictures.jpeg())
    phone.announces()
    monkeypatch.setitem(app.config, "EVIDENCE_STORE", bucket + "&secret_key=wrong")
    answer = phone.sends(0)
    assert answer.status_code == 503
    assert phone.asks() == len(phone.content), "the bytes wait here"
    with pytest.raises(StorageAway):
        open_storage(bucket, secret_key="wrong").put_bytes("derived/x/1.jpg", b"x")
    monkeypatch.setitem(app.config, "EVIDENCE_STORE", bucket)
    assert phone.sends(len(phone.content), content=b"").status_code == 204
    with app.app_context():
        assert db.session.query(Evidence).count() == 1


def test_a_server_that_stops_in_mid_upload_is_said_and_the_photo_goes_in_when_it_is_back(
    app, sign_in, measure, tmp_path_factory, monkeypatch
):
    folder = tmp_path_factory.mktemp("stopping")
    monkeypatch.setenv("RECTIFY_S3_ACCESS_KEY", "fictional")
    monkeypatch.setenv("RECTIFY_S3_SECRET_KEY", "only-for-this-test-run")
    phone = Phone(sign_in("owner"), measure, pictures.noise(1200, 900))
    with weed.running(folder) as server:
        ports = server.ports
        address = f"s3://rectify/stopping?endpoint=http://127.0.0.1:{ports['s3.port']}"
        monkeypatch.setitem(app.config, "EVIDENCE_STORE", address)
        phone.announces()
        assert phone.sends(0, 1000).status_code == 204
    assert phone.sends(1000).status_code == 503
    assert phone.asks() == len(phone.content)
    assert sign_in("district").get("/findings").status_code == 200
    with weed.running(folder, ports):
        assert phone.sends(len(phone.content), content=b"").status_code == 204
        with app.app_context():
            assert list(sweeping.unsound()) == []
    opened.cache_clear()
