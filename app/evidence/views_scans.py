"""Saying what the signed paper of a unit without an account covers."""

from __future__ import annotations

from typing import Any

from flask import abort, url_for
from flask_login import current_user, login_required

from app.clock import now
from app.evidence import actions_scans as actions
from app.evidence import queries, serving
from app.evidence.views import bp
from app.forms import only_a_button
from app.htmx import answer_json, back_to, wants_json


@bp.post("/evidence/<int:evidence_id>/covers")
@login_required
def cover_more(evidence_id: int) -> Any:
    """It covers the next step, too."""
    piece = queries.get(current_user, evidence_id) or abort(404)
    only_a_button()
    actions.cover_more(piece, current_user, now=now())
    if wants_json():
        return answer_json(**serving.shown(piece), version=piece.task.version)
    return back_to(url_for("steps.show", task_id=piece.task_id))
