"""The one route through which steps are taken, as a page and as JSON."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request
from flask_login import current_user, login_required

from app.clock import now
from app.db import release
from app.forms import Form
from app.htmx import answer_json, back_to, page, wants_json
from app.steps import shown
from app.steps.actions import take
from app.steps.forms import answers, form_for
from app.steps.links import own_page, page_of
from app.steps.timeline import timeline
from app.steps.typed import seen_now, typed_again
from app.tasks import queries
from app.tasks.models import Task
from app.tasks.perform import offers
from app.tasks.refusals import NotYet, NotYours, OutOfTurn
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
    step, missing = _offered(task, name)
    if step.opens:
        return back_to(own_page(task, step))
    return _form_page(task, step, missing, seen_now(form_for(step, task), task))


@bp.post("/tasks/<int:task_id>/steps/<name>")
@login_required
def take_step(task_id: int, name: str) -> Any:
    """Take one step; every refusal keeps what was typed."""
    task = _found(task_id)
    step = task.workflow.step(name, task)
    if step is None:
        if not task.workflow.steps_called(name):
            abort(404)
        return _clash(task, name, OutOfTurn(say("This step is not possible any more.")))
    form = form_for(step, task)
    if not form.validate():
        return _unfit(task, step, form)
    return _taken(task, step, form)


def _taken(task: Task, step: Step, form: Form) -> Any:
    try:
        take(task, step.name, current_user, now=now(), seen=form.seen.data, **answers(step, form))
    except OutOfTurn as refusal:
        return _clash(task, step.name, refusal)
    except NotYet as refusal:
        if wants_json():
            raise
        return _form_page(_afresh(task), step, refusal.sentences, form, 422)
    if wants_json():
        return answer_json(**shown.task(task, offers(task, current_user, now())))
    return back_to(page_of(task))


def _form_page(task: Task, step: Step, missing: Any, form: Form, status: int = 200) -> Any:
    return page("steps/show.html", status, task=task, step=step, missing=missing, form=form, back=page_of(task))


def _found(task_id: int) -> Task:
    task = queries.get(current_user, task_id)
    return task or abort(404)


def _afresh(task: Task) -> Task:
    """The task as it is stored: what a refused step left behind in memory is dropped."""
    task_id = task.id
    release()
    return _found(task_id)


def _offered(task: Task, name: str) -> tuple[Step, list[Sentence]]:
    """The step if it is offered; otherwise whoever asks hears why not."""
    offered = {step.name: (step, missing) for step, missing in offers(task, current_user, now())}
    if name in offered:
        return offered[name]
    if not task.workflow.steps_called(name):
        abort(404)
    if task.workflow.step(name, task) is None:
        raise OutOfTurn(say("This step is not possible any more."))
    raise NotYours(say("Somebody else takes this step."))


def _unfit(task: Task, step: Step, form: Form) -> Any:
    if wants_json():
        errors = {name: [str(e) for e in said] for name, said in form.errors.items() if name}
        return answer_json(422, error=str(form.form_errors[0]) if form.form_errors else "", fields=errors)
    return _form_page(task, step, [], form, 422)


def _clash(task: Task, name: str, refusal: OutOfTurn) -> Any:
    """Both sides of a clash: what happened meanwhile, and everything that was typed."""
    if wants_json():
        raise refusal
    fresh = _afresh(task)
    step = fresh.workflow.step(name, fresh)
    form = seen_now(form_for(step, fresh), fresh) if step else None
    return page("steps/clash.html", 409, task=fresh, refusal=refusal, form=form, typed=typed_again(fresh, name),
                label=fresh.workflow.steps_called(name)[0].label, again=request.path, back=page_of(fresh),
                happened=timeline(fresh, queries.history(fresh))[:5])  # fmt: skip
