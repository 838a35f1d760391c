"""Orders as other pages show them: beside what they cover, and as the way to write one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from app.clock import today
from app.orders import queries
from app.orders.addressing import Letter, Sheet, addressee, signing
from app.orders.models import Order
from app.people.models import Person
from app.people.queries import filling
from app.steps.links import page_of
from app.tasks.models import Party, Task
from app.units.models import Unit
from app.units.queries import by_name
from app.words import told


def orders_of(task: Task, viewer: Person) -> dict[str, Any]:
    """The orders that cover a task, and where one is written about it if she may."""
    rows = [row(order) for order in queries.covering(viewer, task)] if task.issued_at else []
    may = task.open and task.issued_at is not None and signing(viewer, [task]) and addressee(task)[0] is not None
    return {"rows": rows, "new": url_for("orders.about_task", task_id=task.id) if may else ""}


def orders_from_ledger(filters: Any, viewer: Person) -> str:
    """Where an order is written about the overdue findings that the ledger lists; empty where she may not."""
    if filters.light != "overdue" or not queries.orders_in(viewer):
        return ""
    unit = by_name(filters.unit) if filters.unit else None
    return url_for("orders.about_unit", unit_id=unit.id) if unit else url_for("orders.late")


def receivers(unit: Unit, post: str, tasks: Sequence[Task]) -> list[str]:
    """Who will be told: whoever answers for the unit, and the owners there."""
    return hearing([Sheet(unit, post, list(tasks))])


def hearing(sheets: Sequence[Sheet]) -> list[str]:
    """The same for several orders, each name once."""
    parties = [party for sheet in sheets for party in _told(sheet)]
    return [person.name for person in filling(parties)] if parties else []


def _told(sheet: Sheet) -> list[Party]:
    unit = sheet.unit
    answering = Party(unit_id=unit.id, post=Letter("order", unit, "", today(), post=sheet.post).answering_post)
    owners = {task.owner_id for task in sheet.tasks if task.owner_id and task.unit_id == unit.id}
    return [answering, *(Party(person_id=owner) for owner in sorted(owners))]


def row(order: Order) -> dict[str, Any]:
    """One order as a line: what it is, its number, where it stands, what was answered."""
    task = order.task
    state = task.workflow.state(task.state)
    return {
        "order": order, "task": task, "url": page_of(task), "label": task.workflow.label, "number": task.number,
        "state": state.label, "tone": state.tone, "due_on": task.due_on, "answer": order.answer or order.explanation,
    }  # fmt: skip


def as_json(order: Order) -> dict[str, Any]:
    """The same for machines."""
    task = order.task
    return {
        "id": order.id, "task_id": task.id, "kind": task.kind, "number": task.number, "title": task.title,
        "unit": task.unit.name if task.unit else None, "state": task.state,
        "state_label": told(task.workflow.state(task.state).label),
        "due_on": task.due_on.isoformat() if task.due_on else None, "url": page_of(task),
    }  # fmt: skip
