"""Choosing a file that is already here for one more task, and saying what a piece of evidence shows."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.clock import now
from app.evidence import actions, looking, queries, queries_sharing, serving
from app.evidence import actions_sharing as sharing
from app.evidence.views import allowed, bp
from app.forms import Form
from app.htmx import BEYOND, answer_json, back_to, page, wants_json


class ShareForm(Form):
    """Which file."""

    evidence_id = IntegerField(validators=[InputRequired(_l("Please fill this in.")), NumberRange(1, BEYOND - 1)])


class ProofForm(Form):
    """What it shows."""

    proof = HiddenField()


@bp.get("/tasks/<int:task_id>/evidence/here")
@login_required
def here(task_id: int) -> Any:
    """The files of the unit that could serve this task, too."""
    task = allowed(task_id)
    found = queries_sharing.offered(current_user, task)
    shown = [serving.shown(piece) | {"number": piece.task.number, "title": piece.task.title} for piece in found]
    if wants_json():
        return answer_json(pieces=shown)
    back = url_for("steps.show", task_id=task.id)
    return page("evidence/here.html", task=task, pieces=shown, back=back, most=queries_sharing.OFFERED)


@bp.post("/tasks/<int:task_id>/evidence/share")
@login_required
def share(task_id: int) -> Any:
    """Use one of them."""
    task, form = allowed(task_id), ShareForm()
    if not form.validate():
        abort(422)
    wanted = form.evidence_id.data or 0
    piece = queries.get(current_user, wanted) or abort(404)
    if looking.catch_up(lambda: [piece.task_id]):
        task, piece = allowed(task_id), queries.get(current_user, wanted) or abort(404)
    shared = sharing.share(piece, task, current_user, now=now())
    if wants_json():
        return answer_json(201, **serving.shown(shared), version=task.version)
    return back_to(url_for("steps.show", task_id=task.id))


@bp.post("/evidence/<int:evidence_id>/proof")
@login_required
def say_proof(evidence_id: int) -> Any:
    """Say what it shows."""
    piece = queries.get(current_user, evidence_id) or abort(404)
    if not ProofForm().validate():
        abort(422)
    actions.say_what_it_shows(piece, request.form.get("proof", ""), current_user, now=now())
    if wants_json():
        return answer_json(**serving.shown(piece), version=piece.task.version)
    return back_to(url_for("evidence.show", evidence_id=piece.id))
