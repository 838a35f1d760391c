"""Photos beside those they are like, for whoever verifies; a hint is dismissed with a remark."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from app.clock import now
from app.evidence import actions_hints as actions
from app.evidence import likeness, queries, queries_alike, serving
from app.evidence.models import Evidence, resting_on
from app.evidence.views import bp
from app.forms import Form, not_blank
from app.htmx import answer_json, back_to, number, page, wants_json


class DismissForm(Form):
    """Why the picture may stand."""

    remark = TextAreaField(
        _l("Remark"), validators=[InputRequired(_l("Please fill this in.")), not_blank, Length(max=actions.LONGEST)]
    )


@bp.get("/evidence/<int:evidence_id>/alike")
@login_required
def alike(evidence_id: int) -> Any:
    """One piece beside every other that it is like."""
    return _page(_judged(queries.get(current_user, evidence_id)))


def _judged(piece: Evidence | None) -> Evidence:
    if piece is None or not likeness.judges(current_user, resting_on(piece.task)):
        abort(404)
    return piece


def _page(piece: Evidence, status: int = 200, form: DismissForm | None = None, at: int = 0) -> Any:
    pairs = likeness.pairs(piece, current_user)
    if wants_json():
        why = {"error": str(form.remark.errors[0])} if form and form.remark.errors else {}
        return answer_json(status, evidence=piece.id, alike=[likeness.as_json(pair) for pair in pairs], **why)
    forms = {pair["id"]: _form_of(pair["id"], form if pair["id"] == at else None) for pair in pairs}
    return page("evidence/alike.html", status, piece=piece, shown=serving.shown(piece), pairs=pairs, forms=forms)


def _form_of(hint_id: int, typed: DismissForm | None) -> DismissForm:
    """What was typed for that hint, or an empty form; each field has an id of its own on the page."""
    form = typed or DismissForm(formdata=None)
    form.remark.id = f"remark-{hint_id}"
    return form


@bp.get("/evidence/<int:evidence_id>/worth")
@login_required
def worth(evidence_id: int) -> Any:
    """What stands under a photo, for a page that was opened before it was looked at; it asks some times."""
    piece = _judged(queries.get(current_user, evidence_id))
    said = serving.shown(piece) | likeness.of_piece(piece, current_user)
    asked = request.args.get("asked", 0, type=number)
    return page("evidence/_worth.html", p=said, whole="whole" in request.args, asked=asked)


@bp.post("/likenesses/<int:likeness_id>/dismiss")
@login_required
def dismiss_hint(likeness_id: int) -> Any:
    """Lay a hint aside, with a remark."""
    hint = queries_alike.hint(current_user, likeness_id) or abort(404)
    piece = _judged(hint.evidence)
    form = DismissForm()
    if not form.validate():
        return _page(piece, 422, form, hint.id)
    actions.dismiss(hint, current_user, request.form["remark"], now=now())
    if wants_json():
        return answer_json(alike=[likeness.as_json(pair) for pair in likeness.pairs(piece, current_user)])
    return back_to(url_for("evidence.alike", evidence_id=piece.id))
