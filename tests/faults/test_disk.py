"""The disk is full: it is said, what came before is kept, others go on reading, and it goes on when there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
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
from tests import postgres, story
from tests.cast import Cast
from tests.evidence import pictures
from tests.evidence.tus import Phone

pytestmark = pytest.mark.faults


@pytest.fixture
def small_disk(app, tmp_path):
    """A disk of one megabyte where the parts lie."""
    parts = Path(app.config["DATA_DIR"]) / "parts"
    with mounted(tmp_path / "small", "1m") as folder:
        parts.symlink_to(folder)
        yield folder
        parts.unlink()


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """A small disk; whoever may not mount one does it in a namespace of her own and reaches in from outside."""
    folder.mkdir(exist_ok=True)
    order = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() == 0 and subprocess.run(order, check=False, capture_output=True).returncode == 0:
        try:
            yield folder
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        return
    held = ["unshare", "-Urm", "sh", "-c", '"$@" && echo there && exec cat', "sh", *order]
    with subprocess.Popen(held, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as holder:
        if holder.stdout.readline() != b"there\n":
            pytest.skip("NOT RUN: no small disk can be mounted here, neither by root nor in a namespace of one's own")
        yield Path(f"/proc/{holder.pid}/root{folder}")
        holder.stdin.close()


def fill(folder: Path) -> Path:
    """Write until the disk has no byte left; returns the file that takes up the room."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    return filler


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
        if folder.is_relative_to("/proc"):
            pytest.skip("NOT RUN: SQLite follows its path out of a namespace of one's own; root may mount a small disk")
        shutil.copy(database.live, folder / "rectify.db")
        house = create_app(
            config.from_environment({"DATA_DIR": str(folder), "DEMO": "0"}) | {"WTF_CSRF_ENABLED": False}
        )
        phone = Phone(signed_in(house, "owner"), measure, pictures.jpeg())
        filler = fill(folder)
        answer = phone.announces()
        assert (answer.status_code, answer.json["error"]) == (507, "服务器磁盘已满")
        assert phone.browser.get("/findings").status_code == 200
        filler.unlink()
        assert phone.announces().status_code == 201
        with house.app_context():
            db.engine.dispose()


MOVE = "ALTER TABLE ALL IN TABLESPACE {0} SET TABLESPACE {1}; ALTER INDEX ALL IN TABLESPACE {0} SET TABLESPACE {1}"
RECOVERY, MOST = 10, 150  # seconds; announcements until a table wants one more page


@pytest.fixture
def tables(app, database):
    """The small disk on which every table of the server's database lies; its log lies elsewhere."""
    with tempfile.TemporaryDirectory(dir=postgres.FOLDERS) as above, app.app_context():
        os.chmod(above, 0o755)
        with mounted(Path(above) / "small", "64m") as folder:
            (folder / "tables").mkdir()
            serves = Path(database.door.execute("SHOW data_directory").fetchone()[0])
            os.chown(folder / "tables", serves.stat().st_uid, -1)
            db.engine.dispose()
            database.door.execute(f"CREATE TABLESPACE small LOCATION '{folder / 'tables'}'")
            database.door.execute(MOVE.format("pg_default", "small"))
            try:
                yield folder
            finally:
                database.door.execute(MOVE.format("small", "pg_default"))
                database.door.execute("DROP TABLESPACE small")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True, scope="session")
def test_a_database_server_without_room_says_so_and_goes_on_when_there_is_some(app, sign_in, tables):
    with app.app_context(), unit_of_work():
        measure = story.rectifying(Cast()).measures[0].task.id
    browser, reader = sign_in("owner"), sign_in("district")
    filler = fill(tables)

    def announced():
        return Phone(browser, measure, pictures.jpeg(), caption="校" * 200).announces()

    answer = next(answer for _try in range(MOST) if (answer := announced()).status_code != 201)
    assert (answer.status_code, answer.json["error"]) == (507, "服务器磁盘已满")
    assert answer.json["sentences"]
    for page in ("/findings", "/", f"/tasks/{measure}"):
        assert reader.get(page, follow_redirects=True).status_code == 200, page
    filler.unlink()
    until = time.monotonic() + RECOVERY
    while (answer := announced()).status_code == 507 and time.monotonic() < until:
        time.sleep(0.1)
    assert answer.status_code == 201


def signed_in(house, login: str):
    """A browser of that house, with a session in it."""
    browser = house.test_client()
    with house.app_context(), unit_of_work():
        token = sessions.start(db.session.query(Person).filter_by(login=login).one(), now=now())
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return browser
