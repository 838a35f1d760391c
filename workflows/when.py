"""For which tasks a row of the law exists at all: its track, its level, what was proposed."""

from __future__ import annotations

from typing import Any


def is_immediate(task: Any) -> bool:
    """Put right at once: no plan is asked for 立行立改."""
    return bool(task.track == "immediate")


def is_planned(task: Any) -> bool:
    """By a deadline or long-term: measures are planned and reviewed."""
    return not is_immediate(task)


def is_last_level(task: Any) -> bool:
    """No level of verification comes after this one."""
    return bool(task.level >= task.levels)


def has_levels_left(task: Any) -> bool:
    """Another level verifies after this one."""
    return not is_last_level(task)


def is_to_be_withdrawn(task: Any) -> bool:
    """Somebody proposed to withdraw it."""
    return task.withdrawal_by_id is not None


def is_to_stay(task: Any) -> bool:
    """Nobody proposed to withdraw it."""
    return task.withdrawal_by_id is None


def signs_itself(task: Any) -> bool:
    """Its unit has an account of its own, so that somebody there acknowledges."""
    return task.unit is None or bool(task.unit.has_account)
