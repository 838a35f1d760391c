"""Many rows of one shape into one table, past the ORM: equal values are spelled once, not once a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from app.db import Base, db, table_of

Spell = Callable[[Any], Any]


def pour(model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert `rows`, which all name the same columns, in the session's transaction; what they leave out is NULL."""
    _pour(model, sa.insert(table_of(model)), rows)


def pour_new(model: type[Base], rows: list[dict[str, Any]]) -> None:
    """The same, but rows whose key is taken are left as they are."""
    dialect: Any = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    _pour(model, dialect.insert(table_of(model)).on_conflict_do_nothing(), rows)


def _pour(model: type[Base], insert: Any, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    connection, names = db.session.connection(), list(rows[0])
    compiled = insert.compile(dialect=connection.dialect, column_keys=names)
    spell = {name: _speller(model.__table__.c[name].type, connection.dialect) for name in names}
    if compiled.positional:
        order: Iterable[str] = compiled.positiontup or names
        ready: list[Any] = [tuple(spell[name](row[name]) for name in order) for row in rows]
    else:
        ready = [{name: spell[name](row[name]) for name in names} for row in rows]
    connection.exec_driver_sql(str(compiled), ready)


def _speller(column: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Spell:
    """How the driver wants a value of that type; the same object or moment is asked for once."""
    process = column.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return lambda value: value
    spelled: dict[Any, Any] = {}

    def spell(value: Any) -> Any:
        key = id(value) if isinstance(value, Mapping | list) else value
        if key not in spelled:
            spelled[key] = process(value)
        return spelled[key]

    return spell


class Ready:
    """A statement that every click sends: put together once for each kind of database, then sent as it stands.

    `names` are the columns of an INSERT without values. Defaults of columns are not filled in: every value is given.
    """

    def __init__(self, statement: sa.UpdateBase, names: Iterable[str] = ()) -> None:
        self.statement, self.names = statement, list(names) or None
        self.made: dict[str, tuple[str, list[str] | None, dict[str, Spell], dict[str, Any]]] = {}

    def send(self, values: Mapping[str, Any]) -> sa.CursorResult[Any]:
        """Send it with these values in the session's transaction."""
        return self._sent(lambda spelled: spelled(values))

    def send_all(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """The same for many rows at once."""
        if rows:
            self._sent(lambda spelled: [spelled(values) for values in rows])

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
