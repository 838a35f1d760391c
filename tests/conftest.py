"""The stage: an application on SQLite and on a real PostgreSQL, fresh for every test, and its cast."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

import config
from app import create_app
from app.calendars.queries import calendar_kept
from app.clock import now
from app.db import db, unit_of_work
from app.intake import sources
from app.people import sessions
from app.people.models import Person
from app.tasks import clocks
from tests import cast as stage
from tests import matrix, postgres
from tests.chromium import chromium  # noqa: F401  a fixture that several folders share
from tests.intake.table import pytest_terminal_summary  # noqa: F401  prints how well the reader reads
from tests.stages import PostgresStage, SqliteStage

hypothesis.settings.register_profile("house", deadline=None)  # a busy machine is no finding
hypothesis.settings.load_profile("house")
DIALECTS = os.environ.get("RECTIFY_TEST_DB", "sqlite,postgresql").split(",")


@pytest.fixture(scope="session", params=DIALECTS)
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The stage for one kind of database."""
    if request.param == "sqlite":
        yield SqliteStage(tmp_path_factory.mktemp("sqlite"))
        return
    try:
        with PostgresStage(tmp_path_factory.mktemp("postgresql"), postgres.start()) as opened:
            yield opened
    except postgres.Impossible as why:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"NOT RUN on PostgreSQL: {why}")


@pytest.fixture(scope="session")
def application(database: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on that database, with the schema that the migrations make and the cast in it."""
    folder = tmp_path_factory.mktemp("data")
    settings = config.from_environment({"DATA_DIR": str(folder), "DATABASE_URL": database.url, "DEMO": "0"})
    settings |= {"TESTING": True, "WTF_CSRF_ENABLED": False}
    app = create_app(settings)
    with app.app_context():
        upgrade()
        with unit_of_work():
            stage.enter()
        database.keep("cast")
        # A test that forks and kills leaves its connections to this process: no two talk over one.
        os.register_at_fork(after_in_child=partial(db.engine.dispose, close=False))
    gc.collect()
    gc.freeze()  # what is loaded by now stays for good: the collector need not look at it again
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(application: Flask, database: Any) -> Flask:
    """The application as it stands when the curtain rises."""
    with application.app_context():
        database.restore("cast")
        clocks.settings.forget()
        calendar_kept.forget()
        sources._read.clear()
    for files in ("originals", "derived"):
        shutil.rmtree(Path(application.config["EVIDENCE_STORE"]) / files, ignore_errors=True)
    for halves in ("parts", "readings"):
        shutil.rmtree(Path(application.config["DATA_DIR"]) / halves, ignore_errors=True)
    return application


@pytest.fixture
def places(app: Flask, database: Any) -> dict[str, Any]:
    """The scene of the matrix with everything that can hang on a finding: set once, put back while it is fresh."""
    kept: Path = database.folder / "originals of the scene"
    store = Path(app.config["EVIDENCE_STORE"]) / "originals"
    with app.app_context():
        if found := database.scene(within=timedelta(minutes=3)):
            database.restore("scene")
            shutil.copytree(kept, store)
            return dict(found)
        shutil.rmtree(kept, ignore_errors=True)
        set_up = matrix.scene(app)
        shutil.copytree(store, kept)
        database.keep("scene", set_up)
    return dict(set_up)


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Switches off pytest-flask's shared context, in which one request would see another's user and session."""


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser in which nobody is signed in."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Callable[[str], FlaskClient]:
    """`sign_in("head")` is a browser in which that person is signed in."""

    def signed_in(login: str) -> FlaskClient:
        browser = app.test_client()
        with app.app_context(), unit_of_work():
            person = db.session.query(Person).filter_by(login=login).one()
            token = sessions.start(person, now=now())
        with browser.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return browser

    return signed_in


@pytest.fixture
def inside(app: Flask) -> Iterator[Flask]:
    """Inside the house, for tests that call actions and the law without a browser."""
    from app.db import _writing

    with app.app_context():
        token = _writing.set(True)
        yield app
        db.session.rollback()
        _writing.reset(token)


@pytest.fixture
def cast(inside: Flask) -> stage.Cast:
    """The people and units, inside the house."""
    return stage.Cast()
