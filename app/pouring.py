"""Many rows of one shape into one table, past the ORM: equal values are spelled once, not once a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from app.db import Base, db

Spell = Callable[[Any], Any]


def pour(model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert `rows`, which all name the same columns, in the session's transaction; what they leave out is NULL."""
    if not rows:
        return
    connection, names = db.session.connection(), list(rows[0])
    compiled = sa.insert(model.__table__).compile(dialect=connection.dialect, column_keys=names)  # type: ignore[arg-type]
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
