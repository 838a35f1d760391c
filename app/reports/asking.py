"""Which long-term findings owe a report for this month."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.clock import day_of
from app.db import db, unit_of_work
from app.findings.models import Finding
from app.reports.actions import ask_for
from app.reports.models import Report
from app.tasks.models import Task


def owed(period: str) -> list[int]:
    """Ids of long-term findings being put right that nobody was asked to report on in `period`."""
    asked = select(Report.finding_id).where(Report.period == period)
    owing = (
        select(Finding.id)
        .join(Finding.task)
        .where(Task.open, Task.track == "long_term", Task.state == "rectifying", Finding.id.not_in(asked))
    )
    return list(db.session.scalars(owing.order_by(Finding.id)))


def ask_for_this_month(now: datetime) -> int:
    """Ask for every report owed this month, each in a transaction of its own; returns how many."""
    month = day_of(now)
    owing = owed(month.strftime("%Y-%m"))
    db.session.rollback()
    return sum(_asked(finding_id, now) for finding_id in owing)


def _asked(finding_id: int, now: datetime) -> bool:
    try:
        with unit_of_work():
            ask_for(db.session.get_one(Finding, finding_id), day_of(now), now=now)
    except IntegrityError:  # another ticker asked first
        return False
    return True
