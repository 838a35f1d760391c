"""Writing an order, a circular or a talk, signing it, sending its answer back, and recording a talk."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, update

from app.clock import day_of
from app.db import db
from app.folding import fold
from app.inspections.actions import next_number
from app.orders import queries
from app.orders.addressing import Letter, parties, signing
from app.orders.models import CODES, Covered, Order
from app.pouring import pour
from app.steps import through
from app.tasks.entries import Entry, Listener
from app.tasks.erasing import keeps_a_copy, says
from app.tasks.models import Task
from app.tasks.perform import begin, perform
from app.tasks.record import record
from app.tasks.refusals import NotYet, NotYours
from app.tasks.reschedule import reschedule
from app.tasks.standing import Actor, described, roles_of
from workflows.grammar import say
from workflows.roles import Role

for kind in CODES:
    says(kind, "demand", "explanation", "answer", "minutes", "promise", "place")
AT_LEAST = 3  # days to answer again what was sent back


def write(letter: Letter, tasks: Sequence[Task], actor: Any, *, now: datetime, by: Actor | None = None,
          facts: dict[str, Any] | None = None) -> Order:  # fmt: skip
    """Draft one about those tasks, all of one unit; `by` is the clock where the machine drafted it."""
    seat = signing(actor, tasks)
    if seat is None:
        raise NotYours(say("A leader above the unit signs this; an inspector may draft it."))
    first, to = tasks[0], letter.unit
    task = Task(
        kind=letter.kind, number=next_number(CODES[letter.kind], day_of(now).year), title=_title(tasks), state="draft",
        unit=to, unit_id=to.id, unit_path=to.path, inspected_unit_id=to.id, issuer_unit_id=seat.unit_id,
        weight=max((task.weight for task in tasks), key=("ordinary", "serious", "major").index),
        category=first.category, created_at=now, parties=parties(letter, tasks, actor, seat, now),
    )  # fmt: skip
    task.folded = fold(f"{task.number} {task.title}")[:400]
    order = Order(task=task, demand=letter.demand, place=letter.place, light=letter.light)
    begin(order, by or actor, now=now, facts=facts)
    pour(Covered, [{"order_id": order.id, "task_id": each.id} for each in tasks])
    return order


def _title(tasks: Sequence[Task]) -> str:
    return tasks[0].title if len(tasks) == 1 else f"{tasks[0].title[:180].rstrip('。；;. ')} 等{len(tasks)}项"


def sign(order: Order, actor: Any, letter: Letter, *, now: datetime, seen: int | None = None,
         about: Collection[int] | None = None) -> None:  # fmt: skip
    """Send it out as `letter` says, about all it covers or those of them; each of these keeps an entry of that."""
    if letter.due_on < day_of(now):
        raise NotYet(say("This date has already passed."))
    covered = queries.locked(each.task_id for each in order.covered if about is None or each.task_id in about)
    if (order.demand, order.place) != (letter.demand, letter.place):
        order.demand, order.place = letter.demand, letter.place
    perform(order, "issue", actor, now=now, seen=seen, through="orders",
            facts={"covers": [task.number for task in covered]})  # fmt: skip
    with db.session.no_autoflush:  # one UPDATE for the date and the alarm
        reschedule(order.task, letter.due_on, "issued")
    db.session.flush()
    if about is not None:
        _leave_out(order, [task.id for task in covered])
    for task in covered:
        _note(task, order, actor, now)


def _leave_out(order: Order, but: list[int]) -> None:
    """What was on the draft and is not among those stays out of it."""
    db.session.execute(delete(Covered).where(Covered.order_id == order.id, Covered.task_id.not_in(but)))


def _note(task: Task, order: Order, actor: Any, now: datetime) -> None:
    role, party = next(iter(roles_of(actor, task).items()), (Role.LEADER, None))
    stands = described(actor, task, role, party)
    facts = {"order": order.task.number}
    record(task, f"under_{order.task.kind}", actor, stands, now, from_state=task.state, facts=facts)
    db.session.flush()


def send(letter: Letter, tasks: Sequence[Task], actor: Any, *, now: datetime, by: Actor | None = None,
         facts: dict[str, Any] | None = None) -> Order:  # fmt: skip
    """Draft and sign in one go where she may sign; an inspector's stays a draft for the leader."""
    order = write(letter, tasks, actor, now=now, by=by, facts=facts)
    if Role.LEADER in roles_of(actor, order.task):
        sign(order, actor, letter, now=now)
    return order


def mark_read(entries: Sequence[int], identities: Collection[int], *, now: datetime) -> None:
    """Whoever opened the page has read what she was told of it."""
    hers = Listener.entry_id.in_(entries), Listener.person_id.in_(identities), Listener.read_at.is_(None)
    db.session.execute(update(Listener).where(*hers).values(read_at=now))


@through("order", "send_back")
@through("talk", "send_back")
def send_back(order: Order, actor: Any, *, now: datetime, seen: int | None = None, reason: str,
              on: date | None = None) -> None:  # fmt: skip
    """Back to the unit: the days that were left when it answered, at least three."""
    task, handed_in = order.task, order.task.submitted_at
    perform(order, "send_back", actor, now=now, seen=seen, through="orders", reason=reason, on=on)
    left = (task.due_on - day_of(handed_in)).days if task.due_on and handed_in else 0
    again = on or day_of(now) + timedelta(days=max(left, AT_LEAST))
    if task.due_on is None or again > task.due_on:
        reschedule(task, again, "returned")


@through("talk", "hold")
def hold(order: Order, actor: Any, *, now: datetime, seen: int | None = None, held_on: date, minutes: str,
         promise: str, on: date) -> None:  # fmt: skip
    """Record what was said and promised; the promise has a date of its own."""
    perform(order, "hold", actor, now=now, seen=seen, through="orders",
            held_on=held_on, minutes=minutes, promise=promise, on=on)  # fmt: skip
    reschedule(order.task, on, "promised")


@keeps_a_copy("begin")
def forget_title(entry: Entry) -> None:
    """An order is called by what it covers."""
    for order in queries.every_covering(entry.task):
        if entry.task.title in order.task.title:
            order.task.title, order.task.folded = order.task.number, fold(order.task.number)
