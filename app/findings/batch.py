"""One step for many findings: what would be done, what would be skipped and why; then each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import not_, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.findings import ledger
from app.findings.filters import Filters
from app.people import queries as people
from app.people.models import SUPERVISING, Person
from app.pouring import among
from app.steps import action_for_all, goes_together
from app.steps.actions import take
from app.tasks import undoing
from app.tasks.models import Task
from app.tasks.perform import missing_for
from app.tasks.perform_all import say_all
from app.tasks.queries import WHOLE, is_taken_since, is_urged_since, urged_since, visible_to
from app.tasks.refusals import Refused
from app.tasks.standing import parties_now, standing_for
from app.tasks.touching import hold_all
from workflows.book import WORKFLOWS
from workflows.grammar import Sentence, say
from workflows.roles import Role


@dataclass(frozen=True)
class Beside:
    """A button below the ledger that leads to another room with the rows that are ticked."""

    label: Any
    posts: frozenset[str]
    endpoint: str


STEPS = ("issue", "acknowledge", "reassign", "urge", "transfer", "comment")
LABELS = {"issue": _l("Issue"), "acknowledge": _l("Acknowledge and name the owner"),
          "reassign": _l("Change the owner"), "urge": _l("Urge"), "transfer": _l("Transfer to another unit"),
          "comment": _l("Ask or answer")}  # fmt: skip
# Who finds each of them among the buttons below the ledger; reviewers act for units without an account.
OFFERED = {"issue": {"inspector"}, "acknowledge": {"head"}, "reassign": {"head", "reviewer"}, "urge": SUPERVISING,
           "transfer": {"inspector"}, "comment": {""}}  # fmt: skip
NAMING = {"acknowledge", "reassign"}
MOVING = {*NAMING, "transfer"}  # into hands that are only named on the form
MOST = 200  # findings in one go
SPOKEN = {"urge", "comment"}  # the same words to all, written together
MANY = 2_000  # of these in one go
# What rooms above do with many rows: the button's name, whose posts find it, where it leads.
BESIDE: list[Beside] = []
A_DAY = timedelta(days=1)
LARGEST = 2**31  # beyond it no id exists, and PostgreSQL refuses to compare


@dataclass(frozen=True)
class Outcome:
    """What became, or would become, of one finding; `entry` can be undone."""

    task: Task
    why_not: Sequence[Sentence] = ()
    entry: int | None = None


def steps_for(viewer: Person) -> tuple[str, ...]:
    """The steps that her posts may take with many findings."""
    posts = {"", *(seat.kind for seat in viewer.seats)}
    return tuple(step for step, post in OFFERED.items() if post & posts)


def beside(viewer: Person) -> tuple[Beside, ...]:
    """What else her posts may do with many findings."""
    posts = {seat.kind for seat in viewer.seats}
    return tuple(button for button in BESIDE if button.posts & posts)


def most(step: str) -> int:
    """How many go at once by that step."""
    return MANY if step in SPOKEN else MOST


def chosen(viewer: Person, ids: Sequence[int], most: int = MOST) -> list[Task]:
    """The findings with those ids that she may see, in the ledger's order."""
    known = [number for number in ids if 0 < number < LARGEST][:most]
    found = select(Task).where(Task.kind == "finding", Task.id.in_(among(known)), visible_to(viewer))
    found = found.options(joinedload(Task.finding), joinedload(Task.unit), *WHOLE)
    return list(db.session.scalars(found.order_by(Task.due_key, Task.id)))


def in_view(viewer: Person, filters: Filters, today: date, scope: str, *but: Any, most: int = MOST) -> list[int]:
    """Ids of this page of the view, or of all of it; one more than go at once when there are more.

    `but` leaves out what that was done with already, so that whoever does it again comes to the rest.
    """
    if scope == "page":
        return [row.task_id for row in ledger.page(viewer, filters, today).rows]
    return [row.task_id for row in ledger.first(viewer, filters, today, most + 1, *but)]


def not_yet_done(step: str, viewer: Person, now: datetime) -> tuple[Any, ...]:
    """What of a whole view the step is taken with: not what it is over for, nor what she gave away today."""
    if step in SPOKEN:
        return (not_(is_urged_since(now - A_DAY)),) if step == "urge" else ()
    states = {state for one in WORKFLOWS["finding"].steps_called(step) for state in one.frm}
    moved = (not_(is_taken_since(step, viewer, now - A_DAY)),) if step in MOVING else ()
    return Task.state.in_(sorted(states)), *moved


