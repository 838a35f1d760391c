"""The door for many at once: each by its rules, all of them written together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from app.db import db
from app.tasks import waiting
from app.tasks.models import Task
from app.tasks.perform import admitted, change
from app.tasks.record import line_of, record_all
from app.tasks.refusals import OutOfTurn, Refused
from app.tasks.sending import give_up
from app.tasks.standing import Actor, Standing
from workflows.grammar import Step, say
from workflows.roles import Role


def begin_all(subjects: Sequence[Any], actor: Actor, *, now: datetime, facts: dict[str, Any] | None = None) -> None:
    """Open many new tasks; they are written together and not one after the other."""
    if not subjects:
        return
    db.session.flush()
    tasks, stands = [subject.task for subject in subjects], Standing(Role.INSPECTOR)
    with db.session.no_autoflush:
        waits = [waiting.coming(task, now) for task in tasks]
        lines = [line_of(task, "begin", actor, stands, now, from_state=None, facts=facts or {}) for task in tasks]
        record_all(tasks, lines, None, actor)
    waiting.start_all(waits)


def perform_all(
    subjects: Sequence[Any], step_name: str, actor: Actor, *, now: datetime, through: str | None = None,
    ready: Callable[[Any], None],
) -> list[Refused | None]:  # fmt: skip
    """Take one step without words with many, each by the rules of `perform`, and write them together.

    `ready` prepares one of them in memory, and may refuse too. Whatever is refused stays as it is and holds up nothing.
    """
    refusals: list[Refused | None] = []
    moves: list[_Move] = []
    with db.session.no_autoflush:
        for subject in subjects:
            try:
                ready(subject)
                moves.append(_move(subject.task, step_name, actor, now, through))
                refusals.append(None)
            except Refused as refusal:
                give_up(subject.task)
                refusals.append(refusal)
        if moves:
            record_all([move.task for move in moves], [move.line for move in moves], moves[0].step, actor)
    waiting.end_all([move.task for move in moves], step_name, now)
    waiting.start_all(move.wait for move in moves)
    return refusals


class _Move(NamedTuple):
    """One step of many, taken in memory."""

    task: Task
    step: Step
    line: dict[str, Any]
    wait: dict[str, Any] | None


def _move(task: Task, step_name: str, actor: Actor, now: datetime, through: str | None) -> _Move:
    before = task.state
    step, case, stands = admitted(task, step_name, actor, now, through=through)
    if not step.to or step.to == before or task.workflow.state(step.to).is_end:
        raise OutOfTurn(say("This step is taken one by one."))
    facts = change(step, case)
    wait = waiting.coming(task, now)
    line = line_of(task, step.name, actor, stands, now, from_state=before, facts=facts)
    return _Move(task, step, line, wait)
