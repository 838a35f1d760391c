"""The one route through which steps are taken, as a page and as JSON."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for
from flask_login import current_user, login_required
from sqlalchemy import text

from app.clock import now
from app.db import db, release
from app.forms import Form
from app.htmx import answer_json, back_to, page, wants_json
from app.steps import shown
from app.steps.actions import take
from app.steps.forms import answers, form_for
from app.steps.openapi import document
from app.tasks import queries
from app.tasks.models import Task
from app.tasks.perform import offers
from app.tasks.refusals import NotYet, OutOfTurn
from workflows.grammar import Sentence, Step, say

bp = Blueprint("steps", __name__)
VERSION = "0.1.0"


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
    return page("steps/show.html", task=task, step=step, missing=missing, form=form_for(step, task))


@bp.post("/tasks/<int:task_id>/steps/<name>")
@login_required
def take_step(task_id: int, name: str) -> Any:
    """Take one step; every refusal keeps what was typed."""
    task = _found(task_id)
    step = task.workflow.step(name, task)
    if step is None:
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
        return page("steps/show.html", 422, task=task, step=step, missing=refusal.sentences, form=form)
    if wants_json():
        return answer_json(**shown.task(task, offers(task, current_user, now())))
    return back_to(page_of(task))


def _found(task_id: int) -> Task:
    task = queries.get(current_user, task_id)
    return task or abort(404)


def _offered(task: Task, name: str) -> tuple[Step, list[Sentence]]:
    offered = {step.name: (step, missing) for step, missing in offers(task, current_user, now())}
    return offered.get(name) or abort(409)


def _unfit(task: Task, step: Step, form: Form) -> Any:
    if wants_json():
        errors = {name: [str(e) for e in said] for name, said in form.errors.items() if name}
        return answer_json(422, error=str(form.form_errors[0]) if form.form_errors else "", fields=errors)
    return page("steps/show.html", 422, task=task, step=step, missing=[], form=form)


def _clash(task: Task, name: str, refusal: OutOfTurn) -> Any:
    """Both sides of a clash: what happened meanwhile, and everything that was typed."""
    if wants_json():
        raise refusal
    typed = {k: v for k, v in request.form.items() if k not in ("csrf_token", "seen") and v}
    release()
    fresh = _found(task.id)
    seen = request.form.get("seen", type=int)
    return page("steps/clash.html", 409, task=fresh, refusal=refusal, typed=typed, name=name,
                entries=queries.history(fresh)[-5:], seen=seen)  # fmt: skip


def page_of(task: Task) -> str:
    """The page of a task in its own room."""
    return url_for(f"{task.kind}s.show", **{f"{task.kind}_id": task.subject.id})


def own_page(task: Task, step: Step) -> str:
    """The page on which a room lets a step be taken."""
    return url_for(f"{step.through}.{step.name}", task_id=task.id)


@bp.get("/openapi.json")
def openapi() -> Any:
    """The OpenAPI document."""
    return answer_json(**document(VERSION))


@bp.get("/healthz")
def healthz() -> Any:
    """Whether the database answers; for proxies and for `make run`."""
    db.session.execute(text("SELECT 1"))
    return answer_json(state="ok", version=VERSION)
