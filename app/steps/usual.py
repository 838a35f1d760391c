"""What somebody usually answers to a question of the law: filled in where she is asked, and hers to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from app.tasks.models import Task
from workflows.grammar import Ask

Proposed = Callable[[Task, Any], str]
_proposed: dict[str, Proposed] = {}


def proposes(name: str) -> Callable[[Proposed], Proposed]:
    """Register who knows the usual answer to the question of that name."""

    def register(proposed: Proposed) -> Proposed:
        _proposed[name] = proposed
        return proposed

    return register


def usual(task: Task, asks: Iterable[Ask], viewer: Any) -> dict[str, str]:
    """Her usual answers to those of the questions that have one."""
    return {name: _proposed[name](task, viewer) for name in {ask.name for ask in asks} if name in _proposed}
