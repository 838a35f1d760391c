"""Findings on a calendar of their own, and a clock that is turned by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.db import db, unit_of_work
from app.escalations.models import Climb
from app.escalations.sweeping import sweep
from app.findings.models import Finding
from app.tasks.entries import Entry, Listener
from app.tasks.models import Task
from tests import story
from tests.cast import Cast

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of 2026 on the county's clock; 18 September is a Friday, nothing is a holiday in this cast."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


def promised(cast: Cast, due: datetime | None = None, begun: datetime | None = None, **fields: Any) -> Finding:
    """A finding being put right since 1 September, due on Friday, 18 September."""
    due = due or at(9, 18)
    finding = story.rectifying(cast, at=begun or at(9, 1), deadline_on=due.date(), **fields)
    db.session.flush()
    return finding


def ticked(now: datetime) -> int:
    """The sweep as the ticker calls it, on what was written so far."""
    with unit_of_work():
        pass
    return sweep(now)


def spoken(task: Task) -> list[tuple[str, int]]:
    """Kind and days of the rungs that spoke, in the order in which they spoke."""
    rows = db.session.query(Climb).filter_by(task_id=task.id, outcome="spoke").order_by(Climb.id)
    return [(row.kind, row.days) for row in rows]


def outcomes(task: Task) -> dict[int, str]:
    """What became of each rung that came."""
    return {row.days: row.outcome for row in db.session.query(Climb).filter_by(task_id=task.id)}


def listeners(task: Task, step: str) -> set[str]:
    """Who was told by the last entry of that name."""
    last = db.session.query(Entry).filter_by(task_id=task.id, step=step).order_by(Entry.seq.desc()).first()
    assert last is not None, step
    return {row.person.login for row in db.session.query(Listener).filter_by(entry_id=last.id)}
