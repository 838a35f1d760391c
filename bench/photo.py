"""What a finding with a 2 MB photo costs beside a bare Flask endpoint that stores, hashes and inserts the same."""

from __future__ import annotations

import hashlib
import os
import secrets
import statistics
import time
from collections.abc import Callable, Iterator
from contextvars import Context
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, request
from PIL import Image

from app.clock import now
from app.db import unit_of_work
from app.evidence import looking
from app.people import sessions
from app.people.queries import by_login
from bench.measuring import Figure
from bench.stage import staged
from tests import story
from tests.cast import Cast

Answer = Any
WARM, ROUNDS, LIMIT = 3, 40, 1.7
LOOKS, SOON = 20, 1.0
TABLES = (
    "CREATE TABLE bench_finding (id INTEGER PRIMARY KEY, text TEXT)",
    "CREATE TABLE bench_photo (finding_id INT, name TEXT, sha256 TEXT, size INT)",
)


def figures() -> Iterator[Figure]:
    """The ratio of the medians, both through Flask's test client, both with fsync and commit; they take turns."""
    with staged("sqlite") as folder:
        ours, bare = _ours(), _bare(folder)
        took = [(_timed(ours), _timed(bare)) for _round in range(WARM + ROUNDS)][WARM:]
        ratio = statistics.median(our for our, _their in took) / statistics.median(their for _our, their in took)
        yield Figure("finding_with_photo_sqlite", ratio, "x bare", LIMIT)
        yield Figure("photo_looked_at_afterwards", _looking(), "s", SOON)


def _looking() -> float:
    """What the request is spared: how long the worker decodes, compares and copies one photo (median)."""
    took = []
    for _photo in range(LOOKS):
        start = time.perf_counter()
        assert looking.next_one()
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def photo() -> bytes:
    """A JPEG of 2 MB that no other call makes again."""
    image = Image.effect_noise((1600, 1200), 50).convert("RGB")
    out = BytesIO()
    image.save(out, "JPEG", quality=97, comment=secrets.token_hex(16))
    return out.getvalue()


def _timed(post: Callable[[bytes], None]) -> float:
    content = photo()
    start = time.perf_counter()
    post(content)
    return time.perf_counter() - start


def _ours() -> Callable[[bytes], None]:
    with unit_of_work():
        visit = story.visit(Cast())
        visit_id, unit = visit.task.id, str(Cast().units["first"].id)
        token = sessions.start(by_login("inspector"), now=now())  # type: ignore[arg-type]
    browser, number = current_app.test_client(), count()
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True

    def post(content: bytes) -> None:
        form = {"text": f"围墙开裂 {next(number)}", "unit": unit, "weight": "ordinary", "track": "deadline"}
        form |= {"photos": (BytesIO(content), "现场.jpg")}
        made = _alone(lambda: browser.post(f"/tasks/{visit_id}/findings/new", data=form))
        assert made.status_code == 303, made.text

    return post


def _alone(send: Callable[[], Answer]) -> Answer:
    """Outside of the context we measure in: a request that comes from outside knows nothing of the one before."""
    return Context().run(send)


def _bare(folder: Path) -> Callable[[bytes], None]:
    app, engine = Flask("bare"), sa.create_engine(f"sqlite:///{folder / 'bare.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("PRAGMA synchronous=FULL")
        for table in TABLES:
            connection.exec_driver_sql(table)

    @app.post("/")
    def keep() -> str:
        content = request.files["file"].stream.read()
        sha256 = hashlib.sha256(content).hexdigest()
        _store(folder / sha256, content)
        with engine.begin() as connection:
            row = {"text": request.form["text"]}
            made = connection.execute(sa.text("INSERT INTO bench_finding (text) VALUES (:text)"), row)
            row = {"id": made.lastrowid, "name": "现场.jpg", "hash": sha256, "size": len(content)}
            connection.execute(sa.text("INSERT INTO bench_photo VALUES (:id, :name, :hash, :size)"), row)
        return "kept"

    browser = app.test_client()

    def post(content: bytes) -> None:
        form = {"text": "围墙开裂", "file": (BytesIO(content), "现场.jpg")}
        assert _alone(lambda: browser.post("/", data=form)).status_code == 200

    return post


def _store(path: Path, content: bytes) -> None:
    with path.with_suffix(".part").open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.with_suffix(".part").rename(path)
    handle = os.open(path.parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
