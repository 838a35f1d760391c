"""Where a task, and each of its steps, is found on the web."""

from __future__ import annotations

from flask import current_app, url_for

from app.tasks.models import Task
from workflows.grammar import Step


def page_of(task: Task) -> str:
    """The page of a task in its own room."""
    return url_for(f"{task.kind}s.show", **{f"{task.kind}_id": task.subject.id})


def step_page(task: Task, step: Step) -> str:
    """Where a step is taken: on its room's page where it has one, otherwise on the form built from what it asks."""
    return own_page(task, step) if step.opens else url_for("steps.ask", task_id=task.id, name=step.name)


def own_page(task: Task, step: Step) -> str:
    """The page on which a room lets a step be taken."""
    return url_for(endpoint_of(step), task_id=task.id)


def endpoint_of(step: Step) -> str:
    """The name under which a room hangs in its page for a step."""
    return f"{step.through}.{step.name}"


def is_served(step: Step) -> bool:
    """Whether the house has the page that the step opens."""
    return not step.opens or endpoint_of(step) in current_app.view_functions
