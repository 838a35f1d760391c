"""What the papers of many orders tell, asked for at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.findings.models import Finding
from app.orders.models import Covered, Order
from app.orders.queries import shown
from app.people.models import Person
from app.pouring import among
from app.tasks.models import Party, Task
from app.tasks.queries import visible_to


def covered_by_each(viewer: Person, orders: Sequence[Order]) -> dict[int, list[Task]]:
    """The same of several orders, by the order's id, with whatever their papers tell of a task."""
    who, visit = (
        selectinload(Task.parties).joinedload(Party.unit),
        joinedload(Task.finding).joinedload(Finding.inspection),
    )
    found = (
        select(Covered.order_id, Task)
        .join(Task, Covered.task_id == Task.id)
        .where(Covered.order_id.in_(among(order.id for order in orders)), visible_to(viewer))
        .options(*shown()[1:], visit, joinedload(Task.unit), who)
        .order_by(Task.due_key, Task.id)
    )
    covered: dict[int, list[Task]] = {}
    for order_id, task in db.session.execute(found).unique():
        covered.setdefault(order_id, []).append(task)
    return covered
