"""The door: every change of state passes through here, whoever asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.clock import day_of
from app.db import db
from app.tasks import standing, waiting
from app.tasks.entries import Entry
from app.tasks.models import Task
from app.tasks.record import record
from app.tasks.refusals import NotYet, NotYours, OutOfTurn
from app.tasks.sending import send_new
from app.tasks.settling import settle
from app.tasks.standing import CLOCK, Actor, Standing
from workflows import conditions as need
from workflows.grammar import Ask, Case, Sentence, Step, say
from workflows.roles import Role


def perform(
    subject: Any, step_name: str, actor: Actor, *, now: datetime,
    seen: int | None = None, through: str | None = None, facts: dict[str, Any] | None = None,
    undone: Entry | None = None, **given: Any,
) -> None:  # fmt: skip
    """Take one step with `subject`, or with its task, or refuse with the sentence the person reads.

    `seen` is the version the actor looked at; `through` names the room that keeps the step's record and
    is refused when it does not match; `facts` go into the entry as they are; `undone` is the same step just
    taken by her, which this one takes back. Raises OutOfTurn, NotYours or NotYet; nothing is changed then.
    """
    task: Task = subject if isinstance(subject, Task) else subject.task
    step, case, stands = admitted(task, step_name, actor, now, seen=seen, through=through, undone=undone, given=given)
    _go(step, case, stands, (facts or {}) | ({"undoes": undone.seq} if undone else {}))


def admitted(
    task: Task, step_name: str, actor: Actor, now: datetime, *, seen: int | None = None, through: str | None = None,
    undone: Entry | None = None, given: dict[str, Any] | None = None,
) -> tuple[Step, Case, Standing]:  # fmt: skip
    """The step as `actor` may take it now, its case and her standing; refuses before anything is changed."""
    step = _in_turn(task, step_name, seen)
    stands = _in_role(actor, task, step, undone)
    case = Case(task, actor, now, day_of(now), _answered(step, given or {}))
    _through_its_room(step, through)
    _nothing_missing(step, case)
    return step, case, stands


def begin(subject: Any, actor: Actor, *, now: datetime, facts: dict[str, Any] | None = None) -> None:
    """Open a new task in its starting state: its first entry and its first wait."""
    send_new(subject)
    with db.session.no_autoflush:
        wait = waiting.coming(subject.task, now)
        record(subject.task, "begin", actor, Standing(Role.INSPECTOR), now, facts=facts or {}, from_state=None)
        waiting.start(wait)


def offers(task: Task, actor: Actor, now: datetime) -> list[tuple[Step, list[Sentence]]]:
    """The steps `actor` may take as the task stands, each with what is still missing."""
    steps = [step for step in task.workflow.steps_for(task) if standing.standing_for(actor, task, step)]
    return [(step, missing_for(task, step, actor, now)) for step in steps]


def missing_for(task: Task, step: Step, actor: Actor, now: datetime) -> list[Sentence]:
    """What still stands in the way of that step; only what its own conditions look at is fetched."""
    return step.missing(Case(task, actor, now, day_of(now)))


def _in_turn(task: Task, name: str, seen: int | None) -> Step:
    if seen is not None and seen != task.version:
        raise OutOfTurn(say("Somebody changed this while you were looking at it. What you typed is kept below."))
    step = task.workflow.step(name, task)
    if step is None:
        state = task.workflow.state(task.state)
        raise OutOfTurn(say("This step is not possible now; it stands at: %(state)s.", state=say(state.label)))
    return step


def _in_role(actor: Actor, task: Task, step: Step, undone: Entry | None) -> Standing:
    stands = standing.standing_for(actor, task, step)
    if stands is None and undone is not None and (undone.step, undone.actor_id) == (step.name, actor.id):
        return standing.as_before(undone)  # what she gave away by mistake she may take back
    if stands is None:
        raise NotYours(say("Somebody else takes this step."))
    return stands


def _answered(step: Step, given: dict[str, Any]) -> dict[str, Any]:
    unknown = set(given) - {ask.name for ask in step.asks}
    if unknown:
        raise NotYet(say("Unknown fields were sent: %(names)s. Nothing was saved.", names=", ".join(sorted(unknown))))
    lacking = [ask for ask in step.asks if ask.required and given.get(ask.name) in (None, "")]
    wrong = [ask for ask in step.asks if not _fits(ask, given.get(ask.name))]
    if lacking or wrong:
        raise NotYet(*(say("Please fill in: %(field)s.", field=say(ask.label)) for ask in lacking + wrong))
    return given


def _fits(ask: Ask, value: Any) -> bool:
    if value in (None, ""):
        return True
    if ask.kind in ("text", "line"):
        return isinstance(value, str) and len(value) <= ask.limit
    return ask.kind != "choice" or value in {name for name, _label in ask.choices}


def _through_its_room(step: Step, through: str | None) -> None:
    if step.through != through:
        raise OutOfTurn(say("This step needs its own record; take it on its page."))


def _nothing_missing(step: Step, case: Case) -> None:
    missing = step.missing(case)
    if missing:
        raise NotYet(*missing)


def _go(step: Step, case: Case, stands: Standing, facts: dict[str, Any]) -> None:
    task, before = case.task, (case.task.state, case.task.level)
    with db.session.no_autoflush:  # one UPDATE, so that a step raises the version by one
        facts = facts | change(step, case)
        moved = (task.state, task.level) != before
        wait = waiting.coming(task, case.now) if moved else None
        record(task, step.name, case.actor, stands, case.now, given=case.given, step=step, facts=facts,
               from_state=before[0])  # fmt: skip
    if moved:
        waiting.end(task, step.name, case.now)
        waiting.start(wait)
    else:
        waiting.hand_over(task)
    if not task.open:
        end_children(task, case.now)


def change(step: Step, case: Case) -> dict[str, Any]:
    """Everything the step changes on the task, in memory; returns what the entry should say of it."""
    task = case.task
    if step.to:
        task.state = step.to
    for name, value in step.sets:
        setattr(task, name, value)
    for effect in step.does:
        effect(case)
    if step.to and task.workflow.state(step.to).is_end:
        task.open, task.closed_at = False, case.now
    return _on_paper(step, case) | (settle(task, case.actor, case.now) if step.to else {})


def _on_paper(step: Step, case: Case) -> dict[str, Any]:
    """Which scans an act for a unit without an account rests on; they are used up by it."""
    if need.has_a_scan_when_on_behalf not in step.needs or not case.actor.acts_for(case.task):
        return {}
    scans = case.task.unused_scans
    for scan in scans:
        scan.used_at = case.now
    return {"scans": [scan.id for scan in scans]}


def end_children(task: Task, now: datetime) -> None:
    """What hangs on a task ends through the same door, taken by the clock."""
    for child in task.subject.open_children:
        step = child.workflow.children_end_with
        given: dict[str, Any] = {
            ask.name: say("Ended with %(number)s.", number=task.number) for ask in _asks(child, step)
        }
        room = child.workflow.step(step, child).through
        perform(child.subject, step, CLOCK, now=now, through=room, **given)


def _asks(task: Task, step_name: str) -> tuple[Ask, ...]:
    step = task.workflow.step(step_name, task)
    return step.asks if step else ()
