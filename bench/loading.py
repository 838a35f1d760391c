"""Rows by the hundred thousand into either database, past the ORM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.db import db


def load(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Append `rows` to `table`: executemany on SQLite, COPY on PostgreSQL."""
    raw = db.session.connection().connection.cursor()
    spelled = (tuple(_spelled(value) for value in row) for row in rows)
    if db.engine.dialect.name == "sqlite":
        places = ", ".join("?" * len(columns))
        raw.executemany(f"INSERT INTO {table} ({_listed(columns)}) VALUES ({places})", spelled)
        return
    with raw.copy(f"COPY {table} ({_listed(columns)}) FROM STDIN") as copy:
        for row in spelled:
            copy.write_row(row)


def settle(tables: Iterable[str]) -> None:
    """Let PostgreSQL go on counting ids where the rows end, and let both databases look at what they hold."""
    if db.engine.dialect.name == "postgresql":
        for table in tables:
            last = f"setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            db.session.execute(sa.text(f"SELECT {last}"))
    db.session.execute(sa.text("ANALYZE"))


def vacuum(table: str) -> None:
    """Mark on PostgreSQL which pages everybody sees, as autovacuum does within a minute; in no transaction."""
    if not _is_sqlite():
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text(f"VACUUM ANALYZE {table}"))


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _spelled(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f" + ("" if _is_sqlite() else "+00"))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value) if _is_sqlite() else value
    return value


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def numbered(rows: Iterable[Sequence[Any]], first: int = 1) -> Iterator[Sequence[Any]]:
    """Each row with its id in front."""
    return ((number, *row) for number, row in enumerate(rows, start=first))


def multiply(count: int, times: int) -> None:
    """Each of the `count` findings of the county so many times, with its parties and its wait; set by set."""
    _again("tasks", "id > 1", times, id=count, number="number || '.' || k")
    _again("findings", "id > 0", times, id=count, task_id=count, seq=count)
    for table in ("waits", "parties"):
        last = db.session.scalar(sa.text(f"SELECT max(id) FROM {table}"))
        _again(table, "id > 0", times, id=last, task_id=count)
    settle(("tasks", "findings", "waits", "parties"))


def _again(table: str, among: str, times: int, **changed: Any) -> None:
    """Rows of a table again and again: a number shifts a column by so much each time, a text stands for itself."""
    names = [column.name for column in db.metadata.tables[table].columns]
    given = {name: how if isinstance(how, str) else f'"{name}" + k * {how}' for name, how in changed.items()}
    taken = ", ".join(given.get(name, f'"{name}"') for name in names)
    series = f"WITH RECURSIVE series(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM series WHERE k < {times - 1})"
    rows = f"SELECT {taken} FROM {table}, series WHERE {among}"
    db.session.execute(sa.text(f"INSERT INTO {table} ({_listed(names)}) {series} {rows}"))
