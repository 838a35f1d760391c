"""Every look-up of orders, and of what is late and may be put under one; always as the viewer may see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from app.db import db
from app.orders.models import Covered, Order
from app.papers.models import Paper, PaperTask
from app.people.models import Person, Seat
from app.tasks.entries import Entry, Listener
from app.tasks.models import Party, Task, Wait
from app.tasks.queries import DECIDED, WHOLE, is_overdue, visible_to, within
from app.units.models import Unit

PER_PAGE, MOST, UNITS = 30, 50, 200
ORDERING = ("leader", "inspector")  # a leader signs, an inspector drafts for her


def get(viewer: Person, order_id: int, kind: str) -> Order | None:
    """The order, circular or talk with that id if she may see it."""
    found = select(Order).join(Order.task).where(Order.id == order_id, Task.kind == kind, visible_to(viewer))
    return db.session.scalar(found.options(*_whole()))


def of_task(viewer: Person, task_id: int) -> Order | None:
    """The one that hangs on that task, if she may see it."""
    found = select(Order).join(Order.task).where(Order.task_id == task_id, visible_to(viewer))
    return db.session.scalar(found.options(*_whole()))


def of_any_kind(viewer: Person, order_id: int) -> Order | None:
    """The one with that id, whatever it is, if she may see it."""
    found = select(Order).join(Order.task).where(Order.id == order_id, visible_to(viewer))
    return db.session.scalar(found.options(*_whole()))


def _whole() -> tuple[Any, ...]:
    who = joinedload(Party.unit), joinedload(Party.person)
    task = joinedload(Task.unit), joinedload(Task.issuer_unit), selectinload(Task.parties).options(*who)
    return (contains_eager(Order.task).options(*task, *WHOLE[1:]),)


def covered_by(viewer: Person, order: Order) -> list[Task]:
    """The tasks it covers, as far as she may see them."""
    found = (
        select(Task)
        .join(Covered, Covered.task_id == Task.id)
        .where(Covered.order_id == order.id, visible_to(viewer))
        .options(*shown(), joinedload(Task.unit))
    )
    return list(db.session.scalars(found.order_by(Task.due_key, Task.id)).unique())


def shown() -> tuple[Any, ...]:
    """What the page of each kind of task is named by."""
    return tuple(joinedload(getattr(Task, name)) for name in ("finding", "measure", "extension", "report"))


def covering(viewer: Person, task: Task) -> list[Order]:
    """The orders that cover a task, as far as she may see them, the newest first."""
    found = (
        select(Order)
        .join(Order.task)
        .join(Covered, Covered.order_id == Order.id)
        .where(Covered.task_id == task.id, visible_to(viewer))
        .options(contains_eager(Order.task))
    )
    return list(db.session.scalars(found.order_by(Order.id.desc()).limit(20)))


def under_order(viewer: Person, ids: Iterable[int]) -> dict[int, str]:
    """Which of those tasks an order covers that is not settled yet, each with the order's number."""
    found = (
        select(Covered.task_id, Task.number)
        .join(Order, Order.id == Covered.order_id)
        .join(Task, Task.id == Order.task_id)
        .where(Covered.task_id.in_(list(ids)), Task.open, Task.kind == "order", visible_to(viewer))
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def is_under_order(viewer: Person) -> ColumnElement[bool]:
    """The same of a finding in a list."""
    orders = select(Task.id).where(Task.open, Task.kind == "order", visible_to(viewer)).correlate(None)
    covering = select(Covered.task_id).join(Order, Order.id == Covered.order_id)
    return Task.id.in_(covering.where(Order.task_id.in_(orders)))


def register(viewer: Person, before: int | None = None) -> list[Order]:
    """Every order, circular and talk, the newest first; one more than a page when there are more."""
    found = (
        select(Order)
        .join(Order.task)
        .where(Task.kind.in_(DECIDED), visible_to(viewer))
        .options(contains_eager(Order.task).joinedload(Task.unit))
        .order_by(Order.id.desc())
        .limit(PER_PAGE + 1)
    )
    return list(db.session.scalars(found.where(Order.id < before) if before else found))


def receipts(order: Order, viewer: Person, now: datetime) -> list[tuple[str, Any]]:
    """Who was told when it went out, and when each read it: by opening it, as the viewer does, or by acting on it."""
    later = aliased(Entry)
    hers = or_(later.actor_id == Person.id, later.on_behalf_id == Person.id)
    acted = select(func.min(later.at)).where(later.task_id == Entry.task_id, later.seq > Entry.seq, hers)
    told = (
        select(Person.id, Person.name, Listener.read_at, acted.scalar_subquery().label("acted"))
        .join(Listener, Listener.person_id == Person.id)
        .join(Entry, Entry.id == Listener.entry_id)
        .where(Entry.task_id == order.task_id, Entry.step == "issue")
        .order_by(Person.id)
    )
    hers_now = dict.fromkeys(viewer.identities, now)
    return [(row.name, min(filter(None, (row.read_at, row.acted)), default=hers_now.get(row.id)))
            for row in db.session.execute(told)]  # fmt: skip


def unread(viewer: Person, task: Task) -> list[int]:
    """The entries of that task that she was told of and has not read yet."""
    told = select(Listener.entry_id).join(Entry, Entry.id == Listener.entry_id)
    hers = Listener.person_id.in_(viewer.identities), Listener.read_at.is_(None)
    return list(db.session.scalars(told.where(Entry.task_id == task.id, *hers).distinct()))


def papers(order: Order) -> list[Paper]:
    """The papers that speak of it, the newest first."""
    found = select(Paper).join(PaperTask).where(PaperTask.task_id == order.task_id)
    return list(db.session.scalars(found.order_by(Paper.id.desc())))


def orders_in(viewer: Person) -> list[Seat]:
    """The seats from which she may write one."""
    return [seat for seat in viewer.seats if seat.kind in ORDERING]


def may_write_to(viewer: Person, path: str) -> bool:
    """Whether she may write one to the unit at `path`."""
    return any(path.startswith(seat.reach) for seat in orders_in(viewer))


def _in_reach(viewer: Person) -> ColumnElement[bool]:
    ranges = [within(seat.reach) for seat in orders_in(viewer)]
    return or_(*ranges) if ranges else false()


def late_units(viewer: Person, today: date) -> list[Any]:
    """Units with overdue findings that she may put under an order, those with the most first."""
    late = Task.kind == "finding", is_overdue(today), Task.issued_at.is_not(None), _in_reach(viewer), visible_to(viewer)
    counted = (
        select(Unit.id, Unit.name, func.count().label("late"), func.min(Task.due_on).label("since"))
        .join(Task, Task.unit_id == Unit.id)
        .where(*late)
        .group_by(Unit.id, Unit.name)
        .order_by(func.count().desc(), Unit.name)
    )
    return list(db.session.execute(counted.limit(UNITS)).all())


def late_of(viewer: Person, unit_id: int, today: date) -> list[Task]:
    """The overdue findings of a unit that she may put under an order, the latest first."""
    return _findings(viewer, Task.unit_id == unit_id, is_overdue(today))


def among(viewer: Person, ids: Iterable[int]) -> list[Task]:
    """Those open tasks that she may put under an order."""
    return _tasks(viewer, Task.id.in_(list(ids)))


def _findings(viewer: Person, *where: ColumnElement[bool]) -> list[Task]:
    return _tasks(viewer, Task.kind == "finding", *where)


def _tasks(viewer: Person, *where: ColumnElement[bool]) -> list[Task]:
    issued = and_(Task.open, Task.issued_at.is_not(None), Task.kind.not_in((*DECIDED, "inspection")))
    held = selectinload(Task.waits).joinedload(Wait.unit)
    found = select(Task).where(issued, _in_reach(viewer), visible_to(viewer), *where).options(
        joinedload(Task.unit), held, selectinload(Task.parties))  # fmt: skip
    return list(db.session.scalars(found.order_by(Task.due_key, Task.id).limit(MOST)).unique())


def locked(ids: Iterable[int]) -> list[Task]:
    """Those tasks in order, each locked until the transaction ends."""
    found = select(Task).where(Task.id.in_(list(ids))).order_by(Task.id).with_for_update(of=Task)
    return list(db.session.scalars(found).unique())


def every_covering(task: Task) -> list[Order]:
    """Every one that speaks of that task, whoever may see it."""
    return list(db.session.scalars(select(Order).join(Order.covered).where(Covered.task_id == task.id)))