def preview(tasks: Sequence[Task], step: str, actor: Person, now: datetime) -> list[Outcome]:
    """For each finding whether the step is possible now, and if not, why."""
    outcomes = [Outcome(task, _obstacles(task, step, actor, now)) for task in tasks]
    if step == "urge":
        return _not_urged_today(outcomes, now)
    return _of_one_unit(outcomes) if step in NAMING else outcomes


def _not_urged_today(outcomes: Sequence[Outcome], now: datetime) -> list[Outcome]:
    """Nobody is nagged twice a day by a list: what was urged in the last day is left out, and says so."""
    urged = urged_since(now - A_DAY, [outcome.task.id for outcome in outcomes])
    already = [say("It was urged within the last day.")]
    return [o if o.why_not or o.task.id not in urged else Outcome(o.task, already) for o in outcomes]


def hearing(tasks: Sequence[Task], step: str, actor: Person) -> list[str]:
    """The names of everybody who would be told, each once; not of whoever it goes to, for she is yet to be named."""
    rows = [(task, task.workflow.step(step, task)) for task in tasks]
    left = {Role.OWNER, Role.HEAD} if step in MOVING else set()
    parties = [party for task, row in rows if row for role in row.tells if role not in left
               for party in parties_now(task, role)]  # fmt: skip
    return [person.name for person in people.filling(parties) if person.id != actor.id] if parties else []


def _of_one_unit(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """An owner is named from one unit, so the findings of another are left for a second go."""
    unit = next((outcome.task.unit_id for outcome in outcomes if not outcome.why_not), None)
    other = [say("It belongs to another unit; choose the findings of one unit at a time.")]
    return [o if o.why_not or o.task.unit_id == unit else Outcome(o.task, other) for o in outcomes]


def _obstacles(task: Task, step: str, actor: Person, now: datetime) -> Sequence[Sentence]:
    row = task.workflow.step(step, task)
    if row is None:
        state = say(task.workflow.state(task.state).label)
        return [say("This step is not possible now; it stands at: %(state)s.", state=state)]
    if standing_for(actor, task, row) is None:
        return [say("Somebody else takes this step.")]
    return missing_for(task, row, actor, now)


def run(tasks: Sequence[Task], step: str, actor: Person, *, now: datetime, **given: Any) -> list[Outcome]:
    """Take the step with each, one entry each; what is refused is left as it was and does not stop the rest."""
    left = {outcome.task.id: outcome for outcome in preview(tasks, step, actor, now) if outcome.why_not}
    going = [task for task in tasks if task.id not in left]
    if goes_together("finding", step):
        left |= _together(going, step, actor, now)
    elif step in SPOKEN:
        left |= _said(going, step, actor, now, given)
    return [left.get(task.id) or _one(task, step, actor, now, given) for task in tasks]


def _together(tasks: Sequence[Task], step: str, actor: Person, now: datetime) -> dict[int, Outcome]:
    ids = [task.id for task in tasks]
    refusals = action_for_all("finding", step)(tasks, actor, now=now)
    whys = (refusal.sentences if refusal else () for refusal in refusals)
    return {task_id: Outcome(task, why) for task_id, task, why in zip(ids, tasks, whys, strict=True)}


def _said(tasks: list[Task], step: str, actor: Person, now: datetime, given: dict[str, Any]) -> dict[int, Outcome]:
    """The same words to all in one go; nobody comes in between."""
    hold_all(tasks)
    refusals = say_all(tasks, step, actor, now=now, **given)
    return {task.id: Outcome(task, refusal.sentences if refusal else ())
            for task, refusal in zip(tasks, refusals, strict=True)}  # fmt: skip


def _one(task: Task, step: str, actor: Person, now: datetime, given: dict[str, Any]) -> Outcome:
    try:
        with db.session.begin_nested():
            take(task, step, actor, now=now, **given)
    except Refused as refusal:
        db.session.refresh(task)
        return Outcome(task, refusal.sentences)
    entry = undoing.latest(task, actor, step)
    return Outcome(task, entry=entry.id if entry else None)
