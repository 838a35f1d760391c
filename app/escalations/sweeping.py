"""The tick: whatever is due climbs, in batches, each a transaction; a task that breaks is set aside, not the sweep."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from flask import current_app

from app.db import db, unit_of_work
from app.escalations import queries, speaking
from app.escalations.alerting import set_aside, settle_aside
from app.escalations.looking import House, house, look

BATCH = 2500
ASIDE = timedelta(hours=1)
NOBODY: list[int] = []


def sweep(now: datetime) -> int:
    """Climb every rung that is due by now, in office hours; returns how many tasks were looked at."""
    if not queries.due(now, 1):
        return 0
    at = house(now)
    db.session.rollback()
    return climb_all(now, at) if at.office.is_open(now) else 0


def climb_all(now: datetime, at: House) -> int:
    """The same at any hour."""
    seen, last = 0, NOBODY
    with _undisturbed():
        while (ids := _due(now)) and ids != last:  # the same again: somebody else is at them
            seen, last = seen + _batch(ids, now, at), ids
    return seen


@contextmanager
def _undisturbed() -> Iterator[None]:
    """What a batch makes goes with it and holds on to nothing: to look for garbage among it costs a tenth."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def _due(now: datetime) -> list[int]:
    ids = queries.due(now, BATCH)
    db.session.rollback()
    return ids


def _batch(ids: list[int], now: datetime, at: House) -> int:
    try:
        return _climb(ids, now, at)
    except Exception:
        current_app.logger.exception("a batch of %d tasks broke; each is tried alone", len(ids))
    return sum(_alone(task_id, now, at) for task_id in ids)


def _alone(task_id: int, now: datetime, at: House) -> int:
    try:
        return _climb([task_id], now, at)
    except Exception as broken:
        current_app.logger.exception("task %d broke the tick and is set aside", task_id)
        with unit_of_work():
            set_aside(task_id, now, now + ASIDE, f"{type(broken).__name__}: {broken}")
        return 1


def _climb(ids: list[int], now: datetime, at: House) -> int:
    """Look at those tasks and write down what came, all of it or nothing."""
    with unit_of_work():
        mine = queries.locked(ids, now)
        if mine:
            speaking.write(look(queries.looked_at(mine), now, at), mine, now, at)
            settle_aside(mine)
        return len(mine)
