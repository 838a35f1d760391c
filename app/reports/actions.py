"""Monthly progress reports: asked for each month, written, read and filed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import Any

from app.clock import day_of
from app.db import db
from app.findings.models import Finding
from app.reports.models import Report
from app.steps import through
from app.tasks.erasing import says
from app.tasks.models import Party, Task
from app.tasks.perform import begin, perform
from app.tasks.reschedule import reschedule
from app.tasks.standing import CLOCK
from workflows.roles import Role

says("report", "text")
TO_PUT_RIGHT_AGAIN_DAYS = 5


def ask_for(finding: Finding, month: date, *, now: datetime) -> Report:
    """Ask the owner for the report of the month in which `month` lies, due on its last day."""
    of, period = finding.task, month.strftime("%Y-%m")
    task = Task(
        kind="report", number=f"{of.number}-J{period.replace('-', '')}", title=of.title, folded=of.folded,
        state="writing", unit=of.unit, unit_id=of.unit_id, unit_path=of.unit_path, parent=of,
        issuer_unit_id=of.issuer_unit_id, owner_id=of.owner_id, created_at=now, issued_at=now,
        parties=[
            Party(role=role, unit_id=p.unit_id, post=p.post, person_id=p.person_id, since=now)
            for role in (Role.OWNER, Role.HEAD, Role.REVIEWER) for p in of.parties_as(role)
        ],
    )  # fmt: skip
    report = Report(task=task, finding=finding, period=period)
    db.session.add(report)
    begin(report, CLOCK, now=now)
    reschedule(task, last_day(month), "planned")
    return report


def last_day(month: date) -> date:
    """The last day of the month in which `month` lies."""
    return month.replace(day=monthrange(month.year, month.month)[1])


@through("report", "ask_again")
def ask_again(report: Report, actor: Any, *, now: datetime, seen: int | None = None, reason: str) -> None:
    """Back to the owner, with days enough to write it again."""
    perform(report, "ask_again", actor, now=now, seen=seen, through="reports", reason=reason)
    today = day_of(now)
    again = date.fromordinal(today.toordinal() + TO_PUT_RIGHT_AGAIN_DAYS)
    if report.task.due_on is None or report.task.due_on < again:
        reschedule(report.task, again, "returned")
