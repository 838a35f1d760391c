"""New rows past the unit of work, which weighs every relation of the house: a few, or very many of one kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapper, Session, make_transient_to_detached

from app.db import db, table_of
from app.pouring import Ready, ids_for, pour


@dataclass(frozen=True)
class Shape:
    """How rows of a model are inserted: the statement, what stands where nothing was said, and whose ids it takes."""

    insert: Ready
    blank: dict[str, Callable[[], Any]]
    owners: tuple[tuple[str, str, str], ...]  # relation, our column, its column
    key: str
    version: str


def only(*fresh: Any) -> bool:
    """Whether these are all that waits to be written, and no savepoint is open: they may go past the session then."""
    session = db.session()
    return not (session.dirty or session.deleted or session.in_nested_transaction()) and set(session.new) <= set(fresh)


def enter(*fresh: Any) -> None:
    """Insert new objects, each after those it rests on; the session knows them then as if it had written them."""
    session = db.session()
    _take_out(session, fresh)
    for one in fresh:
        model: Any = type(one)
        _insert(one, _shape(model))
    for one in fresh:
        make_transient_to_detached(one)
    with session.no_autoflush:
        session.add_all(fresh)


def enter_all(fresh: Sequence[Any]) -> None:
    """Insert many new objects of one model together, each with its id; the session does not come to know them."""
    if fresh:
        model: Any = type(fresh[0])
        number(fresh)
        pour(model, [_row(one, _shape(model)) | {"id": one.id} for one in fresh])


def number(fresh: Sequence[Any]) -> None:
    """Give ids to those that have none, before anything is inserted: others may be told of them then."""
    bare = [one for one in fresh if one.id is None]
    for one, its in zip(bare, ids_for(type(bare[0]), len(bare)) if bare else (), strict=True):
        one.id = its


def _take_out(session: Session, fresh: Sequence[Any]) -> None:
    for one in fresh:
        if one in session.new:
            session.expunge(one)


def _insert(one: Any, shape: Shape) -> None:
    row = _row(one, shape)
    said = vars(one)
    said.update(row, **{shape.key: shape.insert.send(row).scalar_one()})  # becoming detached commits what it says


def _row(one: Any, shape: Shape) -> dict[str, Any]:
    """What it says, the ids of what it hangs on, and what stands where nothing was said."""
    said = vars(one)
    for relation, ours, theirs in shape.owners:
        if said.get(relation) is not None:
            said[ours] = getattr(said[relation], theirs)
    row = {name: said[name] if said.get(name) is not None else blank() for name, blank in shape.blank.items()}
    if shape.version:
        row[shape.version] = 1
    return row


@lru_cache
def _shape(model: Any) -> Shape:
    mapper: Mapper[Any] = sa.inspect(model)
    table = table_of(model)
    key: Any = mapper.primary_key[0]
    blank = {c.key: _blank(c) for c in table.c if c is not key}
    owners = tuple(
        (relation.key, str(local.key), str(remote.key))
        for relation in mapper.relationships if relation.direction.name == "MANYTOONE"
        for local, remote in relation.local_remote_pairs or ()
    )  # fmt: skip
    version = str(mapper.version_id_col.key) if mapper.version_id_col is not None else ""
    return Shape(Ready(sa.insert(table).returning(key), blank), blank, owners, key.key, version)


def _blank(column: sa.Column[Any]) -> Callable[[], Any]:
    """What the column holds when nothing was said."""
    default: Any = column.default
    if default is None:
        return lambda: None
    return (lambda: default.arg(None)) if default.is_callable else (lambda: default.arg)
