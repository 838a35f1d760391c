"""What a finding with a 2 MB photo costs beside a bare Flask endpoint that stores, hashes and inserts the same.

The same are the same rows: the bare endpoint puts task, finding, parties, wait, entries and evidence into the same
tables. How far we are from one that keeps nothing but two rows is printed beside it.
"""

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
from bench import same
from bench.measuring import Figure
from bench.stage import staged
from tests import story
from tests.cast import Cast

Answer = Any
WARM, ROUNDS, LIMIT, LIMIT_OF_TWO = 3, 40, 1.7, 2.0
LOOKS, SOON = 20, 1.0
TABLES = (
    "CREATE TABLE bench_finding (id INTEGER PRIMARY KEY, text TEXT)",
    "CREATE TABLE bench_photo (finding_id INT, name TEXT, sha256 TEXT, size INT)",
)


def figures() -> Iterator[Figure]:
    """The ratios of the medians, all through Flask's test client, all with fsync and commit; they take turns."""
    with staged("sqlite") as folder:
        visit, ours = _ours()
        rows = same.left_by(lambda: ours(photo()), visit)
        ways = (ours, _bare(folder, same.copied(folder / "same.db"), rows.put), _bare(folder, _two_rows(folder), _two))
        took = zip(*([_timed(way) for way in ways] for _round in range(WARM + ROUNDS)), strict=True)
        our, bare, two = (statistics.median(seconds[WARM:]) for seconds in took)
        yield Figure("finding_with_photo_sqlite", our / bare, "x bare", LIMIT)
        yield Figure("finding_with_photo_against_two_rows_sqlite", our / two, "x bare", LIMIT_OF_TWO)
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


def _ours() -> tuple[int, Callable[[bytes], None]]:
    with unit_of_work():
        visit = story.visit(Cast())
        visit_id, unit = visit.task.id, str(Cast().units["first"].id)
        token = sessions.start(by_login("inspector"), now=now())  # type: ignore[arg-type]
    browser, number = current_app.test_client(), count()
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    name = current_app.config["SESSION_COOKIE_NAME"]
    signed_in = browser.get_cookie(name).value  # type: ignore[union-attr]

    def post(content: bytes) -> None:
        form = {"text": f"围墙开裂 {next(number)}", "unit": unit, "weight": "ordinary", "track": "deadline"}
        form |= {"photos": (BytesIO(content), "现场.jpg")}
        browser.set_cookie(name, signed_in)  # the page that follows would have shown what the last one said
        made = _alone(lambda: browser.post(f"/tasks/{visit_id}/findings/new", data=form))
        assert made.status_code == 303, made.text

    return visit_id, post


def _alone(send: Callable[[], Answer]) -> Answer:
    """Outside of the context we measure in: a request that comes from outside knows nothing of the one before."""
    return Context().run(send)


def _two_rows(folder: Path) -> sa.Engine:
    engine = sa.create_engine(f"sqlite:///{folder / 'two.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        for table in TABLES:
            connection.exec_driver_sql(table)
    return engine


def _two(connection: sa.Connection, sha256: str, size: int) -> None:
    made = connection.execute(
        sa.text("INSERT INTO bench_finding (text) VALUES (:text)"), {"text": request.form["text"]}
    )
    row = {"id": made.lastrowid, "name": "现场.jpg", "hash": sha256, "size": size}
    connection.execute(sa.text("INSERT INTO bench_photo VALUES (:id, :name, :hash, :size)"), row)


def _bare(folder: Path, engine: sa.Engine, put: Callable[[sa.Connection, str, int], None]) -> Callable[[bytes], None]:
    app = Flask("bare")

    @app.post("/")
    def keep() -> str:
        content = request.files["file"].stream.read()
        sha256 = hashlib.sha256(content).hexdigest()
        _store(folder / sha256, content)
        with engine.begin() as connection:
            put(connection, sha256, len(content))
        return "kept"

    browser = app.test_client()

    def post(content: bytes) -> None:
        form = {"text": "围墙开裂", "file": (BytesIO(content), "现场.jpg")}
        made = _alone(lambda: browser.post("/", data=form))
        assert made.status_code == 200, made.text

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
