"""The hand-over list of somebody whose post ends."""

from __future__ import annotations

from typing import Any

from flask import abort
from flask_login import current_user, login_required

from app.clock import today
from app.findings import batch
from app.htmx import page
from app.overview import queries_handover
from app.overview.queries_handover import Left
from app.overview.views import bp
from app.people import queries_staff
from app.people.models import Person
from app.steps.links import step_page
from app.tasks.standing import standing_for
from workflows.grammar import Step

HANDING = ("reassign", "change")  # a finding's owner, a measure's


@bp.get("/people/<int:person_id>/handover")
@login_required
def handover(person_id: int) -> Any:
    """What waits for a person by name, each with who can hand it over."""
    person = queries_staff.get(person_id)
    if person is None or not queries_handover.may_read(current_user, person):
        abort(404)
    left = queries_handover.left_by(person, current_user)
    heads = queries_staff.heads_of({row.task.unit_id for row in left if row.task.unit_id}, today())
    shown = [{"left": row, "heads": _others(row, heads, person), "way": _way(row), "can": _can(row)} for row in left]
    together = [row.task.id for row in left if _takes(row, "reassign")][: batch.MOST]
    return page("overview/handover.html", person=person, rows=shown, together=together)


def _others(row: Left, heads: dict[int, list[Person]], person: Person) -> list[str]:
    return [head.name for head in heads.get(row.task.unit_id or 0, []) if head.id != person.id]


def _way(row: Left) -> dict[str, str] | None:
    """The step with which the reader hands it over, where it is hers to take."""
    step = next((step for name in HANDING if (step := _takes(row, name))), None)
    return {"label": step.label, "url": step_page(row.task, step)} if step else None


def _can(row: Left) -> bool:
    """Whether anybody can hand it over as it stands; what is being verified waits for its verdict."""
    return any(row.task.workflow.step(name, row.task) for name in HANDING)


def _takes(row: Left, name: str) -> Step | None:
    step = row.task.workflow.step(name, row.task)
    hers = step is not None and row.is_visible and standing_for(current_user, row.task, step) is not None
    return step if hers else None
