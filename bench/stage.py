"""A small house with the tests' cast in it, for figures that need no crowd."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask_migrate import upgrade

import config
from app import create_app
from app.db import db, unit_of_work
from tests import cast, postgres


@contextmanager
def staged(name: str) -> Iterator[Path]:
    """Inside an application on that database, as safe against a power cut as people run it.

    Both databases lie on a disk and wait for it at each commit: SQLite with synchronous=FULL, PostgreSQL with
    fsync and synchronous_commit.
    """
    with TemporaryDirectory(dir=os.getcwd(), prefix=".bench-") as folder:
        cluster = postgres.start(durable=True) if name == "postgresql" else None
        place = {"DATABASE_URL": cluster.create("bench_stage")} if cluster else {}
        settings = config.from_environment({"DATA_DIR": folder, "DEMO": "0", **place})
        app = create_app(settings | {"WTF_CSRF_ENABLED": False})
        with app.app_context():
            upgrade()
            with unit_of_work():
                cast.enter()
            yield Path(folder)
            db.session.remove()
            db.engine.dispose()
        if cluster:
            cluster.stop()
