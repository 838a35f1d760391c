"""What must be equal whatever broke: states, waits, entries, listeners, dates and verdicts tell the same story."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.db import db
from app.tasks import auditing
from app.tasks.entries import Entry
from app.tasks.models import Task, Wait
from app.verifications.models import Verification
from workflows.book import WORKFLOWS

VERDICTS = ("pass_on", "accept", "send_back", "close_on_the_spot")


def wrong() -> list[str]:
    """Every equation that does not hold, read from the database alone."""
    db.session.rollback()
    db.session.expire_all()
    tasks = db.session.scalars(select(Task).order_by(Task.id))
    return [*(fault for task in tasks for fault in _of(task)), *auditing.faults()]


def _of(task: Task) -> Iterator[str]:
    entries = list(db.session.scalars(select(Entry).where(Entry.task_id == task.id).order_by(Entry.seq)))
    waits = list(db.session.scalars(select(Wait).where(Wait.task_id == task.id).order_by(Wait.id)))
    for holds, what in (
        *_states(task, entries),
        *_waits(task, entries, waits),
        *_told(task, entries),
        *_kept(task, entries),
    ):
        if not holds:
            yield f"{task.number}: {what}"


def _states(task: Task, entries: list[Entry]) -> Iterator[tuple[bool, str]]:
    to = [entry.to_state for entry in entries]
    yield [entry.from_state for entry in entries] == [None, *to[:-1]], "each entry begins where the one before ended"
    yield to[-1:] == [task.state], "the last entry tells the state"
    yield [entry.seq for entry in entries] == list(range(1, task.entry_seq + 1)), "one entry a step, none missing"
    yield task.open == (task.closed_at is None), "open until it is closed"
    yield task.open != _is_end(task, task.state), "open in every state but an end"


def _waits(task: Task, entries: list[Entry], waits: list[Wait]) -> Iterator[tuple[bool, str]]:
    still = [(wait.state, wait.level) for wait in waits if wait.ended_at is None]
    yield still == ([(task.state, task.level)] if task.open else []), "one open wait, of the state and level it has"
    stood = [(entry.to_state, entry.level) for entry in entries]
    stays = [stay for before, stay in zip([None, *stood], stood, strict=False) if stay != before]
    yield [(w.state, w.level) for w in waits] == [s for s in stays if not _is_end(task, s[0])], "a wait for each stay"
    ends = {(entry.step, entry.at) for entry in entries}
    yield all((w.outcome, w.ended_at) in ends for w in waits if w.ended_at), "each wait ended by a step"


def _told(task: Task, entries: list[Entry]) -> Iterator[tuple[bool, str]]:
    for entry in entries:
        told = [listener.person_id for listener in entry.listeners]
        yield entry.actor_id not in told, "nobody is told of what she did herself"
        rows = WORKFLOWS[task.kind].steps_called(entry.step)
        yield not told or any(row.tells for row in rows), f"entry {entry.seq}, {entry.step}: told without the law"
        yield bool(told) or entry.step not in TOLD, f"entry {entry.seq}, {entry.step}: nobody was told"


def _kept(task: Task, entries: list[Entry]) -> Iterator[tuple[bool, str]]:
    dates = [due.on for due in task.due_dates]
    yield dates[-1:] == ([task.due_on] if task.due_on else []), "the last date promised is the due date"
    if task.finding:
        found = select(Verification.entry_seq).where(Verification.finding_id == task.finding.id)
        kept = list(db.session.scalars(found.order_by(Verification.entry_seq)))
        yield kept == [entry.seq for entry in entries if entry.step in VERDICTS], "a verdict for each verification"


def _is_end(task: Task, state: str) -> bool:
    return bool(WORKFLOWS[task.kind].state(state).is_end)


# Steps of the walk whose listeners are always somebody else than the actor.
TOLD = {"issue", "acknowledge", "submit_plan", "approve_plan", "report_done", "pass_on", "accept", "send_back",
        "comment", "return_plan", "reassign", "confirm_withdrawal"}  # fmt: skip
