"""A served demo county and Chromium, at the sizes of a phone and of a laptop."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from app.demo.county import PASSWORD

ROOT = Path(__file__).parents[2]
SIZES = {"phone": {"width": 360, "height": 640}, "laptop": {"width": 1440, "height": 900}}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE = 60


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo in it, to be copied."""
    folder = tmp_path_factory.mktemp("loaded")
    for command in (("db", "upgrade"), ("demo", "load")):
        order = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
        subprocess.run(order, cwd=ROOT, env=environment(folder), check=True, capture_output=True)
    return folder


def environment(folder: Path) -> dict[str, str]:
    cleared = {name: value for name, value in os.environ.items() if not name.startswith(("RECTIFY", "DATABASE"))}
    return cleared | {"DATA_DIR": str(folder), "DEMO": "1", "ARGON2": "1,8,1"}


@pytest.fixture(scope="module")
def house(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server on a copy of the demo, fresh for every file of tests."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(loaded, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    order = [
        sys.executable,
        "-m",
        "gunicorn",
        "wsgi:app",
        "-b",
        f"127.0.0.1:{port}",
        "--threads",
        "8",
        "--no-control-socket",
    ]
    server = subprocess.Popen(
        order, cwd=ROOT, env=environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    address = f"http://127.0.0.1:{port}"
    try:
        answers(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(20)
        server.stderr.close()  # type: ignore[union-attr]


def answers(address: str, server: Any) -> None:
    """Wait until the server answers, or say what it said."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(server.stderr.read().decode()[-2000:])
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not answer in time")


class Visitor:
    """Somebody at the house: a page that counts taps and remembers what the console complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.taps = page, address, 0
        self.complaints: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def goes(self, path: str) -> Visitor:
        self.page.goto(self.address + path if path.startswith("/") else path)
        return self

    def taps_on(self, what: str, **how: Any) -> None:
        """One tap on the first thing that fits and can be seen."""
        self.taps += 1
        self.page.locator(what).locator("visible=true").first.click(**how)

    def signs_in(self, login: str) -> Visitor:
        self.goes("/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "/login" not in url)
        self.taps = 0
        return self

    def width(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def barriers(self) -> list[str]:
        """Serious and critical findings of axe on this page."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        grave = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
        return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in grave]


@pytest.fixture
def visitor(chromium: Browser, house: str) -> Iterator[Callable[..., Visitor]]:
    """`visitor("zhang", "phone")` is that demo person, signed in, with a browser of that size."""
    contexts = []

    def come(login: str = "", size: str = "laptop", **how: Any) -> Visitor:
        context = chromium.new_context(viewport=SIZES[size], locale="zh-CN", has_touch=size == "phone", **how)
        context.set_default_timeout(15_000)
        contexts.append(context)
        arrived = Visitor(context.new_page(), house)
        return arrived.signs_in(login) if login else arrived

    yield come
    for context in contexts:
        context.close()
