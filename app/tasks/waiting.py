"""Waits: whom a task waits on, since when and until when; one is open for every open task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.calendars.queries import calendar_kept
from app.clock import day_of, end_of
from app.db import table_of
from app.pouring import Ready
from app.tasks import clocks
from app.tasks.models import Party, Task, Wait
from app.tasks.standing import parties_now
from workflows.book import WORKFLOWS
from workflows.calendar import Calendar, add_working_days
from workflows.grammar import Within
from workflows.roles import Role

# Put together once: every step that moves a task sends the first two.
WAITS = table_of(Wait)
HANDS = ("unit_id", "post", "person_id")
START = Ready(sa.insert(WAITS), ("task_id", "state", "level", "role", "started_at", "until", *HANDS))
OPEN = sa.update(WAITS).where(WAITS.c.task_id == sa.bindparam("of"), WAITS.c.ended_at.is_(None))
END = Ready(OPEN.values(ended_at=sa.bindparam("ended_at"), outcome=sa.bindparam("outcome")))
UNITS_OWN = (Role.OWNER, Role.HEAD)
HAND_OVER = Ready(OPEN.values({name: sa.bindparam(name) for name in HANDS}))


def coming(task: Task, now: datetime) -> dict[str, Any] | None:
    """The wait of the state the task has come to; its alarm is set."""
    state, allowed = task.workflow.state(task.state), clocks.within(task)
    if state.waits_on is None or allowed is None:
        task.alarm_at = None
        return None
    task.alarm_at = now  # the tick looks at once and says when it looks again
    return {
        "task_id": task.id, "state": task.state, "level": task.level, "role": state.waits_on,
        "started_at": now, "until": until(task, allowed, now), **_hands(holder(task, state.waits_on)),
    }  # fmt: skip


def start(wait: dict[str, Any] | None) -> None:
    """Begin that wait."""
    if wait is not None:
        START.send(wait)


def end(task: Task, outcome: str, now: datetime) -> None:
    """End the open wait with the step that ended it."""
    END.send({"of": task.id, "ended_at": now, "outcome": outcome})


def start_all(waits: Iterable[dict[str, Any] | None]) -> None:
    """Begin all of them."""
    START.send_all([wait for wait in waits if wait is not None])


def end_all(tasks: Sequence[Task], outcome: str, now: datetime) -> None:
    """End the open wait of each with the step that ended it."""
    END.send_all([{"of": task.id, "ended_at": now, "outcome": outcome} for task in tasks])


def hand_over(task: Task) -> None:
    """The same wait in other hands: reassigning does not start the clock anew."""
    role = task.workflow.state(task.state).waits_on
    if role is not None:
        HAND_OVER.send({"of": task.id, **_hands(holder(task, role))})


def reckon_again(task: Task) -> None:
    """The due date moved: the open wait follows it."""
    wait, allowed = task.current_wait, clocks.within(task)
    if wait is not None and allowed is not None:
        wait.until = until(task, allowed, wait.started_at)
        task.alarm_at = wait.started_at


def holder(task: Task, role: Role) -> Party | None:
    """The party it waits on in that role: a named person before a post, the latest before earlier ones."""
    parties = parties_now(task, role) or (parties_now(task, Role.HEAD) if role is Role.OWNER else [])
    return next(iter(sorted(parties, key=lambda p: (p.person_id is None, -(p.id or 10**12)))), None)


def _hands(party: Party | None) -> dict[str, object]:
    if party is None:
        return {"unit_id": None, "post": None, "person_id": None}
    return {"unit_id": party.unit_id, "post": party.post, "person_id": party.person_id}


def until(task: Any, within: Within, since: datetime, calendar: Calendar | None = None) -> datetime | None:
    """When a wait ends: its own days, but before submission never later than the unit's due date.

    Whoever is handed it after that date is given her own days: the unit is late, not she.
    """
    own, due = _own_end(task, within, since, calendar), end_of(task.due_on) if task.due_on else None
    counts = due is not None and task.submitted_at is None and task.issued_at is not None
    if due and due < since and WORKFLOWS[task.kind].state(task.state).waits_on not in UNITS_OWN:
        counts = False
    return min((moment for moment in (own, due if counts else None) if moment is not None), default=None)


def _own_end(task: Any, within: Within, since: datetime, calendar: Calendar | None) -> datetime | None:
    day = day_of(since)
    if within.unit == "due":
        return end_of(task.due_on) if task.due_on else None
    if within.unit == "calendar":
        return end_of(day + timedelta(days=within.days))
    return end_of(add_working_days(calendar or calendar_kept(), day, within.days))
