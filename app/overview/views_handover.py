"""The hand-over list of somebody whose post ends."""

from __future__ import annotations

from typing import Any

from flask import abort
from flask_login import current_user, login_required

from app.clock import today
from app.htmx import page
from app.overview import queries_handover
from app.overview.queries_handover import Left
from app.overview.views import bp
from app.people import queries_staff
from app.people.models import Person
from app.tasks.standing import standing_for


@bp.get("/people/<int:person_id>/handover")
@login_required
def handover(person_id: int) -> Any:
    """What waits for a person by name, each with who can hand it over."""
    person = queries_staff.get(person_id)
    if person is None or not queries_handover.may_read(current_user, person):
        abort(404)
    left = queries_handover.left_by(person, current_user)
    heads = queries_staff.heads_of({row.task.unit_id for row in left if row.task.unit_id}, today())
    shown = [{"left": row, "heads": _others(row, heads, person), "may": _may_reassign(row)} for row in left]
    return page("overview/handover.html", person=person, rows=shown, today=today())


def _others(row: Left, heads: dict[int, list[Person]], person: Person) -> list[str]:
    return [head.name for head in heads.get(row.task.unit_id or 0, []) if head.id != person.id]


def _may_reassign(row: Left) -> bool:
    step = row.task.workflow.step("reassign", row.task)
    return step is not None and row.is_visible and standing_for(current_user, row.task, step) is not None
