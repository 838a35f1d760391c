"""A task's status as a shape, a word and a tone, by one written precedence, and its countdown.

The first line that fits is shown; what lies below it is true too, but less pressing:

1. ended    ✔ closed, or done in its own word; – withdrawn, dropped, refused
2. 退回 ↩   sent back by verification and not yet submitted again, late or not
3. 待定 ●   submitted: the unit's clock stands still, whoever decides is named by the state
4. 逾期 ▲   its day has passed
5. 临期 ◐   its day is at most `SOON` days ahead, today included
6. 未开始 ○ nobody has taken it on yet: a draft, or not yet acknowledged
7. 进行中 ● somebody is at it
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple, Protocol

from workflows.book import WORKFLOWS
from workflows.grammar import Sentence, say

SOON = 3  # calendar days; the usual yellow light of county ledgers
UNTOUCHED = frozenset({"draft", "issued", "recording", "writing", "planned", "asked"})


class Light(NamedTuple):
    """What is shown of a status; any one of the three would do alone."""

    shape: str
    word: Sentence
    tone: str


class Standing(Protocol):
    """What a light looks at: a task, or a row of a list with the same columns."""

    @property
    def kind(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def open(self) -> bool: ...
    @property
    def submitted_at(self) -> datetime | Literal[True] | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def returns(self) -> int: ...


RETURNED = Light("↩", say("Returned"), "returned")
LATE = Light("▲", say("Overdue"), "late")
NEAR = Light("◐", say("Due soon"), "soon")
UNTAKEN = Light("○", say("Not started"), "idle")
GOING = Light("●", say("In progress"), "going")
ENDED = {
    (kind, state.name): Light("✔" if state.tone == "done" else "–", say(state.label),
                              "done" if state.tone == "done" else "idle")
    for kind, workflow in WORKFLOWS.items() for state in workflow.states if state.is_end
}  # fmt: skip
DECIDING = {
    (kind, state.name): Light("●", say(state.label), "waiting")
    for kind, workflow in WORKFLOWS.items() for state in workflow.states if not state.is_end
}  # fmt: skip


def light(task: Standing, today: date) -> Light:
    """The most pressing thing that is true of `task` on that day."""
    if not task.open:
        return ENDED[task.kind, task.state]
    if task.submitted_at is not None:
        return DECIDING[task.kind, task.state]
    if task.returns:
        return RETURNED
    return _running(task, today)


def _running(task: Standing, today: date) -> Light:
    left = days_left(task, today)
    if left is not None and left < 0:
        return LATE
    if left is not None and left <= SOON:
        return NEAR
    return UNTAKEN if task.state in UNTOUCHED else GOING


def days_left(task: Standing, today: date) -> int | None:
    """Days of the calendar until its day, negative after it; None while its clock does not run."""
    runs = task.open and task.submitted_at is None and task.due_on is not None
    return (task.due_on - today).days if runs and task.due_on else None


def countdown(task: Standing, today: date) -> Sentence | None:
    """How long is left, in words, by the calendar; None while the clock does not run."""
    left = days_left(task, today)
    return None if left is None else in_words(left)


def in_words(left: int) -> Sentence:
    """Days as people say them; working days are not counted here."""
    if left < -1:
        return say("%(n)d days overdue", n=-left)
    near = {-1: say("1 day overdue"), 0: say("Due today"), 1: say("Due tomorrow")}
    return near.get(left) or say("%(n)d days left", n=left)
