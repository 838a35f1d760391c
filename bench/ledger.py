"""The ledger's first page beside the barest page of the same rows, its growth, and its hundredth page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import text

import config
from app import create_app
from app.clock import now, today
from app.db import db, unit_of_work
from app.people import queries as people
from app.people import sessions
from bench import bare, seed
from bench.measuring import Figure, compared

FEW, MANY = (100_000, 1_000_000) if os.environ.get("SOAK") else (10_000, 100_000)
VIEWS = {"supervisor": seed.SUPERVISOR, "school": seed.HEAD}
BARE, GROWTH, DEEP = 1.7, 1.2, 1.2  # the most each may cost, as a multiple


def figures() -> Iterator[Figure]:
    """Every figure on SQLite, and on PostgreSQL where one can be started; up to a million findings under SOAK=1."""
    for name in os.environ.get("BENCH_DB", "sqlite,postgresql").split(","):
        with _databases(name) as (few, many):
            yield from _measured(name, few, many)


@contextmanager
def _databases(name: str) -> Iterator[tuple[Flask, Flask]]:
    with TemporaryDirectory() as folder:
        if name == "sqlite":
            yield house(f"{folder}/few", "", FEW), house(f"{folder}/many", "", MANY)
            return
        from tests import postgres

        cluster = postgres.start()
        urls = [cluster.create(f"bench_{count}") for count in (FEW, MANY)]
        try:
            yield house(f"{folder}/few", urls[0], FEW), house(f"{folder}/many", urls[1], MANY)
        finally:
            cluster.stop()


def house(folder: str, url: str, count: int, schools: int = seed.SCHOOLS) -> Flask:
    """The house with a made-up county of `count` findings in it."""
    place = {"DATABASE_URL": url} if url else {}
    settings = config.from_environment({"DATA_DIR": folder, "DEMO": "0", **place})
    # One connection, so that one process of the database does all of the work.
    settings["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 1, "max_overflow": 0}
    app = create_app(settings)
    with app.app_context():
        upgrade()
        with unit_of_work():
            seed.county(count, today(), schools)
    return app


def _measured(name: str, few: Flask, many: Flask) -> Iterator[Figure]:
    calls: dict[str, Callable[[], Any]] = {}
    apps: dict[str, Flask] = {}
    for view, login in VIEWS.items():
        for size, app in (("few", few), ("many", many)):
            calls[f"{view} {size}"] = _page(_signed_in(app, login), "/findings")
            apps[f"{view} {size}"] = app
        calls[f"{view} bare"], apps[f"{view} bare"] = _bare(many, login), many
    for deep, app in (("deep few", few), ("deep", many)):
        calls[deep], apps[deep] = _hundredth(_signed_in(app, seed.SUPERVISOR)), app
    servers = {what: pid for what, app in apps.items() if (pid := serving(app))}
    cost = compared(calls, servers)
    for view in VIEWS:
        first = f"{view} many"
        yield Figure(f"{name}: ledger, {view}, against bare page", cost.ratio(first, f"{view} bare"), "× CPU", BARE)
        yield Figure(f"{name}: ledger, {view}, {FEW} to {MANY}", cost.ratio(first, f"{view} few"), "× CPU", GROWTH)
    yield Figure(f"{name}: ledger, hundredth page against first", cost.ratio("deep", "supervisor many"), "× CPU", DEEP)
    yield Figure(f"{name}: ledger, hundredth page, {FEW} to {MANY}", cost.ratio("deep", "deep few"), "× CPU", GROWTH)


def _signed_in(app: Flask, login: str) -> FlaskClient:
    browser = app.test_client()
    with app.app_context(), unit_of_work():
        person = people.by_login(login)
        assert person is not None
        token = sessions.start(person, now=now())
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    browser.get("/findings")
    return browser


def _page(browser: FlaskClient, address: str) -> Callable[[], Any]:
    answer = browser.get(address)
    assert answer.get_data(as_text=True).count("<tr data-tone") == 50, answer.status
    return lambda: browser.get(address)


def _hundredth(browser: FlaskClient) -> Callable[[], Any]:
    address = "/findings"
    for _page_turned in range(99):
        address = browser.get(address, headers={"Accept": "application/json"}).get_json()["next"]
    return _page(browser, address)


def _bare(app: Flask, login: str) -> Callable[[], Any]:
    with app.app_context():
        person = people.by_login(login)
        assert person is not None
        unit = person.seats[0].unit_id
        browser = bare.application(db.engine, today()).test_client()
    address = f"/?unit={unit}" if login == seed.HEAD else "/"
    assert browser.get(address).get_data(as_text=True).count("<tr class") == 50
    return lambda: browser.get(address)


def serving(app: Flask) -> int | None:
    """The process of the database that serves `app`, if it has one of its own."""
    with app.app_context():
        if db.engine.dialect.name != "postgresql":
            return None
        return db.session.scalar(text("SELECT pg_backend_pid()"))
