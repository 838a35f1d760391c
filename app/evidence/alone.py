"""One at a time where a stored file is taken up again or let go: whoever comes second sees what the first one did."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from app.db import beside, db

LETTING_GO = 0x5EC71F3  # the advisory lock's number


@contextmanager
def alone() -> Iterator[None]:
    """Among all processes of this house; on SQLite they share a machine. Nobody who writes rows waits for it."""
    if db.engine.dialect.name == "postgresql":
        with beside() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(LETTING_GO)))
            yield
        return
    with (Path(current_app.config["DATA_DIR"]) / "letting-go.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
