"""Days in SQL: on which day of the county a moment lies, and how many days lie between two, on both databases."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from app.clock import local, now, zone
from app.db import db


def day_at(moment: Any) -> Any:
    """The county's date at that moment. SQLite knows no zones, so there today's offset holds for every day."""
    if is_sqlite():
        return sa.type_coerce(sa.func.date(moment, _offset()), sa.Date())
    return sa.cast(sa.func.timezone(str(zone()), moment), sa.Date())


def days_between(start: Any, end: Any) -> Any:
    """Whole days from one moment to another."""
    if is_sqlite():
        return sa.cast(sa.func.julianday(end) - sa.func.julianday(start), sa.Integer())
    return sa.cast(sa.func.floor(sa.extract("epoch", end - start) / 86_400), sa.Integer())


def is_sqlite() -> bool:
    """Whether the house stands on SQLite."""
    return bool(db.engine.dialect.name == "sqlite")


def _offset() -> str:
    away = local(now()).utcoffset()
    return f"{int(away.total_seconds() // 60) if away else 0:+d} minutes"
