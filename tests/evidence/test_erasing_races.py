"""A file is erased in the very moment in which it is received anew: gone or kept, and never a row without its file."""

from __future__ import annotations

import random
from datetime import timedelta
from io import BytesIO
from threading import Thread, Timer
from typing import Any

import pytest

from app.clock import now
from app.db import db, unit_of_work
from app.evidence import actions, actions_erasing, clearing, parts, receiving, sweeping
from app.evidence.actions_sharing import share
from app.evidence.models import Evidence, Upload
from app.evidence.ours import storage
from app.evidence.receiving import receive_seen
from app.evidence.sealed import Erasure
from app.tasks.models import Task
from app.tasks.refusals import OutOfTurn
from tests import story
from tests.cast import Cast
from tests.evidence import pictures
from tests.evidence.tus import Phone
from tests.evidence.weed import KEYS

ROUNDS = 100
PATIENCE = 0.3  # seconds in which whoever need not wait is done


@pytest.fixture(params=["folder", "s3"])
def store(request: Any, app: Any, monkeypatch: Any, tmp_path: Any) -> str:
    """Where the house keeps its files."""
    if request.param == "s3":
        port = request.getfixturevalue("weed").ports["s3.port"]
        address = f"s3://rectify/{tmp_path.name}?endpoint=http://127.0.0.1:{port}"
        monkeypatch.setitem(app.config, "EVIDENCE_STORE", address)
        monkeypatch.setenv("RECTIFY_S3_ACCESS_KEY", KEYS["access_key"])
        monkeypatch.setenv("RECTIFY_S3_SECRET_KEY", KEYS["secret_key"])
    return str(request.param)


class Scene:
    """Two measures of one unit; the first is shown by a photo that two persons decide to erase."""

    def __init__(self, app: Any, content: bytes) -> None:
        self.app, self.content = app, content
        with app.app_context(), unit_of_work():
            cast = Cast()
            tasks = [story.rectifying(cast).measures[0].task for _time in range(2)]
            self.first, self.second = (task.id for task in tasks)
            self.piece = actions.add(tasks[0], cast.owner, "after", receive_seen(BytesIO(content), "王.jpg"),
                                     now=now()).id  # fmt: skip

    def decide(self) -> None:
        """Both have said so; the bytes are still there."""
        with self.app.app_context(), unit_of_work():
            cast, piece = Cast(), db.session.get_one(Evidence, self.piece)
            erasure = actions_erasing.propose(piece, cast.inspector, "家长要求", now=now())
            actions_erasing.confirm(erasure, cast.colleague, now=now())

    def erase(self) -> None:
        """And the bytes go."""
        self.decide()
        self.clear()

    def clear(self) -> None:
        with self.app.app_context():
            clearing.clear(now())
            db.session.remove()

    def left(self) -> tuple[int, bool]:
        """How many rows want the file, and whether it is there; a row without its file fails."""
        with self.app.app_context():
            assert list(sweeping.unsound()) == []
            sha256 = db.session.get_one(Evidence, self.piece).sha256
            rows = db.session.query(Evidence).filter_by(sha256=sha256, erased_at=None).count()
            there = storage().exists(storage().original_key(sha256))
            db.session.remove()
        return rows, there


def once(function: Any, before: Any) -> Any:
    """The same, with something that happens right before it the first time."""
    due = [before]

    def doing(*given: Any, **more: Any) -> Any:
        result = function(*given, **more)
        while due:
            due.pop()()
        return result

    return doing


def beside(act: Any, seconds: float | None = None) -> Thread:
    """Somebody else does it at the same time; waited for so long, or to its end."""
    other = Thread(target=act)
    other.start()
    other.join(seconds)
    return other


def test_what_was_received_and_erased_before_its_row_is_written_is_asked_for_anew(store, app, sign_in, monkeypatch):
    scene = Scene(app, pictures.jpeg())
    phone = Phone(sign_in("owner"), scene.second, scene.content)
    phone.announces()
    monkeypatch.setattr(receiving, "put", once(receiving.put, lambda: beside(scene.erase)))
    answer = phone.sends(0)
    assert scene.left() == (0, False)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, str(len(scene.content)))
    assert phone.sends(len(scene.content), content=b"").status_code == 204
    assert scene.left() == (1, True)


