"""The database: the request is the transaction, and nobody but this page commits."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, ClassVar, cast

import sqlalchemy as sa
from flask import Flask, Response, g, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase

from app.discretion import keep_values_out
from app.moments import UtcDateTime as UtcDateTime

_writing: ContextVar[bool] = ContextVar("writing", default=False)
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables stand on this."""

    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime(), str: sa.String()}


db = SQLAlchemy(metadata=Base.metadata, engine_options={"hide_parameters": True})  # secrets stay out of logs


def table_of(model: type[Base]) -> sa.Table:
    """The bare table of a model, for statements that go past the session."""
    return cast(sa.Table, model.__table__)


def path_type() -> sa.String:
    """Text compared byte by byte on both databases, so that a prefix is a range."""
    return sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")


def one_of(column: str, names: Any) -> sa.CheckConstraint:
    """CHECK that `column` is one of `names`."""
    listed = ", ".join(f"'{name}'" for name in sorted(names))
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def where(condition: str, sqlite: str = "") -> dict[str, Any]:
    """The condition of a partial index."""
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(sqlite or condition)}


def init_app(app: Flask) -> None:
    """Open the engine with its house settings and tie the transaction to the request."""
    options = app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {})
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        options.setdefault("connect_args", {"timeout": 15})
    else:  # compiling a statement costs PostgreSQL more than any of ours takes
        options.setdefault("connect_args", {"options": "-c jit=off"})
    db.init_app(app)
    with app.app_context():
        _set_up(db.engine)
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(_forget)


def _set_up(engine: sa.Engine) -> None:
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _open_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    else:
        sa.event.listen(engine, "handle_error", keep_values_out)


def _open_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer takes its lock before it reads, or two of them lose an update or fail half-way.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def _begin() -> None:
    _writing.set(request.method not in SAFE_METHODS)
    g.asides, g.afterwards = [], []


def _finish(response: Response) -> Response:
    if response.status_code < 400 and request.method not in SAFE_METHODS:
        db.session.commit()
        for act in g.get("afterwards", ()):
            act()
    else:
        db.session.rollback()
    _run_asides()
    return response


def _forget(_error: BaseException | None) -> None:
    db.session.rollback()
    _run_asides()
    _writing.set(False)


def _run_asides() -> None:
    asides, g.asides = g.get("asides", []), []
    for write in asides:
        with unit_of_work():
            write()


def aside(write: Callable[[], None]) -> None:
    """Run `write` in a transaction of its own after the request's, whatever becomes of that."""
    g.asides.append(write)


def afterwards(act: Callable[[], None]) -> None:
    """Run `act`, which writes no rows, once the request's transaction is committed, and only then."""
    g.afterwards.append(act)


@contextmanager
def whole() -> Iterator[None]:
    """A part of the request that is done whole or not at all, and does not take the rest with it."""
    with db.session.begin_nested():
        yield


def read_as_of_now() -> None:
    """From here on read everything as it stands at one moment, whatever others commit meanwhile."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":  # SQLite reads that way by itself
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def release() -> None:
    """End the transaction before something slow; what was loaded must be looked at anew afterwards."""
    db.session.rollback()


def pause() -> None:
    """The same for a transaction that has only read, and what was read is kept.

    It may change meanwhile: whoever writes afterwards holds it and looks at it anew.
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something is waiting to be written")
    session.expire_on_commit = False
    try:
        session.commit()  # of nothing: a rollback would forget what was read
    finally:
        session.expire_on_commit = True


@contextmanager
def beside() -> Iterator[sa.Connection]:
    """A short writing transaction on a connection of its own, while the session goes on reading."""
    token = _writing.set(True)
    try:
        with db.engine.begin() as connection:
            yield connection
    finally:
        _writing.reset(token)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One writing transaction for the command line, a job or a tick: all of it or nothing.

    What was only read before ends first: SQLite refuses to turn a transaction that read into one that writes.
    """
    if not _writing.get():
        db.session.rollback()
    token = _writing.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.reset(token)
