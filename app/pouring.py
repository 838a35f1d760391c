"""Many rows of one shape into one table, past the ORM: equal values are spelled once, not once a row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.db import Base, db, table_of

Spell = Callable[[Any], Any]
UNHASHABLE = (dict, list)
TOGETHER = 100  # rows of one statement; SQLite takes 32,766 values


def pour(model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert `rows`, which all name the same columns, in the session's transaction; what they leave out is NULL."""
    if rows and db.engine.dialect.name == "postgresql":
        _copy(db.session.connection(), table_of(model), rows[0].keys(), _spelled(table_of(model), rows))
    else:
        _pour(table_of(model), sa.insert(table_of(model)), rows)


def pour_new(model: type[Base], rows: list[dict[str, Any]]) -> None:
    """The same, but rows whose key is taken are left as they are."""
    _pour(table_of(model), _insert_of(model).on_conflict_do_nothing(), rows)


def put_if_missing(model: type[Base], **values: Any) -> None:
    """Insert a row unless its key is taken, however many try at once."""
    db.session.execute(_insert_of(model).values(values).on_conflict_do_nothing())


def _insert_of(model: type[Base]) -> Any:
    dialect: Any = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(table_of(model))


def ids_for(model: type[Base], many: int) -> list[int]:
    """Ids that rows about to be poured shall have: nobody else is given them."""
    if db.engine.dialect.name == "postgresql":
        counter = sa.func.nextval(sa.func.pg_get_serial_sequence(table_of(model).name, "id"))
        return list(db.session.scalars(sa.select(counter).select_from(sa.func.generate_series(1, many))))
    last = db.session.scalar(sa.select(sa.func.max(table_of(model).c.id))) or 0  # nobody else writes meanwhile
    return list(range(last + 1, last + many + 1))


def usual(model: type[Base]) -> dict[str, Any]:
    """Every column of a row with the value it has where nothing is said of it; ids are left out."""
    defaults: dict[str, Any] = {one.name: one.default for one in table_of(model).columns if not one.primary_key}
    return {name: one.arg if one is not None and one.is_scalar else None for name, one in defaults.items()}


def _pour(table: sa.Table, insert: Any, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    connection = db.session.connection()
    compiled = insert.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    if not compiled.positional:
        connection.exec_driver_sql(str(compiled), list(_spelled(table, rows)))
        return
    spell = _spellers(table, rows[0])  # a column after the other: others wait for SQLite meanwhile
    values = list(zip(*(_column(rows, name, spell.get(name)) for name in compiled.positiontup), strict=True))
    _send_together(connection, str(compiled), values)


def _send_together(connection: sa.Connection, statement: str, values: list[tuple[Any, ...]]) -> None:
    """Many rows a statement: SQLite sets its CHECKs up anew for each statement, a third of what a row costs."""
    whole = len(values) - len(values) % TOGETHER
    if whole:
        one = f"({', '.join('?' * len(values[0]))})"
        many = ", ".join([one] * TOGETHER).join(statement.rsplit(one, 1))
        together = (tuple(chain.from_iterable(values[at : at + TOGETHER])) for at in range(0, whole, TOGETHER))
        connection.exec_driver_sql(many, list(together))
    if values[whole:]:
        connection.exec_driver_sql(statement, values[whole:])


def _column(rows: list[dict[str, Any]], name: str, spell: Spell | None) -> list[Any]:
    return [spell(row[name]) for row in rows] if spell else [row[name] for row in rows]


def _spelled(table: sa.Table, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows as the driver wants them."""
    spell = _spellers(table, rows[0])
    return ({**row, **{name: spelled(row[name]) for name, spelled in spell.items()}} for row in rows)


def _spellers(table: sa.Table, names: Iterable[str]) -> dict[str, Spell]:
    dialect = db.engine.dialect
    return {name: spelled for name in names if (spelled := _speller(table.c[name].type, dialect))}


def _copy(connection: sa.Connection, table: sa.Table, names: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """PostgreSQL takes many rows at once much faster this way than one statement after the other."""
    preparer = connection.dialect.identifier_preparer
    listed = ", ".join(preparer.quote(name) for name in names)
    values = itemgetter(*names)
    driver: Any = connection.connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {preparer.format_table(table)} ({listed}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(values(row))


def among(numbers: Iterable[int]) -> sa.Select[Any]:
    """The same ids as a subquery for `in_()`: one value to send and nothing to put together, however many they are."""
    numbers = list(numbers)
    if db.engine.dialect.name == "postgresql":
        return sa.select(sa.func.unnest(sa.bindparam(None, numbers, sa.ARRAY(sa.Integer))))
    return sa.select(sa.func.json_each(json.dumps(numbers)).table_valued("value").c.value)


def _speller(column: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Spell | None:
    """How the driver wants a value of that type, None when as it is; the same object or moment is asked for once."""
    if dialect.name == "postgresql" and not isinstance(column, sa.JSON):
        return None
    process = column.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return None
    spelled: dict[Any, Any] = {}

    def spell(value: Any) -> Any:
        key = id(value) if type(value) in UNHASHABLE else value
        if key not in spelled:
            spelled[key] = process(value)
        return spelled[key]

    return spell


class Ready:
    """A statement that every click sends: put together once for each kind of database, then sent as it stands.

    `names` are the columns of an INSERT without values. Defaults of columns are not filled in: every value is given.
    """

    def __init__(self, statement: sa.UpdateBase | sa.Select[Any], names: Iterable[str] = ()) -> None:
        self.statement, self.names = statement, list(names) or None
        self.made: dict[str, tuple[str, list[str] | None, dict[str, Spell], dict[str, Any]]] = {}

    def send(self, values: Mapping[str, Any]) -> sa.CursorResult[Any]:
        """Send it with these values in the session's transaction."""
        return self._sent(lambda spelled: spelled(values))

    def send_all(self, rows: Sequence[Mapping[str, Any]]) -> int:
        """The same for many rows at once; returns how many rows it hit."""
        return self._sent(lambda spelled: [spelled(values) for values in rows]).rowcount if rows else 0

    def _sent(self, put: Callable[[Callable[[Mapping[str, Any]], Any]], Any]) -> sa.CursorResult[Any]:
        connection = db.session.connection()
        text, order, spell, fixed = self.made.get(connection.dialect.name) or self._make(connection.dialect)

        def spelled(values: Mapping[str, Any]) -> Any:
            said = {**fixed, **values}
            for name, process in spell.items():
                said[name] = process(said[name])
            return tuple(said[name] for name in order) if order else said

        return connection.exec_driver_sql(text, put(spelled))

    def _make(self, dialect: sa.Dialect) -> tuple[str, list[str] | None, dict[str, Spell], dict[str, Any]]:
        compiled: Any = self.statement.compile(dialect=dialect, column_keys=self.names)
        fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        types = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
        spell = {name: process for name, type_ in types.items() if (process := type_.bind_processor(dialect))}
        made = str(compiled), compiled.positiontup, spell, fixed
        self.made[dialect.name] = made
        return made
