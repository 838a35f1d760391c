"""What an order says before anybody changed a word: true of every matter it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app.clock import day_of
from app.tasks.lights import countdown, days_left
from app.tasks.models import Task
from workflows.grammar import Sentence, say

# Past the date to put it right; past the time for the present step only; in time, but of weight.
OVERDUE, WAITED, RUNNING = "overdue", "waited", "running"
DEMANDS: dict[tuple[str, str], Any] = {
    ("order", OVERDUE): _l(
        "These matters are past their date. Find out why, say who answers for them, put them right within the "
        "time limit and answer in writing."
    ),
    ("order", WAITED): _l(
        "These matters have waited longer than their present step allows. Find out why, say who answers for them, "
        "act on them within the time limit and answer in writing."
    ),
    ("order", RUNNING): _l(
        "Give these matters priority: say who answers for them, put them right within the time limit and answer in "
        "writing."
    ),
    ("circular", ""): _l(
        "Compare your work with this circular, find the causes, put the matters right within the time limit and "
        "explain yourselves in writing."
    ),
    ("talk", OVERDUE): _l(
        "These matters were urged and are still not put right; a talk is held about them. Prepare an explanation in "
        "writing."
    ),
    ("talk", WAITED): _l(
        "These matters were urged and nobody acted on them in time; a talk is held about them. Prepare an "
        "explanation in writing."
    ),
    ("talk", RUNNING): _l("A talk is held about these matters. Prepare an explanation in writing."),
}


def demand(kind: str, tasks: Sequence[Task], now: datetime) -> Any:
    """What is demanded: nothing is called overdue that is not."""
    ways = {_standing(task, now) for task in tasks} or {OVERDUE}
    whole = RUNNING if RUNNING in ways else WAITED if WAITED in ways else OVERDUE
    return DEMANDS.get((kind, whole)) or DEMANDS[kind, ""]


def lateness(task: Task, now: datetime) -> Sentence | None:
    """How late it is: by its date, or else by the time of the step that it waits in; otherwise how long is left."""
    wait = task.current_wait
    if _standing(task, now) != WAITED or wait is None or wait.until is None:
        return countdown(task, day_of(now))
    state = say(task.workflow.state(task.state).label)
    return say("%(state)s, whose time ended on %(on)s", state=state, on=day_of(wait.until).isoformat())


def _standing(task: Task, now: datetime) -> str:
    left, wait = days_left(task, day_of(now)), task.current_wait
    if left is not None and left < 0:
        return OVERDUE
    return WAITED if wait is not None and wait.until is not None and wait.until < now else RUNNING
