"""Undoing what was just done: one thing, or everything a batch did."""

from __future__ import annotations

from typing import Any

from flask import abort, flash
from flask_babel import gettext as _
from flask_login import current_user, login_required
from wtforms import SelectMultipleField

from app.clock import now
from app.db import whole
from app.forms import Form
from app.htmx import answer_json, back_to, page, wants_json
from app.steps.links import page_of
from app.steps.views import bp
from app.tasks import queries, undoing
from app.tasks.entries import Entry
from app.tasks.refusals import Refused


class UndoForm(Form):
    """The entries to be undone."""

    entry = SelectMultipleField(coerce=int, validate_choice=False)


@bp.post("/undo")
@login_required
def undo() -> Any:
    """Put back what those entries changed; what moved on since is left as it is and says so."""
    form = UndoForm()
    if not form.validate() or not form.entry.data:
        abort(422)
    entries = queries.entries(current_user, form.entry.data) or abort(404)
    if len(entries) == 1:
        undoing.undo(entries[0], current_user, now=now())
        return _undone(entries[0])
    return _several([(entry, _tried(entry)) for entry in entries])


def _tried(entry: Entry) -> Refused | None:
    try:
        with whole():
            undoing.undo(entry, current_user, now=now())
    except Refused as refusal:
        return refusal
    return None


def _undone(entry: Entry) -> Any:
    if wants_json():
        return answer_json(task_id=entry.task_id, version=entry.task.version)
    flash(_("Undone: it is as it was before."), "done")
    return back_to(page_of(entry.task))


def _several(outcomes: list[tuple[Entry, Refused | None]]) -> Any:
    if wants_json():
        results = [{"task_id": entry.task_id, "why_not": str(why) if why else ""} for entry, why in outcomes]
        return answer_json(results=results)
    return page("steps/undone.html", outcomes=outcomes, page_of=page_of)
