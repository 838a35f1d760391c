"""The page of one piece of evidence: what it is, and for photos what is covered on it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from wtforms import HiddenField

from app.clock import now
from app.evidence import actions_covering as actions
from app.evidence import actions_erasing as erasing
from app.evidence import actions_scans as scans
from app.evidence import actions_sealing as sealing
from app.evidence import likeness, queries, queries_sealed, serving, tus
from app.evidence.actions import kinds_taken
from app.evidence.models import PROOFS, Evidence
from app.evidence.views import bp
from app.forms import Form, only_a_button
from app.htmx import answer_json, back_to, page, wants_json
from app.tasks.refusals import NotYet


class CoverForm(Form):
    """Which places are covered."""

    boxes = HiddenField(_l("Covered places"))


@bp.get("/evidence/<int:evidence_id>")
@login_required
def show(evidence_id: int) -> Any:
    """One piece: who sent it, when and how; a photo large, with what may be done about faces on it."""
    return _page(queries.get(current_user, evidence_id) or abort(404))


def _page(piece: Evidence, status: int = 200, missing: Any = ()) -> Any:
    shown = serving.shown(piece)
    if piece.erased_at:
        return _gone(piece, shown)
    serving.also_used([piece], current_user, {piece.id: shown})
    if wants_json():
        return answer_json(status, **shown, boxes=piece.boxes or [], **likeness.of_one(piece, current_user))
    return page(
        "evidence/show.html", status, piece=piece, shown=shown, missing=missing, label=serving.LABELS[piece.kind],
        may_ask=actions.may_ask(piece, current_user), may_cover=actions.may_cover(piece, current_user),
        may_open=sealing.may_open(piece, current_user), may_label=sealing.may_label(piece, current_user),
        may_unlabel=sealing.may_unlabel(piece, current_user), reads=sealing.reads(piece, current_user),
        covers=scans.may_cover_more(piece, current_user),
        may_erase=erasing.may_propose(piece.task, current_user), erasure=queries_sealed.open_of(piece),
        boxes=piece.boxes or [], worth=likeness.of_piece(piece, current_user), proofs=PROOFS,
        may_say=piece.task.kind == "measure" and piece.kind in kinds_taken(piece.task, current_user),
        also=shown.get("also"),
    )  # fmt: skip


def _gone(piece: Evidence, shown: dict[str, Any]) -> Any:
    if wants_json():
        return answer_json(**shown, sha256=piece.sha256)
    return page("evidence/show.html", piece=piece, shown=shown, missing=(), label=serving.LABELS[piece.kind],
                erasure=queries_sealed.last_of(piece), worth={})  # fmt: skip


@bp.post("/evidence/<int:evidence_id>/cover")
@login_required
def cover(evidence_id: int) -> Any:
    """Paint over the drawn places in every copy that others see."""
    piece = queries.get(current_user, evidence_id) or abort(404)
    if not CoverForm().validate():
        abort(422)
    try:
        actions.cover(piece, current_user, tus.boxes(request.form.get("boxes", "")), now=now())
    except NotYet as why:
        if wants_json():
            raise
        return _page(piece, why.status, why.sentences)
    if not wants_json():
        flash(_("Covered in every copy that others see."), "done")
    return _done(piece)


@bp.post("/evidence/<int:evidence_id>/cover-request")
@login_required
def ask_to_cover(evidence_id: int) -> Any:
    """Send a photo back to be covered."""
    piece = queries.get(current_user, evidence_id) or abort(404)
    only_a_button()
    actions.ask_to_cover(piece, current_user, now=now())
    return _done(piece)


def _done(piece: Evidence) -> Any:
    if wants_json():
        return answer_json(**serving.shown(piece), version=piece.task.version)
    return back_to(url_for("evidence.show", evidence_id=piece.id))
