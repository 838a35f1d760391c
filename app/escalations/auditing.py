"""The auditor: recomputes what should exist and says what is missing; it mends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, update

from app.db import db, unit_of_work
from app.escalations import queries
from app.escalations.alerting import raise_alert, settle
from app.escalations.checks import OF_TASKS
from app.escalations.checks_ladder import OF_THE_LADDER, PATIENCE
from app.escalations.looking import House, house, look
from app.escalations.watches import Watch
from app.pouring import put_if_missing
from workflows.sentence import say

CHECKS = (*OF_TASKS, *OF_THE_LADDER)
IN_OFFICE_HOURS = {"alarm_unheard", "grace_over"}
AUDIT, SHOWN, PAGE = "audit", 20, 1000
EVERY = 30  # minutes


def audit(now: datetime) -> dict[str, list[int]]:
    """Every check that found something, with the first tasks for which it does not hold."""
    standing = house(now)
    awake = standing.office.is_open(now) and standing.office.is_open(now - PATIENCE)
    asked = (check for check in CHECKS if awake or check.name not in IN_OFFICE_HOURS)
    found = {check.name: _broken(check.broken(now)) for check in asked}
    if awake:
        found["unclimbed"] = list(_unclimbed(now - PATIENCE, standing))
    found["no_next"] = list(_silent(now, standing))
    return {name: tasks for name, tasks in found.items() if tasks}


def _broken(asked: Any) -> list[int]:
    return sorted(set(db.session.scalars(asked.limit(SHOWN))))


def _unclimbed(now: datetime, standing: House) -> Iterator[int]:
    """Tasks for which a rung came a while ago and was not climbed."""
    for rows in _pages():
        for seen in look([row for row in rows if row.started_at < now], now, standing):
            if seen.seen.steps or seen.ripe:
                yield seen.row.id


def _silent(now: datetime, standing: House) -> Iterator[int]:
    """Open tasks for which a rung is still to come and no alarm leads there."""
    for rows in _pages(without_alarm=True):
        yield from (seen.row.id for seen in look(rows, now, standing) if seen.seen.alarm_at)


def _pages(*, without_alarm: bool = False) -> Iterator[list[Row[Any]]]:
    last = 0
    while rows := queries.open_after(last, PAGE, without_alarm=without_alarm):
        yield rows
        last = rows[-1].id


def keep(now: datetime) -> int:
    """Audit in a transaction of its own."""
    with unit_of_work():
        return note(now)


def note(now: datetime) -> int:
    """Audit and keep the result where everybody looks: the page, /healthz, the administrators' inbox."""
    found = audit(now)
    put_if_missing(Watch, name=AUDIT, at=now, found={})
    db.session.execute(update(Watch).where(Watch.name == AUDIT).values(at=now, found=found))
    for name, tasks in found.items():
        raise_alert("audit", f"audit:{name}", now, _alert(name, tasks))
    settle("audit", (f"audit:{name}" for name in found), now)
    return sum(map(len, found.values()))


def _alert(name: str, tasks: list[int]) -> Any:
    return say("The auditor found tasks in disorder: %(what)s (%(n)d).", what=SAYS[name], n=len(tasks))


SAYS = {check.name: check.says for check in CHECKS} | {
    "unclimbed": say("a rung came and was not climbed"), "no_next": say("a rung is to come and no alarm leads there"),
}  # fmt: skip


def audit_sometimes(now: datetime) -> int:
    """Twice an hour."""
    last = db.session.get(Watch, AUDIT)
    due = last is None or now - last.at >= timedelta(minutes=EVERY) or now < last.at
    db.session.rollback()
    return keep(now) if due else 0
