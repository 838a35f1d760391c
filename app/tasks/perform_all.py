"""The door for many at once: each by its rules, all of them written together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from app.db import db
from app.pouring import ids_for, pour, usual
from app.tasks import waiting
from app.tasks.entries import Entry, sealing
from app.tasks.models import Party, Task, Wait
from app.tasks.perform import admitted, change
from app.tasks.record import line_of, record_all, sorted_out
from app.tasks.refusals import OutOfTurn, Refused
from app.tasks.sending import give_up
from app.tasks.standing import Actor, Standing
from workflows.grammar import Step, say
from workflows.roles import Role


def begin_all(tasks: Sequence[dict[str, Any]], parties: Sequence[Party], actor: Actor, *, now: datetime) -> list[int]:
    """Open many new tasks, given as rows, each with the same parties; returns their ids.

    They go past the session, everything of a kind together: ten thousand hold the database up for seconds.
    """
    ids, stands = ids_for(Task, len(tasks)), Standing(Role.INSPECTOR)
    waits, lines, first = list[dict[str, Any]](), list[dict[str, Any]](), dict[Any, _First]()
    for task_id, task in zip(ids, tasks, strict=True):
        alike = task["track"], task["weight"]
        if alike not in first:
            first[alike] = _first(task, parties, actor, stands, now)
        wait, line, alarm_at, seal = first[alike]
        head = seal(task_id)
        lines.append({**line, "task_id": task_id, "hash": head})
        waits.append({**wait, "task_id": task_id})
        task |= {"id": task_id, "entry_seq": line["seq"], "entry_head": head, "alarm_at": alarm_at, "version": 1}
    pour(Task, list(tasks))
    standing = [usual(Party) | _said(party) for party in parties]
    pour(Party, [{**party, "task_id": task_id} for task_id in ids for party in standing])
    pour(Wait, waits)
    pour(Entry, lines)
    return ids


_First = tuple[dict[str, Any], dict[str, Any], datetime | None, Callable[[int], str]]


def _first(row: dict[str, Any], parties: Sequence[Party], actor: Actor, stands: Standing, now: datetime) -> _First:
    """The first wait and the first entry of tasks like this one, and when it is looked at."""
    task = Task(**row, parties=[Party(**_said(party)) for party in parties])
    wait = waiting.coming(task, now) or {}
    line = line_of(task, "begin", actor, stands, now, from_state=None, facts={})
    del line["hash"]
    return usual(Wait) | wait, line, task.alarm_at, sealing(line)


def _said(party: Party) -> dict[str, Any]:
    return {name: value for name in usual(Party) if (value := getattr(party, name)) is not None}


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


def say_all(
    tasks: Sequence[Task], step_name: str, actor: Actor, *, now: datetime, **given: Any
) -> list[Refused | None]:
    """Take one step that only says something with many, the same words to all, by the rules of `perform`."""
    refusals: list[Refused | None] = []
    spoken: dict[Step, list[tuple[Task, Standing]]] = {}
    with db.session.no_autoflush:
        for task in tasks:
            try:
                step, stands = _saying(task, step_name, actor, now, given)
                spoken.setdefault(step, []).append((task, stands))
                refusals.append(None)
            except Refused as refusal:
                refusals.append(refusal)
        for step, said in spoken.items():
            words, facts = sorted_out(step, given)
            lines = [line_of(task, step.name, actor, stands, now, from_state=task.state, facts=facts, words=words)
                     for task, stands in said]  # fmt: skip
            record_all([task for task, _stands in said], lines, step, actor, words)
    return refusals


def _saying(task: Task, step_name: str, actor: Actor, now: datetime, given: dict[str, Any]) -> tuple[Step, Standing]:
    step, _case, stands = admitted(task, step_name, actor, now, given=given)
    if step.to or step.does or step.sets:
        raise OutOfTurn(say("This step is taken one by one."))
    return step, stands


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
