"""The databases that tests play on: what was kept under a name is put back before a test."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from app.clock import now
from app.db import db
from tests import postgres

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
# Whoever still holds a lock from the last test is thrown out; who is idle keeps the connection.
BUSY = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity AS a
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND (state <> 'idle' OR EXISTS (SELECT 1 FROM pg_locks AS l WHERE l.pid = a.pid AND locktype = 'advisory'))"""


class Stage:
    """One database for a whole run; `keep` and `restore` are called inside the house."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self._scene: tuple[datetime, dict[str, Any]] | None = None

    def scene(self, within: timedelta) -> dict[str, Any] | None:
        """What was said when the scene was kept, unless that is longer ago: links in it run out."""
        return self._scene[1] if self._scene and now() - self._scene[0] < within else None

    def keep(self, name: str, said: dict[str, Any] | None = None) -> None:
        """Keep all rows as they stand under that name."""
        db.session.remove()
        self._keep(name)
        self._scene = (now(), said) if said else None

    def restore(self, name: str) -> None:
        """Put back all rows that were kept under that name."""
        raise NotImplementedError

    def _keep(self, name: str) -> None:
        raise NotImplementedError


class SqliteStage(Stage):
    """A file that is copied anew before every test."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, f"sqlite:///{folder / 'live.db'}")
        self.live = folder / "live.db"

    def _keep(self, name: str) -> None:
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.live, self.folder / f"{name}.db")

    def restore(self, name: str) -> None:
        """Also closes what is open on the old file: nobody must go on reading it."""
        db.engine.dispose()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.live}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.folder / f"{name}.db", self.live)


class PostgresStage(Stage):
    """A database whose rows are put back before every test: much faster than making it anew."""

    def __init__(self, folder: Path, cluster: postgres.Cluster) -> None:
        live = f"live_{WORKER}"
        cluster.drop(live)
        super().__init__(folder, cluster.create(live))
        self.door = psycopg.connect(host=str(cluster.folder), user="postgres", dbname=live, autocommit=True)
        self.again: dict[str, str] = {}

    def __enter__(self) -> PostgresStage:
        return self

    def __exit__(self, *_error: object) -> None:
        self.door.close()

    def _keep(self, name: str) -> None:
        self.door.execute(f"DROP SCHEMA IF EXISTS kept_{name} CASCADE")
        self.door.execute(f"CREATE SCHEMA kept_{name}")
        for table in self._tables():
            self.door.execute(f'CREATE TABLE kept_{name}."{table}" AS TABLE public."{table}"')
        self.again[name] = self._script(name)

    def restore(self, name: str) -> None:
        """Runs one script, with triggers and keys asleep meanwhile."""
        if self.door.execute(BUSY).fetchall():
            db.engine.dispose()
        self.door.execute(self.again[name])

    def _tables(self) -> list[str]:
        found = self.door.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [row[0] for row in found]

    def _script(self, name: str) -> str:
        lines = ["SET session_replication_role = replica"]
        for table in self._tables():
            lines.append(f'DELETE FROM public."{table}"')
            if self.door.execute(f'SELECT 1 FROM kept_{name}."{table}" LIMIT 1').fetchone():
                lines.append(f'INSERT INTO public."{table}" SELECT * FROM kept_{name}."{table}"')
        for sequence, last in self.door.execute("SELECT sequencename, last_value FROM pg_sequences").fetchall():
            lines.append(f"SELECT setval('public.\"{sequence}\"', {last or 1}, {'true' if last else 'false'})")
        return ";\n".join(lines)
