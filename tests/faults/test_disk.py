"""The disk is full: it is said, what came before is kept, others go on reading, and it goes on when there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import config
from app import create_app
from app.clock import now
from app.db import db, unit_of_work
from app.people import sessions
from app.people.models import Person
from tests import story
from tests.cast import Cast
from tests.evidence import pictures
from tests.evidence.tus import Phone

pytestmark = pytest.mark.faults


@pytest.fixture
def small_disk(app):
    """A disk of one megabyte where the parts lie."""
    with mounted(Path(app.config["DATA_DIR"]) / "parts", "1m") as folder:
        yield folder


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """A small disk there."""
    folder.mkdir(exist_ok=True)
    order = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(order, check=False, capture_output=True).returncode:
        pytest.skip("NOT RUN: only root may mount a small disk here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_said_and_it_goes_on_where_it_was_when_there_is_room(app, sign_in, small_disk):
    with app.app_context(), unit_of_work():
        measure = story.rectifying(Cast()).measures[0].task.id
    filler = small_disk / "filler"
    filler.write_bytes(bytes(900 * 1024))
    phone = Phone(sign_in("owner"), measure, pictures.noise(1600, 1200, quality=88))
    assert len(phone.content) > 300_000
    phone.announces()
    answer = phone.sends(0)
    assert answer.status_code == 507
    assert "存储空间已满" in answer.json["sentences"][0] or "满" in answer.json["sentences"][0]
    there = phone.asks()
    assert 0 < there < len(phone.content), "what came before is kept"
    assert sign_in("district").get("/findings").status_code == 200
    filler.unlink()
    assert phone.sends(there).status_code == 204
    page = phone.browser.get(f"/tasks/{measure}", headers={"Accept": "application/json"})
    assert page.status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")
def test_a_database_without_room_says_so_and_others_go_on_reading(app, database, tmp_path):
    """It shows at the commit only, when the answer was made already."""
    with app.app_context():
        with unit_of_work():
            measure = story.rectifying(Cast()).measures[0].task.id
        db.session.remove()
        db.engine.dispose()  # what was written lies in the one file then
    with mounted(tmp_path / "small", "8m") as folder:
        shutil.copy(database.live, folder / "rectify.db")
        house = create_app(
            config.from_environment({"DATA_DIR": str(folder), "DEMO": "0"}) | {"WTF_CSRF_ENABLED": False}
        )
        phone = Phone(signed_in(house, "owner"), measure, pictures.jpeg())
        with (folder / "filler").open("wb", buffering=0) as filler, suppress(OSError):
            while filler.write(bytes(4096)):
                pass
        answer = phone.announces()
        assert (answer.status_code, answer.json["error"]) == (507, "服务器磁盘已满")
        assert phone.browser.get("/findings").status_code == 200
        (folder / "filler").unlink()
        assert phone.announces().status_code == 201
        with house.app_context():
            db.engine.dispose()


def signed_in(house, login: str):
    """A browser of that house, with a session in it."""
    browser = house.test_client()
    with house.app_context(), unit_of_work():
        token = sessions.start(db.session.query(Person).filter_by(login=login).one(), now=now())
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return browser
