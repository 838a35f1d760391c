"""Trying a change on a room's own page: every refusal comes back with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import abort, request
from flask_login import current_user
from sqlalchemy import inspect

from app.db import release
from app.forms import Form
from app.htmx import page, wants_json
from app.steps.links import page_of
from app.steps.timeline import timeline
from app.steps.typed import typed_again
from app.tasks import queries
from app.tasks.models import Task
from app.tasks.refusals import NotYet, OutOfTurn
from workflows.grammar import Sentence


def attempt(
    task: Task, name: str, form: Form, act: Callable[[], Any], *,
    unfit: Callable[[Sequence[Sentence]], Any], done: Callable[[], Any],
) -> Any:  # fmt: skip
    """Do `act`; `done` answers when it went through, `unfit` when something is missing."""
    try:
        act()
    except OutOfTurn as refusal:
        return clash(task, name, refusal, form)
    except NotYet as refusal:
        if wants_json():
            raise
        return unfit(refusal.sentences)
    return done()


def clash(task: Task, name: str, refusal: OutOfTurn, form: Form | None) -> Any:
    """Both sides of a clash: what happened meanwhile, and everything that was typed."""
    if wants_json():
        raise refusal
    fresh = afresh(task)
    typed = typed_again(fresh, name, form)
    if form is not None and fresh.workflow.step(name, fresh) is None:
        form = None
    if form is not None:
        form.seen.data, form.seen.raw_data = fresh.version, None
    return page("steps/clash.html", 409, task=fresh, refusal=refusal, form=form, typed=typed,
                label=fresh.workflow.steps_called(name)[0].label, again=request.path, back=page_of(fresh),
                happened=timeline(fresh, queries.history(fresh))[:5])  # fmt: skip


def afresh(task: Task) -> Task:
    """The task as it is stored: what a refused step left behind in memory is dropped."""
    key = inspect(task).identity  # after a lost race the row itself cannot be read before the release
    task_id = key[0] if key else task.id
    release()
    return queries.get(current_user, task_id) or abort(404)
