"""What somebody may well answer to a question of the law: filled in or offered where she is asked, hers to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from app.tasks.models import Task
from workflows.grammar import Ask, Sentence


@dataclass(frozen=True)
class Likely:
    """One answer that may be meant: its value, what it means, and why it is thought of."""

    value: str
    text: str
    why: Sentence


Proposed = Callable[[Task, Any], Any]
Suggested = Callable[[Task, Any], list[Likely]]
_proposed: dict[str, Proposed] = {}
_suggested: dict[str, Suggested] = {}


def proposes(name: str) -> Callable[[Proposed], Proposed]:
    """Register who knows the usual answer to the question of that name."""

    def register(proposed: Proposed) -> Proposed:
        _proposed[name] = proposed
        return proposed

    return register


def usual(task: Task, asks: Iterable[Ask], viewer: Any) -> dict[str, Any]:
    """Her usual answers to those of the questions that have one."""
    known = {name: _proposed[name](task, viewer) for name in {ask.name for ask in asks} if name in _proposed}
    return {name: answer for name, answer in known.items() if answer}


def suggests(name: str) -> Callable[[Suggested], Suggested]:
    """Register who knows likely answers to the question of that name."""

    def register(suggested: Suggested) -> Suggested:
        _suggested[name] = suggested
        return suggested

    return register


def likely(task: Task, asks: Iterable[Ask], viewer: Any) -> dict[str, list[Likely]]:
    """Likely answers to those of the questions that have some."""
    return {name: _suggested[name](task, viewer) for name in [ask.name for ask in asks] if name in _suggested}
