"""Orders about many rows of the ledger: one for each pair of hands; what is left out says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.db import release, whole
from app.orders import queries
from app.orders.actions import send
from app.orders.addressing import Letter, Sheet, sheets, signing
from app.orders.models import Order
from app.people.models import Person
from app.tasks.models import Task
from app.tasks.refusals import Refused
from workflows.grammar import Sentence, say

MOST = 50  # matters in one go


@dataclass(frozen=True)
class Plan:
    """The orders that would go out, and what would not be put under one."""

    sheets: list[Sheet]
    left: list[tuple[Task, Sentence]]


def plan(viewer: Person, tasks: Sequence[Task], looked_at: Sequence[str] | None = None) -> Plan:
    """Those tasks by the hands they lie in; `looked_at` are the rows as they were confirmed."""
    under = queries.under_order(viewer, [task.id for task in tasks])
    left = {task.id: why for task in tasks if (why := _obstacle(viewer, task, under))}
    found = sheets(task for task in tasks if task.id not in left)
    if looked_at is not None:
        moved = {task.id for sheet in found for task in sheet.tasks if sheet.key(task) not in looked_at}
        left |= dict.fromkeys(moved, say("It came into other hands meanwhile; look at it again."))
        found = sheets(task for sheet in found for task in sheet.tasks if task.id not in moved)
    return Plan(found, [(task, left[task.id]) for task in tasks if task.id in left])


def _obstacle(viewer: Person, task: Task, under: dict[int, str]) -> Sentence | None:
    if not task.open or task.issued_at is None:
        return say("This step is not possible now; it stands at: %(state)s.",
                   state=say(task.workflow.state(task.state).label))  # fmt: skip
    if signing(viewer, [task]) is None:
        return say("A leader above the unit signs this; an inspector may draft it.")
    if task.id in under:
        return say("The order %(number)s about it is not settled yet.", number=under[task.id])
    return None


def send_all(plan: Plan, form: Any, actor: Person, *, now: datetime) -> tuple[list[Order], list[tuple[Task, Sentence]]]:
    """Send each by itself; one that is refused is left as it was and does not stop the rest.

    Almost never is one refused, and parts that can be taken back cost thrice as much: they come with the second try.
    """
    try:
        return [_sent(sheet, form, actor, now) for sheet in plan.sheets], list(plan.left)
    except Refused:
        release()
        return _send_those_that_go(plan, form, actor, now)


def _send_those_that_go(plan: Plan, form: Any, actor: Person, now: datetime
                        ) -> tuple[list[Order], list[tuple[Task, Sentence]]]:  # fmt: skip
    sent, left = [], list(plan.left)
    for sheet in plan.sheets:
        try:
            with whole():
                sent.append(_sent(sheet, form, actor, now))
        except Refused as refusal:
            left += [(task, refusal.sentences[0]) for task in sheet.tasks]
    return sent, left


def _sent(sheet: Sheet, form: Any, actor: Person, now: datetime) -> Order:
    letter: Letter = form.letter(sheet.unit, sheet.post)
    return send(letter, sheet.tasks, actor, now=now)
