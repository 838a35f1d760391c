"""What a joint meeting is about: everything late that the viewer may see, with who holds it and what it needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.db import db
from app.findings.models import Finding
from app.orders.models import Covered, Order
from app.people.models import Person
from app.tasks.models import Party, Task, Wait
from app.tasks.queries import is_overdue, visible_to
from app.units.models import Unit
from workflows.roles import Role

MOST = 200  # a meeting never comes to more


def late(viewer: Person, today: date) -> list[Any]:
    """Overdue findings, the latest first; one more than fits when there are more."""
    issuer, holding, person = aliased(Unit), aliased(Unit), aliased(Person)
    found = (
        select(
            Task.id, Task.number, Task.title, Task.due_on, Task.blocked_by, Task.blocked_since, Task.weight,
            Finding.id.label("finding_id"), Unit.name.label("unit"), issuer.name.label("issuer"),
            holding.name.label("held_in"), person.name.label("holder"), Wait.role,
        )
        .join(Finding, Finding.task_id == Task.id)
        .join(Unit, Unit.id == Task.unit_id)
        .join(issuer, issuer.id == Task.issuer_unit_id)
        .outerjoin(Wait, (Wait.task_id == Task.id) & Wait.ended_at.is_(None))
        .outerjoin(holding, holding.id == Wait.unit_id)
        .outerjoin(person, person.id == Wait.person_id)
        .where(Task.kind == "finding", is_overdue(today), visible_to(viewer))
        .order_by(Task.due_key, Task.id)
        .limit(MOST + 1)
    )  # fmt: skip
    return list(db.session.execute(found).all())


def supporting(tasks: Iterable[int]) -> dict[int, list[str]]:
    """The units that are to support each of those tasks."""
    found = (
        select(Party.task_id, Unit.name)
        .join(Unit, Unit.id == Party.unit_id)
        .where(Party.task_id.in_(list(tasks)), Party.role == Role.SUPPORTER, Party.until.is_(None))
        .order_by(Party.id)
    )
    return _gathered(db.session.execute(found))


def ordered(viewer: Person, tasks: Iterable[int]) -> dict[int, list[str]]:
    """The numbers of the orders that cover each of those tasks, as far as she may see them."""
    found = (
        select(Covered.task_id, Task.number)
        .join(Order, Order.id == Covered.order_id)
        .join(Task, Task.id == Order.task_id)
        .where(Covered.task_id.in_(list(tasks)), visible_to(viewer))
        .order_by(Order.id)
    )
    return _gathered(db.session.execute(found))


def count(viewer: Person, today: date) -> int:
    """How many are late in all."""
    late_ones = Task.kind == "finding", is_overdue(today), visible_to(viewer)
    return db.session.scalar(select(func.count()).select_from(Task).where(*late_ones)) or 0


def _gathered(rows: Any) -> dict[int, list[str]]:
    gathered: dict[int, list[str]] = {}
    for task, name in rows:
        gathered.setdefault(task, []).append(name)
    return gathered
