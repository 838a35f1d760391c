"""Evidence on the web: received before anything is written, served only to who may see its task."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_login import current_user, login_required
from werkzeug.datastructures import FileStorage

from app.clock import now
from app.db import aside, db, pause, release
from app.evidence import actions, links, looking, queries, receiving, repeats, serving
from app.evidence.actions import Came, Stored
from app.evidence.actions_covering import may_cover
from app.evidence.actions_sealing import may_look, reads, shown_to
from app.evidence.deriving import Copied
from app.evidence.faults import Refused as Unfit
from app.evidence.models import PROOFS, Evidence
from app.forms import check_csrf, csrf, only_a_button
from app.htmx import answer_json, back_to, number, offer_to_undo, page, wants_json
from app.tasks import queries as tasks
from app.tasks import undoing
from app.tasks.models import Task
from app.tasks.refusals import NotYet, NotYours
from app.words import told
from workflows.grammar import say

bp = Blueprint("evidence", __name__)
SOON = 2.0  # seconds
FIELDS = {"csrf_token", "kind", "caption", "proof", "replaces"}


@bp.post("/tasks/<int:task_id>/evidence")
@csrf.exempt
@login_required
def upload(task_id: int) -> Any:
    """Receive files for a task: permission first, then the bytes with no transaction open, then the rows."""
    task, since = allowed(task_id), monotonic()
    pause()
    check_csrf()
    kind, files = _asked()
    try:
        stored = [receiving.receive(upload.stream, upload.filename or "") for upload in files]
    except Unfit as why:
        return _unfit(why, task_id)
    return _kept(as_it_is_now(task, since), kind, stored)


def as_it_is_now(task: Task, since: float) -> Task:
    """What was read before a slow upload is looked up anew, posts and all; `add` holds the row itself in any case."""
    if monotonic() - since < SOON:
        return task
    task_id = task.id
    release()
    return tasks.get(current_user, task_id) or abort(404)


def allowed(task_id: int) -> Task:
    """The task if some evidence may be added to it here and now; 404, 403 or 409 otherwise."""
    task = tasks.get(current_user, task_id) or abort(404)
    if not actions.kinds_taken(task, current_user):
        actions.check_may_add(task, current_user, "after")
    return task


def _asked() -> tuple[str, list[FileStorage]]:
    unknown = set(request.form) - FIELDS | set(request.files) - {"file"}
    if unknown:
        raise NotYet(say("Unknown fields were sent: %(names)s. Nothing was saved.", names=", ".join(sorted(unknown))))
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files:
        raise NotYet(say("No file was chosen. Choose a photo or a paper and send it again."))
    return request.form.get("kind", ""), files


def _kept(task: Task, kind: str, stored: list[Stored]) -> Any:
    old = _replaced()
    caption = request.form.get("caption", "").strip()[:200]
    how, at = Came(request.form.get("proof", "") if request.form.get("proof") in PROOFS else ""), now()
    pieces = [
        actions.add(task, current_user, kind, file, now=at, caption=caption, replaces=old, how=how) for file in stored
    ]
    remarks = [repeats.remark(piece) for piece in pieces if piece.uploaded_at < at]
    if not wants_json():
        for text in remarks:
            flash(text, "soon")
        return back_to(url_for("steps.show", task_id=task.id))
    shown = [serving.shown(piece) for piece in pieces]
    return answer_json(201, **shown[0], all=shown, version=task.version, remarks=remarks)


def _replaced() -> Evidence | None:
    """What stands there to be replaced, where that was asked for."""
    if not request.form.get("replaces"):
        return None
    asked = request.form.get("replaces", type=number)
    old = db.session.get(Evidence, asked) if asked else None
    if old is None:
        raise NotYet(say("The photo to be replaced does not stand on this task any more."))
    return old


def _unfit(why: Unfit, task_id: int) -> Any:
    """The file is not taken: the reason, and the way back; nothing else was changed."""
    if wants_json():
        return answer_json(why.status, error=" ".join(told(sentence) for sentence in why.sentences))
    return page(
        "evidence/refused.html", why.status, sentences=why.sentences, back=url_for("steps.show", task_id=task_id)
    )


@bp.get("/evidence/<int:evidence_id>/<int:size>")
@login_required
def picture(evidence_id: int, size: int) -> Response:
    """A copy of a photo without metadata, 320 or 1600 pixels on its longer side."""
    piece = queries.get(current_user, evidence_id) or abort(404)
    if size not in serving.SIZES or not piece.is_picture:
        abort(404)
    if (piece.cover_asked_at and not may_cover(piece, current_user)) or not may_look(piece, current_user):
        return serving.hidden()
    if piece.shows_minors:
        aside(partial(shown_to, piece.id, current_user.id, piece.task.number, now()))
    copied, is_due = Copied.of(piece), piece.is_due
    release()
    if is_due:
        looking.at(evidence_id)
    return serving.picture(copied, size)


@bp.get("/evidence/<int:evidence_id>/file")
@login_required
def file(evidence_id: int) -> Any:
    """A paper for whoever works on it: a link to it that is hers alone and soon dead; all else is sealed."""
    piece = queries.get(current_user, evidence_id) or abort(404)
    if piece.erased_at:
        abort(404)
    if not reads(piece, current_user):
        if piece.is_picture or wants_json():
            raise NotYours(say("As it was received it is sealed. Open the original on its page, with a reason."))
        return redirect(url_for("evidence.open_original", evidence_id=piece.id))
    return redirect(url_for("evidence.linked", mark=links.signed(piece.id, current_user.id, now())))


@bp.post("/evidence/<int:evidence_id>/remove")
@login_required
def remove(evidence_id: int) -> Any:
    """Take a piece off its task; it can be put back."""
    piece = queries.get(current_user, evidence_id) or abort(404)
    only_a_button()
    actions.remove(piece, current_user, now=now())
    entry = undoing.latest(piece.task, current_user, "remove_evidence")
    if entry is not None and not wants_json():
        offer_to_undo(undoing.said(entry).message, entry.id)
    return _after(piece)


@bp.post("/evidence/<int:evidence_id>/put-back")
@login_required
def put_back(evidence_id: int) -> Any:
    """Undo a removal."""
    piece = queries.get(current_user, evidence_id) or abort(404)
    only_a_button()
    actions.put_back(piece, current_user, now=now())
    return _after(piece)


def _after(piece: Evidence) -> Any:
    if wants_json():
        return answer_json(**serving.shown(piece), version=piece.task.version)
    return back_to(url_for("steps.show", task_id=piece.task_id))


# More pages hang themselves onto `bp` when they are loaded.
from app.evidence import (  # noqa: E402, F401
    views_alike,
    views_announcing,
    views_covering,
    views_erasing,
    views_report,
    views_scans,
    views_sealing,
    views_sharing,
    views_uploads,
)
