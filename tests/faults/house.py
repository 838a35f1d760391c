"""A real house in a process of its own: gunicorn on a folder with the cast in it, its workers there to be killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import urllib3
from flask import Flask
from flask_migrate import upgrade

import config
from app import create_app
from app.clock import now
from app.db import db, unit_of_work
from app.people import sessions
from app.people.models import Person
from tests import cast, story

ROOT = Path(__file__).parents[2]
PATIENCE = 90


class House:
    """The folder, the application on it (for looking at the rows), and the processes that serve it."""

    def __init__(self, folder: Path, **environ: str) -> None:
        kept = {"PATH", "HOME", "LANG", "VIRTUAL_ENV"}
        self.environ = {name: value for name, value in os.environ.items() if name in kept}
        self.environ |= {"DATA_DIR": str(folder), "DEMO": "0", "ARGON2": "1,8,1", **environ}
        self.app: Flask = create_app(config.from_environment(self.environ) | {"WTF_CSRF_ENABLED": False})
        with self.app.app_context():
            upgrade()
            with unit_of_work():
                cast.enter()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "log"

    def measure(self) -> int:
        """The task of a new measure that waits for its evidence."""
        with self.app.app_context(), unit_of_work():
            return story.rectifying(cast.Cast()).measures[0].task.id

    def cookie(self, login: str) -> str:
        """A session of that person, as the browser holds it."""
        browser = self.app.test_client()
        with self.app.app_context(), unit_of_work():
            token = sessions.start(db.session.query(Person).filter_by(login=login).one(), now=now())
        with browser.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        return browser.get_cookie("rectify").value

    def workers(self) -> list[int]:
        """The processes that serve; killing one makes the first process start another."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    @contextmanager
    def open(self, workers: int = 2) -> Iterator[House]:
        """Serve until left; ended with everything it started."""
        served = ["wsgi:app", "-b", f"127.0.0.1:{self.port}", "--preload", "--no-control-socket"]
        threads = ["--workers", str(workers), "--worker-class", "gthread", "--threads", "8"]
        order = [sys.executable, "-m", "gunicorn", *served, *threads]
        with self.log.open("wb") as log:
            self.server = subprocess.Popen(
                order, cwd=ROOT, env=self.environ, stdout=log, stderr=log, start_new_session=True
            )
        try:
            wait_for(self.address, self.server, self.log)
            yield self
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path | None = None) -> None:
    """Until it answers, or say what it said."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{address}/healthz", timeout=5):
            return
        time.sleep(0.1)
    raise RuntimeError("it did not open: " + (log.read_text()[-2000:] if log else ""))


class Answer:
    """What a test client would have given back."""

    def __init__(self, answer: urllib3.BaseHTTPResponse) -> None:
        self.status_code, self.headers, self.data = answer.status, answer.headers, answer.data
        self._answer = answer

    @property
    def json(self) -> Any:
        return self._answer.json()

    @property
    def mimetype(self) -> str:
        return self.headers.get("Content-Type", "").split(";")[0]


class Guest:
    """Somebody signed in at a house, over real connections; broken ones raise urllib3's errors."""

    def __init__(self, house: House, login: str, address: str = "") -> None:
        self.address = address or house.address
        self.pool = urllib3.PoolManager(retries=False, timeout=30, maxsize=4)
        self.headers = {"Cookie": f"rectify={house.cookie(login)}"}
        answer = self.pool.request("GET", house.address + "/findings", headers=self.headers)
        found = re.search(r'name="csrf-token" content="([^"]+)"', answer.data.decode())
        fresh = re.search(r"rectify=([^;]+)", answer.headers.get("Set-Cookie", ""))
        self.headers = {"Cookie": f"rectify={fresh[1]}" if fresh else self.headers["Cookie"], "X-CSRFToken": found[1]}

    def open(self, method: str, path: str, headers: Any = None, data: Any = None, content_type: str = "") -> Answer:
        said = {**self.headers, **(headers or {}), **({"Content-Type": content_type} if content_type else {})}
        return Answer(self.pool.request(method, self.address + path, headers=said, redirect=False, body=data))

    def fills(self, path: str, fields: dict[str, Any]) -> Answer:
        """A form with files, as a browser without scripts sends it."""
        said = {**self.headers, "Accept": "application/json"}
        return Answer(self.pool.request("POST", self.address + path, headers=said, redirect=False, fields=fields))

    def get(self, path: str, **more: Any) -> Answer:
        """Follows where it is sent on to, as a browser does."""
        answer = self.open("GET", path, **more)
        return self.get(answer.headers["Location"], **more) if answer.status_code in (302, 303) else answer

    def head(self, path: str, **more: Any) -> Answer:
        return self.open("HEAD", path, **more)

    def post(self, path: str, **more: Any) -> Answer:
        return self.open("POST", path, **more)

    def patch(self, path: str, **more: Any) -> Answer:
        return self.open("PATCH", path, **more)
