"""What somebody typed into a form that met a clash: shown again, and ready to be sent again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from app.tasks.models import Task

OWN = {"csrf_token", "seen"}


@dataclass(frozen=True)
class Typed:
    """One field as it was sent: its name, what it is called, and every value it had."""

    name: str
    label: str
    value: str


def typed_again(task: Task, step_name: str) -> list[Typed]:
    """Everything that was sent, except what the form itself adds."""
    labels = {ask.name: ask.label for step in task.workflow.steps_called(step_name) for ask in step.asks}
    sent = [(name, value) for name in request.form for value in request.form.getlist(name) if name not in OWN]
    return [Typed(name, labels.get(name, name), value) for name, value in sent if value.strip()]
