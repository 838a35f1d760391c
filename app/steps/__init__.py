"""Steps on the web: forms from what a step asks, and the one route through which steps are taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from workflows.book import WORKFLOWS


class Action(Protocol):
    """A room's own way to take a step: it calls the door and adds its record."""

    def __call__(self, subject: Any, actor: Any, *, now: datetime, seen: int | None, **given: Any) -> None: ...


_actions: dict[tuple[str, str], Action] = {}


def through(kind: str, *names: str) -> Callable[[Any], Any]:
    """Register a room's action for steps of `kind`."""

    def register(action: Action) -> Action:
        for name in names:
            _actions[kind, name] = action
        return action

    return register


def action_for(kind: str, name: str) -> Action | None:
    """The room's action for that step, if it has one."""
    return _actions.get((kind, name))


def unserved() -> list[tuple[str, str]]:
    """Steps that name a room, ask here, and have no action: the house is not complete."""
    rows = ((w.kind, step) for w in WORKFLOWS.values() for step in w.steps)
    return [(kind, s.name) for kind, s in rows if s.through and not s.opens and (kind, s.name) not in _actions]
