"""Opening a sealed original with a reason, and the label of pictures that show minors."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from app.clock import now
from app.evidence import actions_sealing as actions
from app.evidence import links, queries, serving
from app.evidence.faults import Missing
from app.evidence.models import Evidence
from app.evidence.views import bp
from app.forms import Form, not_blank, only_a_button
from app.htmx import answer_json, back_to, page, wants_json
from app.tasks.refusals import NotYours
from workflows.grammar import say


class ReasonForm(Form):
    """Why."""

    reason = TextAreaField(
        _l("Reason"), [InputRequired(_l("Please fill this in.")), not_blank, Length(max=actions.LONGEST)]
    )


@bp.route("/evidence/<int:evidence_id>/original", methods=["GET", "POST"])
@login_required
def open_original(evidence_id: int) -> Any:
    """Ask why, write it down, and hand out a link that is hers alone and soon dead."""
    piece = queries.get(current_user, evidence_id) or abort(404)
    if piece.erased_at:
        abort(404)
    form = ReasonForm()
    if request.method == "GET" or not form.validate():
        status = 422 if request.method == "POST" else 200 if actions.may_open(piece, current_user) else 403
        if wants_json():
            return answer_json(status, error=str(next(iter(form.reason.errors), "")))
        return page("evidence/original.html", status, piece=piece, form=form, may=status != 403)
    actions.open_original(piece, current_user, request.form["reason"], now=now())
    link = url_for("evidence.linked", mark=links.signed(piece.id, current_user.id, now()))
    return answer_json(url=link) if wants_json() else back_to(link)


@bp.get("/files/<mark>")
@login_required
def linked(mark: str) -> Any:
    """What such a link leads to, if she still sees its task; always as a download, wherever the bytes lie.

    It is made for who works on a paper or said why; what was covered since is for whoever judges it only.
    """
    try:
        number = links.read(mark, current_user.id, now())
    except links.Expired as why:
        return _dead(why)
    piece = queries.get(current_user, number or 0) or abort(404)
    if piece.erased_at:
        abort(404)
    if not actions.may_open(piece, current_user):
        raise NotYours(say("As it was received it is sealed: it is opened by whoever answers for it."))
    try:
        return serving.original(piece)
    except Missing:
        abort(404)


def _dead(why: links.Expired) -> Any:
    """The way back to the file, for who may still see it."""
    piece = queries.get(current_user, why.evidence_id)
    if piece is None or wants_json():
        raise why
    return page("evidence/expired.html", why.status, piece=piece, sentences=why.sentences)


@bp.post("/evidence/<int:evidence_id>/minors")
@login_required
def label_minors(evidence_id: int) -> Any:
    """Say that it shows minors."""
    piece = queries.get(current_user, evidence_id) or abort(404)
    only_a_button()
    actions.label(piece, current_user, now=now())
    return _done(piece)


@bp.post("/evidence/<int:evidence_id>/minors/remove")
@login_required
def unlabel_minors(evidence_id: int) -> Any:
    """Take that label off."""
    piece = queries.get(current_user, evidence_id) or abort(404)
    only_a_button()
    actions.unlabel(piece, current_user, now=now())
    return _done(piece)


def _done(piece: Evidence) -> Any:
    if wants_json():
        return answer_json(**serving.shown(piece), version=piece.task.version)
    return back_to(url_for("evidence.show", evidence_id=piece.id))
