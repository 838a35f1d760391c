"""One at a time where a stored file is taken up again or let go: whoever comes second sees what the first one did."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app
from sqlalchemy import bindparam, func, select

from app.db import beside, db, unit_of_work
from app.evidence import queries
from app.evidence.ours import storage
from app.evidence.storage import Storage
from app.pouring import Ready
from app.tasks.refusals import OutOfTurn
from workflows.grammar import say

LETTING_GO = 0x5EC71F3  # the advisory lock's number
OF_ONE = func.pg_advisory_xact_lock_shared(LETTING_GO, bindparam("file"))
SPARED = Ready(select(OF_ONE))


class Vanished(OutOfTurn):
    """The file was let go after it had been received and before its row was written."""

    def __init__(self) -> None:
        super().__init__(say("The very same file was deleted for good this moment, and this copy went with it. "
                             "Nothing was stored; send it again."))  # fmt: skip


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


def spare(sha256: str) -> None:
    """Nobody lets go of that original until this transaction, which names it in a row, has ended; raises Vanished.

    SQLite has one writer at a time, and whoever lets go is one. A far store is only asked when it may be gone.
    """
    if db.engine.dialect.name == "postgresql":
        SPARED.send({"file": _number(sha256)})
    if (storage().is_near or queries.was_erased(sha256)) and not storage().exists(Storage.original_key(sha256)):
        raise Vanished


def let_go(sha256: str) -> bool:
    """Delete that original unless a row names it, be it one that is written at this moment; whether it went."""
    with unit_of_work():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(select(func.pg_advisory_xact_lock(LETTING_GO, _number(sha256))))
        key = Storage.original_key(sha256)
        if queries.named([sha256]) or not storage().exists(key):
            return False
        storage().delete(key)
    return True


def _number(sha256: str) -> int:
    """One of 256: a list of 2,000 photos must not take more locks than the database has room for.

    Of two files of one number, one that is let go waits until the other is written down.
    """
    return int(sha256[:2], 16)
