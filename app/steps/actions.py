"""Taking a step, whichever room keeps its record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.steps import action_for
from app.tasks.models import Task
from app.tasks.perform import perform


def take(task: Task, name: str, actor: Any, *, now: datetime, seen: int | None = None, **given: Any) -> None:
    """Take the step through its room's action where it has one, otherwise straight through the door."""
    step = task.workflow.step(name, task)
    action = action_for(task.kind, name) if step and step.through else None
    if action is None:
        perform(task, name, actor, now=now, seen=seen, **given)
    else:
        action(task.subject, actor, now=now, seen=seen, **given)
