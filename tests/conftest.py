"""The stage: an application on SQLite and on a real PostgreSQL, fresh for every test, and its cast."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy.pool import NullPool

import config
from app import create_app
from app.calendars.queries import calendar_kept
from app.clock import now
from app.db import db, unit_of_work
from app.people import sessions
from app.people.models import Person
from app.tasks import clocks
from tests import cast as stage
from tests import postgres
from tests.chromium import chromium  # noqa: F401  a fixture that several folders share
from tests.intake.table import pytest_terminal_summary  # noqa: F401  prints how well the reader reads

DIALECTS = os.environ.get("RECTIFY_TEST_DB", "sqlite,postgresql").split(",")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


class SqliteStage:
    """A file that is copied anew before every test."""

    def __init__(self, folder: Path) -> None:
        self.live, self.template = folder / "live.db", folder / "template.db"
        self.url = f"sqlite:///{self.live}"

    def keep(self) -> None:
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.live, self.template)

    def restore(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.live}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.template, self.live)


class PostgresStage:
    """A database whose rows are put back before every test: much faster than making it anew."""

    def __init__(self, cluster: postgres.Cluster) -> None:
        self.cluster, self.live = cluster, f"live_{WORKER}"
        cluster.drop(self.live)
        self.url = cluster.create(self.live)
        self.again = ""

    def keep(self) -> None:
        db.session.remove()
        with self._open() as connection:
            connection.execute("CREATE SCHEMA kept")
            for table in _tables(connection):
                connection.execute(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"')
            self.again = _script(connection)

    def restore(self) -> None:
        with self._open() as connection:
            connection.execute(self.again)

    def _open(self) -> Any:
        folder = str(self.cluster.folder)
        return psycopg.connect(host=folder, user="postgres", dbname=self.live, autocommit=True)


def _tables(connection: Any) -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [row[0] for row in found]


def _script(connection: Any) -> str:
    """One script that throws everybody out and puts back what was kept; triggers and keys sleep meanwhile."""
    lines = [
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
        "SET session_replication_role = replica",
    ]
    for table in _tables(connection):
        lines.append(f'DELETE FROM public."{table}"')
        if connection.execute(f'SELECT 1 FROM kept."{table}" LIMIT 1').fetchone():
            lines.append(f'INSERT INTO public."{table}" SELECT * FROM kept."{table}"')
    for name, last in connection.execute("SELECT sequencename, last_value FROM pg_sequences").fetchall():
        lines.append(f"SELECT setval('public.\"{name}\"', {last or 1}, {'true' if last else 'false'})")
    return ";\n".join(lines)


@pytest.fixture(scope="session", params=DIALECTS)
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The stage for one kind of database."""
    if request.param == "sqlite":
        return SqliteStage(tmp_path_factory.mktemp("sqlite"))
    try:
        return PostgresStage(postgres.start())
    except postgres.Impossible as why:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"NOT RUN on PostgreSQL: {why}")


@pytest.fixture(scope="session")
def application(database: Any, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on that database, with the schema that the migrations make and the cast in it."""
    folder = tmp_path_factory.mktemp("data")
    settings = config.from_environment({"DATA_DIR": str(folder), "DATABASE_URL": database.url, "DEMO": "0"})
    settings |= {
        "TESTING": True,
        "WTF_CSRF_ENABLED": False,
        "SQLALCHEMY_ENGINE_OPTIONS": {"poolclass": NullPool},
    }
    app = create_app(settings)
    with app.app_context():
        upgrade()
        with unit_of_work():
            stage.enter()
        database.keep()
    return app


@pytest.fixture
def app(application: Flask, database: Any) -> Flask:
    """The application as it stands when the curtain rises."""
    database.restore()
    with application.app_context():
        clocks.settings.forget()
        calendar_kept.forget()
    for files in ("originals", "derived"):
        shutil.rmtree(Path(application.config["EVIDENCE_STORE"]) / files, ignore_errors=True)
    shutil.rmtree(Path(application.config["DATA_DIR"]) / "parts", ignore_errors=True)
    return application


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
