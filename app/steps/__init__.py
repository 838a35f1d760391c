"""Steps on the web: forms from what a step asks, and the one route through which steps are taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from workflows.book import WORKFLOWS


class Action(Protocol):
    """A room's own way to take a step: it calls the door and adds its record."""

    def __call__(self, subject: Any, actor: Any, *, now: datetime, seen: int | None, **given: Any) -> None: ...


class ActionForAll(Protocol):
    """A room's way to take a step of many tasks: for each the refusal, or None where it went out."""

    def __call__(self, tasks: Sequence[Any], actor: Any, *, now: datetime) -> list[Any]: ...


_for_all: dict[tuple[str, str], ActionForAll] = {}
_actions: dict[tuple[str, str], Action] = {}


def through(kind: str, *names: str) -> Callable[[Any], Any]:
    """Register a room's action for steps of `kind`."""

    def register(action: Action) -> Action:
        for name in names:
            _actions[kind, name] = action
        return action

    return register


def all_through(kind: str, name: str) -> Callable[[Any], Any]:
    """Register a room's action for a step of many tasks of `kind` at once."""

    def register(action: ActionForAll) -> ActionForAll:
        _for_all[kind, name] = action
        return action

    return register


def action_for_all(kind: str, name: str) -> ActionForAll:
    """The room's action for that step of many tasks."""
    return _for_all[kind, name]


def goes_together(kind: str, name: str) -> bool:
    """Whether a room takes that step with many tasks at once."""
    return (kind, name) in _for_all


def action_for(kind: str, name: str) -> Action | None:
    """The room's action for that step, if it has one."""
    return _actions.get((kind, name))


def unserved() -> list[tuple[str, str]]:
    """Steps that name a room, ask here, and have no action: the house is not complete."""
    rows = ((w.kind, step) for w in WORKFLOWS.values() for step in w.steps)
    return [(kind, s.name) for kind, s in rows if s.through and not s.opens and (kind, s.name) not in _actions]
