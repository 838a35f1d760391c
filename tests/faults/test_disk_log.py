"""The disk of PostgreSQL's own log is full: the server ends itself, and the house says so until it is back."""

from __future__ import annotations

import os
import pwd
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade

import config
from app import create_app
from app.db import db, unit_of_work
from tests import cast, postgres, story
from tests.evidence import pictures
from tests.evidence.tus import Phone
from tests.faults.test_disk import RECOVERY, fill, mounted, signed_in

pytestmark = pytest.mark.faults
MOST = 3000  # announcements until the log wants one more segment


class Server:
    """A PostgreSQL whose log lies on a disk of 24 MB, in segments of one."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.user = folder, postgres._user()
        self.log, self.binaries = folder / "log", postgres._binaries(self.user)

    def make(self) -> None:
        made = ["-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8"]
        self.run("initdb", *made, "--locale=C.UTF-8", "--wal-segsize=1", "--waldir", str(self.log / "segments"))

    def start(self) -> None:
        serve = f"-c listen_addresses='' -k {self.folder} -c fsync=off"
        said = ["-D", str(self.folder / "data"), "-l", str(self.folder / "said"), "-o", serve, "-w", "start"]
        self.run("pg_ctl", *said)

    def run(self, name: str, *said: str) -> None:
        postgres._run([f"{self.binaries}/{name}", *said], self.user)

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"


@pytest.fixture
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(dir=postgres.FOLDERS) as above:
        made = Server(Path(above))
        os.chmod(above, 0o755)
        with mounted(made.log, "24m") as folder:
            if made.user is None or folder != made.log:
                pytest.skip("NOT RUN: only root gives PostgreSQL a small disk of its own")
            own = folder / "segments"
            own.mkdir(mode=0o700)
            for each in (made.folder, own):
                os.chown(each, pwd.getpwnam(made.user).pw_uid, -1)
            made.make()
            made.start()
            try:
                yield made
            finally:
                stop = [f"{made.binaries}/pg_ctl", "-D", f"{made.folder}/data", "-m", "immediate", "stop"]
                subprocess.run(stop, user=made.user, cwd="/", check=False, capture_output=True)


def test_a_house_whose_database_does_not_answer_says_so_in_its_own_words(tmp_path):
    away = {"DATA_DIR": str(tmp_path), "DATABASE_URL": f"postgresql+psycopg://postgres@/x?host={tmp_path}", "DEMO": "0"}
    browser = create_app(config.from_environment(away)).test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = "of somebody who is signed in", True
    page = browser.get("/findings")
    assert (page.status_code, page.mimetype) == (503, "text/html")
    assert "系统繁忙" in page.text
    answer = browser.get("/findings", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (503, "系统繁忙")


@pytest.mark.soak
@pytest.mark.parametrize("database", ["postgresql"], indirect=True, scope="session")
def test_a_server_that_ended_for_want_of_room_is_said_on_every_page_and_nothing_is_lost(database, server, tmp_path):
    said = {"DATA_DIR": str(tmp_path), "DATABASE_URL": server.url, "DEMO": "0", "ARGON2": "1,8,1"}
    house = create_app(config.from_environment(said) | {"WTF_CSRF_ENABLED": False})
    with house.app_context():
        upgrade()
        with unit_of_work():
            cast.enter()
        with unit_of_work():
            measure = story.rectifying(cast.Cast()).measures[0].task.id
    browser, reader = signed_in(house, "owner"), signed_in(house, "district")
    filler, known = fill(server.log), 0

    def announced() -> int:
        return phone().announces().status_code

    def phone() -> Phone:
        return Phone(browser, measure, pictures.jpeg(), caption="校" * 200)

    status = 0
    while status < 400 and known < MOST:
        coming = phone()
        status = coming.announces().status_code
        known += status == 201
        if status == 201:
            status = browser.delete(coming.where, headers={"Tus-Resumable": "1.0.0"}).status_code
    assert status in (503, 507)
    page = next(page for page in tried(lambda: reader.get("/findings")) if page.status_code != 200)
    assert page.status_code == 503
    assert "系统繁忙" in page.text
    filler.unlink()
    server.start()
    assert any(status == 201 for status in tried(announced))
    assert reader.get("/findings").status_code == 200
    with house.app_context():
        kept = db.session.execute(db.text("SELECT count(*) FROM uploads")).scalar_one()
        assert kept > known, "what was said to be kept is there"
        db.engine.dispose()


def tried(act: Callable[[], Any]) -> Iterator[Any]:
    """Again and again, for as long as a recovery may take."""
    until = time.monotonic() + RECOVERY
    while time.monotonic() < until:
        yield act()
        time.sleep(0.1)
