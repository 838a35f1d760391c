"""What somebody typed into a form that met a clash: shown again, and ready to be sent again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from app.forms import Form
from app.tasks.models import Task

OWN = {"csrf_token", "seen"}


@dataclass(frozen=True)
class Typed:
    """One field as it was sent: its name, what it is called, and every value it had."""

    name: str
    label: str
    value: str


def typed_again(task: Task, step_name: str, form: Form | None = None) -> list[Typed]:
    """Everything that was sent, except what the form itself adds; in the words of the form where there is one."""
    labels = {ask.name: ask.label for step in task.workflow.steps_called(step_name) for ask in step.asks}
    sent = [(name, value) for name in request.form for value in request.form.getlist(name) if name not in OWN]
    return [_typed(form, labels, name, value) for name, value in sent if value.strip()]


def _typed(form: Form | None, labels: Mapping[str, str], name: str, value: str) -> Typed:
    field = form[name] if form is not None and name in form else None
    if field is None:
        return Typed(name, labels.get(name, name), value)
    choices = {str(one.value): str(one.label) for one in field.iter_choices()} if hasattr(field, "iter_choices") else {}
    return Typed(name, str(field.label.text), choices.get(value, value))