def test_a_form_that_comes_in_that_moment_is_told_to_be_sent_again(store, app, sign_in, monkeypatch):
    scene, owner = Scene(app, pictures.jpeg()), sign_in("owner")
    monkeypatch.setattr(receiving, "put", once(receiving.put, lambda: beside(scene.erase)))

    def sent() -> Any:
        form = {"kind": "after", "file": (BytesIO(scene.content), "整改后.jpg")}
        return owner.post(f"/tasks/{scene.second}/evidence", data=form, headers={"Accept": "application/json"})

    answer = sent()
    assert answer.status_code == 409
    assert "永久删除" in answer.json["sentences"][0]
    assert scene.left() == (0, False)
    assert sent().status_code == 201
    assert scene.left() == (1, True)


def test_whoever_erases_waits_for_a_row_that_is_being_written_and_spares_its_file(store, app, sign_in, monkeypatch):
    scene, waited = Scene(app, pictures.jpeg()), []
    phone = Phone(sign_in("owner"), scene.second, scene.content)
    phone.announces()
    scene.decide()

    def clear_beside() -> None:
        waited.append(beside(scene.clear, PATIENCE))
        assert waited[0].is_alive(), "the row is not committed yet"

    monkeypatch.setattr(actions, "record", once(actions.record, clear_beside))
    assert phone.sends(0).status_code == 204
    waited[0].join()
    assert scene.left() == (1, True)


def test_a_file_that_is_taken_over_while_it_is_erased_is_erased_there_too(store, app):
    scene = Scene(app, pictures.jpeg())
    with app.app_context():
        with unit_of_work():
            take_over(scene)
            other = beside(scene.erase, PATIENCE)
            assert other.is_alive(), "who erases waits for whoever takes the file over"
        other.join()
        assert scene.left() == (0, False)
        with pytest.raises(OutOfTurn), unit_of_work():
            take_over(scene)


def take_over(scene: Scene) -> None:
    task = db.session.get_one(Task, scene.second)
    share(db.session.get_one(Evidence, scene.piece), task, Cast().owner, now=now())


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_however_the_two_fall_together_no_row_is_without_its_file(store, app, sign_in):
    dice, owner, kept = random.Random(ROUNDS), sign_in("owner"), []
    for number in range(ROUNDS):
        scene = Scene(app, pictures.noise(60 + number % 40, 50 + number // 40))
        scene.decide()
        other = Timer(dice.uniform(0, 0.04), scene.clear)
        other.start()
        form = {"kind": "after", "file": (BytesIO(scene.content), "整改后.jpg")}
        answer = owner.post(f"/tasks/{scene.second}/evidence", data=form, headers={"Accept": "application/json"})
        other.join()
        assert answer.status_code in (201, 409), answer.data
        kept.append(answer.status_code == 201)
        assert scene.left() == (int(kept[-1]), kept[-1])
    assert any(kept)


def test_what_lies_here_in_part_of_an_erased_file_goes_with_it(app, sign_in):
    scene = Scene(app, pictures.jpeg())
    phone = Phone(sign_in("owner"), scene.first, scene.content, caption="再传一次")
    phone.said["sha256"] = phone.sha256
    phone.announces(scene.content[:100])
    with app.app_context():
        assert [path.stat().st_size for path in parts.everything()] == [100]
    scene.erase()
    with app.app_context():
        assert parts.everything() == []
        upload = db.session.query(Upload).filter_by(task_id=scene.first).one()
        assert (upload.name, upload.caption, bool(upload.dropped_at)) == ("", "", True)
        db.session.remove()
    assert phone.sends(100).status_code == 410
    assert scene.left() == (0, False)


def test_a_store_that_is_away_is_asked_again_and_the_erasure_stands(app, monkeypatch):
    scene = Scene(app, pictures.jpeg())
    scene.decide()
    with app.app_context():
        with monkeypatch.context() as away:
            away.setitem(app.config, "EVIDENCE_STORE", "s3://away/x?endpoint=http://127.0.0.1:9")
            assert clearing.clear(now() + timedelta(hours=1)) == 0
            assert db.session.query(Erasure).one().cleared_at is None
        assert clearing.clear(now() + timedelta(hours=2)) == 1
        assert db.session.query(Erasure).one().cleared_at
    assert scene.left() == (0, False)
