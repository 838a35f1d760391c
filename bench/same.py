"""The rows that a finding with its photo leaves behind, put into the same tables again by bare statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.db import db

TABLES = ("tasks", "findings", "parties", "waits", "entries", "entry_texts", "evidence")
NAMES_A_ROW = {"task_id": "tasks", "entry_id": "entries"}
VISIT = (
    "UPDATE inspections SET last_seq = last_seq + 1 WHERE task_id = :visit",
    "UPDATE tasks SET version = version + 1 WHERE id = :visit",
)
Row = dict[str, Any]


@dataclass(frozen=True)
class Rows:
    """What one finding left: table by table, each row as it stood."""

    visit: int
    left: Mapping[str, list[Row]]
    number: count[int]

    def put(self, connection: sa.Connection, sha256: str, size: int) -> None:
        """All of it once more, under numbers of its own, for a photo of that hash."""
        for statement in VISIT:
            connection.execute(sa.text(statement), {"visit": self.visit})
        number, made = next(self.number), {}
        fresh = {"tasks": {"number": f"bare-{number}"}, "findings": {"seq": number},
                 "evidence": {"sha256": sha256, "size": size}}  # fmt: skip
        for table, rows in self.left.items():
            for row in rows:
                values = {name: value for name, value in row.items() if name != "id"} | fresh.get(table, {})
                for column in NAMES_A_ROW.keys() & row.keys():
                    values[column] = made.get((NAMES_A_ROW[column], row[column]), row[column])
                if table == "entries":
                    values["seq"] += number
                sent = connection.execute(INSERTS[table, tuple(values)], values)
                made[table, row.get("id")] = sent.lastrowid


class _Inserts(dict[tuple[str, tuple[str, ...]], sa.TextClause]):
    """Each statement is written once."""

    def __missing__(self, key: tuple[str, tuple[str, ...]]) -> sa.TextClause:
        table, names = key
        said = sa.text(f"INSERT INTO {table} ({', '.join(names)}) VALUES (:{', :'.join(names)})")
        return self.setdefault(key, said)


INSERTS = _Inserts()


def left_by(act: Callable[[], None], visit: int) -> Rows:
    """What `act` added to the tables of a finding."""
    before = {table: _last(table) for table in TABLES}
    act()
    return Rows(visit, {table: _since(table, before[table]) for table in TABLES}, count(100_000))


def _key(table: str) -> str:
    return "entry_id" if table == "entry_texts" else "id"


def _last(table: str) -> int:
    with db.engine.connect() as connection:
        return connection.exec_driver_sql(f"SELECT coalesce(max({_key(table)}), 0) FROM {table}").scalar_one()


def _since(table: str, last: int) -> list[Row]:
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"SELECT * FROM {table} WHERE {_key(table)} > {last} ORDER BY 1")
        return [dict(row) for row in rows.mappings()]


def copied(path: Path) -> sa.Engine:
    """The same database once more, for whoever puts rows in by bare statements."""
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql(f"VACUUM INTO '{path}'")
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    return engine
