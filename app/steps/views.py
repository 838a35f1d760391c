"""The one route through which steps are taken, as a page and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request
from flask_login import current_user, login_required

from app.clock import now
from app.evidence import looking
from app.forms import Form
from app.htmx import answer_json, back_to, inside, page, wants_json
from app.steps import shown, usual
from app.steps.actions import take
from app.steps.attempts import afresh, attempt, clash
from app.steps.forms import answers, form_for
from app.steps.links import own_page, page_of
from app.steps.offering import must_be_hers, must_be_offered
from app.steps.toasts import toast
from app.steps.unfit import unfit
from app.tasks import queries
from app.tasks.models import Task
from app.tasks.perform import offers
from app.tasks.refusals import OutOfTurn
from workflows.grammar import Sentence, Step, say

bp = Blueprint("steps", __name__)


@bp.get("/tasks/<int:task_id>")
@login_required
def show(task_id: int) -> Any:
    """The task with its offers as JSON; a browser goes on to its room's page."""
    task = _found(task_id)
    if wants_json():
        return answer_json(**shown.task(task, offers(task, current_user, now())))
    return back_to(page_of(task))


@bp.get("/tasks/<int:task_id>/steps/<name>")
@login_required
def ask(task_id: int, name: str) -> Any:
    """The form of one step on a page of its own, for those without scripts."""
    task = _found(task_id)
    if not task.workflow.steps_called(name):
        abort(404)
    step, missing = must_be_offered(task, name, current_user, now())
    if step.opens:
        return back_to(own_page(task, step))
    likely = usual.likely(task, step.asks, current_user)
    picked = {name: request.args[name] for name in likely if name in request.args}
    form = form_for(step, task, data=usual.usual(task, step.asks, current_user) | picked)
    form.seen.data = task.version
    return page("steps/show.html", task=task, step=step, missing=missing, form=form, likely=likely, back=page_of(task))


@bp.post("/tasks/<int:task_id>/steps/<name>")
@login_required
def take_step(task_id: int, name: str) -> Any:
    """Take one step; every refusal keeps what was typed."""
    task = seen_to(_found(task_id))
    step = task.workflow.step(name, task)
    if step is None:
        if not task.workflow.steps_called(name):
            abort(404)
        return clash(task, name, OutOfTurn(say("This step is not possible any more.")), None)
    must_be_hers(task, name, current_user)
    form = form_for(step, task)
    if not form.validate():
        return _unfit(task, step, form)
    return _taken(task, step, form)


def _taken(task: Task, step: Step, form: Form) -> Any:
    given = answers(step, form)
    return attempt(
        task, step.name, form,
        lambda: take(task, step.name, current_user, now=now(), seen=form.seen.data, **given),
        unfit=lambda missing: _unfit(afresh(task), step, form, missing),
        done=lambda: _done(task, step.name),
    )  # fmt: skip


def _done(task: Task, step: str) -> Any:
    if wants_json():
        return answer_json(**shown.task(task, offers(task, current_user, now())))
    toast(task, step, current_user)
    wanted = request.args.get("back")
    return back_to(inside(wanted) if wanted else page_of(task))


def seen_to(task: Task) -> Task:
    """The task, once its evidence and that of its measures was looked at: a step may rest on it."""
    task_id = task.id
    looked = looking.catch_up(lambda: [task_id, *(one.task_id for one in getattr(task.subject, "measures", ()))])
    return _found(task_id) if looked else task


def _found(task_id: int) -> Task:
    return queries.get(current_user, task_id) or abort(404)


def _unfit(task: Task, step: Step, form: Form, missing: Sequence[Sentence] = ()) -> Any:
    return unfit(form, "steps/show.html", missing, task=task, step=step, back=page_of(task))


# The room's further pages hang themselves into the same blueprint.
from app.steps import views_undo  # noqa: E402, F401
