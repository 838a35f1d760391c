"""What the desk and each chart cost: CPU of one page and of the database behind it, on the first look and later.

The tick counts before anybody looks; what that costs is printed beside, and what a look would cost without it.

With 100,000 findings on SQLite; under SOAK=1 with a million at 2,000 units on PostgreSQL, too.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.analysis import keeping
from app.analysis.charts import CHARTS
from app.analysis.models import Count
from app.clock import now, today
from app.db import db, unit_of_work
from app.folding import fold
from app.people import queries as people
from app.people import sessions
from app.people.models import Person, Post
from app.units.queries import by_code
from bench import seed
from bench.ledger import house, serving
from bench.loading import multiply
from bench.measuring import Figure, cpu_of

MANY, LEADER, ROUNDS, MOST = 100_000, "bench-leader", 5, 150
WHOLE, UNITS = 1_000_000, 2_000
# What a finding leaves behind on its way, a statement each, so that charts of the course have something to read.
COURSE = (
    """INSERT INTO entries (task_id, seq, at, actor_name, actor_post, actor_unit, on_behalf_name, step, to_state, level,
       facts, text_hash, previous, hash) SELECT id, 1, issued_at, '', '', '', '', 'issue', 'issued', 1, '{}', '', '', ''
       FROM tasks WHERE kind = 'finding'""",
    """INSERT INTO due_dates (task_id, "on", why, entry_seq)
       SELECT id, due_on, 'issued', 1 FROM tasks WHERE kind = 'finding'""",
    """INSERT INTO waits (task_id, state, level, role, unit_id, person_id, started_at, until, ended_at, outcome)
       SELECT id, 'rectifying', 1, 'owner', unit_id, owner_id, issued_at, submitted_at, submitted_at, 'report_done'
       FROM tasks WHERE kind = 'finding' AND submitted_at IS NOT NULL""",
    """INSERT INTO waits (task_id, state, level, role, unit_id, started_at, until, ended_at, outcome)
       SELECT id, 'verifying', 1, 'verifier', issuer_unit_id, submitted_at, closed_at, closed_at, 'accept'
       FROM tasks WHERE kind = 'finding' AND closed_at IS NOT NULL""",
)


def figures() -> Iterator[Figure]:
    """The first look of the day and every other, after the tick; and what it counted for them."""
    with TemporaryDirectory() as folder:
        if "sqlite" in os.environ.get("BENCH_DB", "sqlite"):
            yield from measured("sqlite", county(folder, "", MANY // 10, 10))
    if os.environ.get("SOAK"):
        yield from _whole()


def _whole() -> Iterator[Figure]:
    from tests import postgres

    cluster = postgres.start()
    try:
        with TemporaryDirectory() as folder:
            app = county(folder, cluster.create("bench_whole"), WHOLE // 20, 20, UNITS)
            yield from measured("postgresql", app, beside(app))
    finally:
        cluster.stop()


def county(folder: str, url: str, count: int, times: int, schools: int = seed.SCHOOLS) -> Flask:
    """A house with `count` findings, each so many times, and a leader who looks at them."""
    app = house(folder, url, count, schools)
    with app.app_context():
        with unit_of_work():
            multiply(count, times)
        lead(today())
    return app


def beside(app: Flask) -> Callable[[], float]:
    """CPU seconds of this process and of the one that serves it in the database."""
    server = serving(app)
    return lambda: time.process_time() + cpu_of(server)


def lead(day: date) -> None:
    """A leader of the bureau, and what findings leave behind on their way."""
    with unit_of_work():
        bureau = by_code("bench-bureau")
        assert bureau is not None
        person = Person(login=LEADER, name="周明达", folded=fold("周明达"), created_at=now(), activated_at=now())
        db.session.add(Post(person=person, unit=bureau, kind="leader", title="", starts_on=day))
        for statement in COURSE:
            db.session.execute(sa.text(statement))
        db.session.execute(sa.text("ANALYZE"))


def measured(name: str, app: Flask, spent: Callable[[], float] = time.process_time) -> Iterator[Figure]:
    """Each page without what is kept; after the tick the first look, then the median of several."""
    browser = signed_in(app)
    pages = {"desk": "/", **{chart: f"/analysis/{chart}" for chart, one in CHARTS.items() if one.is_listed}}
    for page, address in pages.items():
        yield Figure(f"{name}: {page}, counted", _cost(browser, address, spent), "ms", 20_000)
    with app.app_context(), unit_of_work():
        db.session.query(Count).delete()
    yield Figure(f"{name}: everything a leader sees, counted by the tick", _ticked(app, spent), "ms", 200_000)
    for page, address in pages.items():
        first = _cost(browser, address, spent)
        again = statistics.median(_cost(browser, address, spent) for _round in range(ROUNDS))
        yield Figure(f"{name}: {page}, first look", first, "ms", MOST)
        yield Figure(f"{name}: {page}, as kept", again, "ms", MOST)


def _ticked(app: Flask, spent: Callable[[], float]) -> float:
    """The ticks until nothing is left to be counted ahead."""
    before = spent()
    with app.app_context():
        while keeping.ahead(now()):
            pass
    return 1000 * (spent() - before)


def _cost(browser: FlaskClient, address: str, spent: Callable[[], float]) -> float:
    before = spent()
    answer: Any = browser.get(address)
    assert answer.status_code == 200, address
    return 1000 * (spent() - before)


def signed_in(app: Flask) -> FlaskClient:
    """The leader's browser."""
    browser = app.test_client()
    with app.app_context(), unit_of_work():
        person = people.by_login(LEADER)
        assert person is not None
        token = sessions.start(person, now=now())
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    browser.get("/inbox")
    return browser
