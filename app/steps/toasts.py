"""What the next page says of a light step just taken: one sentence, and a button that undoes it."""

from __future__ import annotations

from typing import Any

from app.htmx import offer_to_undo
from app.tasks import undoing
from app.tasks.models import Task


def toast(task: Task, step: str, actor: Any) -> None:
    """Offer to undo `step`, where that can be undone."""
    entry = undoing.latest(task, actor, step)
    if entry is not None:
        offer_to_undo(undoing.said(entry).message, entry.id)
