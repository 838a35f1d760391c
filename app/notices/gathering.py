"""Gathering: everything that is due for one person on one channel becomes one message, or nothing any more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update

from app.db import db, table_of, unit_of_work
from app.notices import queries
from app.notices.models import Message, Notice
from app.notices.when import LADDERS, off_the_hour

AT_A_TIME = 20_000
OUTBOX = table_of(Notice)
Group = tuple[int, int | None]


def gather(now: datetime) -> int:
    """Make messages of what is due; returns how many. While a backlog is still being sealed it waits for the rest."""
    waits = not queries.is_any_due(now) or queries.is_backlogged()
    db.session.rollback()
    if waits:
        return 0
    with unit_of_work():
        queries.mark()
        return _gather(now)


def _gather(now: datetime) -> int:
    groups: dict[Group, list[Any]] = {}
    dropped: dict[str, list[int]] = {"read": [], "over": []}
    busy = queries.under_way()
    for row in queries.due(now, AT_A_TIME):
        group = row.channel_id, row.person_id if row.kind == "mail" else None
        if (*group, row.task_id) in busy:
            continue  # what was said of this task before it is still under way: in order, please
        if why := _needless(row):
            dropped[why].append(row.id)
        else:
            groups.setdefault(group, []).append(row)
    _drop(dropped)
    _send(groups, now)
    return len(groups)


def _needless(row: Any) -> str:
    """A digest does not repeat what was read, and nobody is reminded of what is over."""
    if row.step in LADDERS and not row.open:
        return "over"
    return "read" if row.read_at and not row.urgent and row.kind == "mail" else ""


def _drop(dropped: dict[str, list[int]]) -> None:
    rows = [{"one": number, "why": why} for why, numbers in dropped.items() for number in numbers]
    if rows:
        over = update(OUTBOX).where(OUTBOX.c.id == bindparam("one")).values(skipped=bindparam("why"))
        db.session.connection().execute(over, rows)


def _send(groups: dict[Group, list[Any]], now: datetime) -> None:
    made = [(_message(group, rows, now), rows) for group, rows in groups.items()]
    db.session.add_all(message for message, _rows in made)
    db.session.flush()
    rows = [{"one": row.id, "in": message.id} for message, notices in made for row in notices]
    if rows:
        put = update(OUTBOX).where(OUTBOX.c.id == bindparam("one")).values(message_id=bindparam("in"))
        db.session.connection().execute(put, rows)


def _message(group: Group, rows: list[Any], now: datetime) -> Message:
    channel_id, person_id = group
    return Message(channel_id=channel_id, person_id=person_id, made_at=now, late=any(row.late for row in rows),
                   try_at=off_the_hour(rows[0].kind, now))  # fmt: skip
