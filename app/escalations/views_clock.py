"""The clock of one task, explained; whoever holds it takes note there."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.clock import now
from app.escalations import actions
from app.escalations.explaining import Clock, clock
from app.escalations.looking import house
from app.escalations.views import bp
from app.forms import only_a_button
from app.htmx import answer_json, back_to, page, wants_json
from app.steps.links import page_of
from app.tasks import queries as tasks
from app.tasks.models import Task
from app.words import told
from workflows.rungs import LABELS


@bp.get("/tasks/<int:task_id>/clock")
@login_required
def explain(task_id: int) -> Any:
    """Why its dates are what they are, what was said, and what comes next."""
    task = _found(task_id)
    shown = clock(task, now())
    if wants_json():
        return answer_json(**_as_json(task, shown))
    climb = actions.to_acknowledge(task)
    may = climb is not None and actions.may_acknowledge(task, current_user)
    return page("escalations/clock.html", task=task, clock=shown, back=page_of(task), may=may, climb=climb,
                days=actions.HOLDS, kinds=LABELS)  # fmt: skip


def _as_json(task: Task, shown: Clock) -> dict[str, Any]:
    return {
        "number": task.number, "due_on": task.due_on.isoformat() if task.due_on else None,
        "dates": [{"on": due["on"].isoformat(), "why": told(due["why"]), "who": due["who"]} for due in shown.dates],
        "climbed": [{"kind": told(one["kind"]), "outcome": told(one["outcome"]), "due_at": one["due_at"].isoformat(),
                     "fired_at": one["fired_at"].isoformat(), "caught_up": one["caught_up"]} for one in shown.climbed],
        "coming": [{"kind": told(one["kind"]), "at": one["at"].isoformat()} for one in shown.coming],
        "reason": told(shown.reason) if shown.reason else None,
    }  # fmt: skip


@bp.post("/tasks/<int:task_id>/aware")
@login_required
def aware(task_id: int) -> Any:
    """已知悉: she has heard; the machine waits a little, the deadline stays."""
    task = _found(task_id)
    only_a_button()
    climb = actions.acknowledge(task, current_user, house(now()), now=now())
    if wants_json():
        return answer_json(held_until=climb.held_until.isoformat() if climb.held_until else None)
    flash(_("Noted. Nothing is urged again for three working days; the deadline stays."))
    return back_to(url_for(".explain", task_id=task.id))


def _found(task_id: int) -> Task:
    return tasks.get(current_user, task_id) or abort(404)
