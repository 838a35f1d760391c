"""The page of a monthly progress report."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort
from flask_login import current_user, login_required

from app.clock import now, today
from app.evidence.actions_erasing import may_propose
from app.htmx import answer_json, page, wants_json
from app.reports import queries
from app.steps import shown
from app.steps.links import page_of
from app.steps.offering import offered
from app.steps.timeline import timeline
from app.steps.waiting_on import holder_of
from app.tasks import queries as tasks
from app.tasks.lights import countdown, light
from app.tasks.perform import offers

bp = Blueprint("reports", __name__)


@bp.get("/reports/<int:report_id>")
@login_required
def show(report_id: int) -> Any:
    """What was reached in one month, and whether it was read."""
    report = queries.get(current_user, report_id) or abort(404)
    task = report.task
    if wants_json():
        of_task = shown.task(task, offers(task, current_user, now()))
        return answer_json(**of_task, report_id=report.id, finding=report.finding.task.number, period=report.period,
                           text=report.text, percent=report.percent)  # fmt: skip
    return page(
        "reports/show.html", report=report, task=task, back=page_of(report.finding.task), holder=holder_of(task),
        light=light(task, today()), countdown=countdown(task, today()), offers=offered(task, current_user, now()),
        happened=timeline(task, tasks.history(task)), erases=may_propose(task, current_user),
    )  # fmt: skip
