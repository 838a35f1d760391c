"""Erasing personal content on the web: propose it with a reason, and let a second person confirm or refuse it."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from app.clock import now
from app.db import aside
from app.evidence import actions_erasing as actions
from app.evidence import clearing, queries, queries_sealed
from app.evidence.sealed import Erasure
from app.evidence.views import bp
from app.forms import Form, not_blank, only_a_button
from app.htmx import answer_json, back_to, page, wants_json
from app.tasks import queries as tasks
from app.tasks.entries import Entry
from app.tasks.erasing import words_of


class EraseForm(Form):
    """Why."""

    reason = TextAreaField(
        _l("Reason"), [InputRequired(_l("Please fill this in.")), not_blank, Length(max=actions.LONGEST)]
    )


@bp.route("/evidence/<int:evidence_id>/erasure", methods=["GET", "POST"])
@login_required
def erase_piece(evidence_id: int) -> Any:
    """Propose to erase what a piece shows."""
    return _proposed(queries.get(current_user, evidence_id) or abort(404))


@bp.route("/entries/<int:entry_id>/erasure", methods=["GET", "POST"])
@login_required
def erase_words(entry_id: int) -> Any:
    """Propose to erase what was said in an entry."""
    found = tasks.entries(current_user, [entry_id])
    return _proposed(found[0] if found else abort(404))


def _proposed(subject: Any) -> Any:
    form, may = EraseForm(), actions.may_propose(subject.task, current_user)
    if request.method == "GET" or not form.validate():
        status = 422 if request.method == "POST" else 200 if may else 403
        if wants_json():
            return answer_json(status, error=str(next(iter(form.reason.errors), "")))
        back = url_for("steps.show", task_id=subject.task.id)
        return page(
            "evidence/erase.html", status, subject=subject, form=form, may=may, back=back, words=_words(subject)
        )
    erasure = actions.propose(subject, current_user, request.form["reason"], now=now())
    return _done(erasure)


def _words(subject: Any) -> list[str]:
    return list(words_of(subject).values()) if isinstance(subject, Entry) else []


@bp.get("/erasures/<int:erasure_id>")
@login_required
def erasure(erasure_id: int) -> Any:
    """What is to be erased, why and by whom; the way to confirm it for a second person."""
    found = queries_sealed.erasure(current_user, erasure_id) or abort(404)
    if wants_json():
        return answer_json(**as_json(found))
    return page("evidence/erasure.html", erasure=found, task=found.task, words=_words(found.entry),
                may_confirm=found.outcome == "open" and actions.may_confirm(found, current_user),
                may_keep=found.outcome == "open" and actions.may_keep(found, current_user))  # fmt: skip


@bp.post("/erasures/<int:erasure_id>/confirm")
@login_required
def confirm_erasure(erasure_id: int) -> Any:
    """Erase it; the bytes go once that is committed."""
    found = queries_sealed.erasure(current_user, erasure_id) or abort(404)
    only_a_button()
    actions.confirm(found, current_user, now=now())
    aside(lambda: _cleared())
    return _done(found)


def _cleared() -> None:
    clearing.clear(now())


@bp.post("/erasures/<int:erasure_id>/keep")
@login_required
def keep_content(erasure_id: int) -> Any:
    """Do not erase it."""
    found = queries_sealed.erasure(current_user, erasure_id) or abort(404)
    only_a_button()
    actions.keep(found, current_user, now=now())
    return _done(found)


def _done(erasure: Erasure) -> Any:
    if wants_json():
        return answer_json(**as_json(erasure))
    return back_to(url_for("evidence.erasure", erasure_id=erasure.id))


def as_json(erasure: Erasure) -> dict[str, Any]:
    """One erasure for machines."""
    return {
        "id": erasure.id, "evidence": erasure.evidence_id, "entry": erasure.entry_id, "reason": erasure.reason,
        "proposed_by": erasure.proposed_by.name, "proposed_at": erasure.proposed_at.isoformat(),
        "outcome": erasure.outcome, "decided_by": erasure.decided_by.name if erasure.decided_by else None,
        "decided_at": erasure.decided_at.isoformat() if erasure.decided_at else None,
    }  # fmt: skip
