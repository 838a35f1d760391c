"""Files that arrive piece by piece: announce, ask how far it is, send on, give up; tus 1.0, with our permissions."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import Any

from flask import Response, abort, current_app, request, url_for
from flask_login import current_user, login_required

from app.clock import now
from app.db import afterwards, aside, pause, release
from app.evidence import actions_uploads as actions
from app.evidence import arriving, parts, queries, tus
from app.evidence.actions import Stored
from app.evidence.arriving import Coming
from app.evidence.faults import Refused as Unfit
from app.evidence.models import Upload
from app.evidence.views import allowed, as_it_is_now, bp
from app.forms import only_a_button
from app.htmx import answer_json, back_to
from app.tasks.models import Task
from app.tasks.refusals import OutOfTurn

STALLED = 60  # seconds without a byte, then the connection is given up


@bp.route("/uploads", methods=["OPTIONS"], provide_automatic_options=False)
@login_required
def abilities() -> Response:
    """What of tus is spoken here."""
    digests = ",".join(tus.DIGESTS)
    return tus.answered(
        204, tus_version=tus.VERSION, tus_extension=tus.EXTENSIONS, tus_checksum_algorithm=digests,
        tus_max_size=str(current_app.config["MAX_FILE_BYTES"]),
    )  # fmt: skip


@bp.post("/tasks/<int:task_id>/uploads")
@login_required
def announce(task_id: int) -> Response:
    """A file is coming: its name, kind and length, and perhaps its beginning; said twice it is the same upload."""
    task = allowed(task_id)
    tus.check_version()
    client_id, said = tus.announced()
    if tus.brings_bytes() and queries.upload_called(current_user, client_id) is None:
        return _begun(task, client_id, said)
    return _awaited(actions.announce(task, current_user, client_id, now=now(), **said))


def _begun(task: Task, client_id: str, said: dict[str, Any]) -> Response:
    """A file whose beginning came along, often all of it: taken in first, with no transaction open, then announced."""
    actions.check_may_add(task, current_user, said["kind"])
    task_id, since, coming = task.id, monotonic(), Coming.announced(current_user.id, client_id, said)
    pause()
    stored = _taken_in(coming)
    task = as_it_is_now(task, since)
    try:
        upload = actions.announce(task, current_user, client_id, now=now(), **said)
        if stored:
            actions.attached(upload, current_user, stored, now=now())
    except OutOfTurn:
        release()
        if actions.is_taken(allowed(task_id), said["kind"]):
            return tus.answered(423)  # somebody else was faster: said again, it goes through
        raise
    return _awaited(upload)


def _taken_in(coming: Coming) -> Stored | None:
    """The file, safely stored, when what came along was all of it."""
    _give_up_when_stalled()
    try:
        offset = parts.append(coming.part, 0, tus.chunk(), coming.length)
    except parts.Displaced:
        offset = parts.arrived(coming.part)  # an earlier try brought its bytes and was never answered
    if offset < coming.length:
        _rest(coming)
        return None
    try:
        return arriving.stored(coming)
    except Unfit:
        parts.forget(coming.part)
        raise


def _rest(coming: Coming) -> None:
    """More of it comes with another request; what is here is on the disk, or its sender's hash will tell."""
    if not coming.sha256:
        parts.settle(coming.part)


def _awaited(upload: Upload) -> Response:
    """Where it goes and how much of it is here."""
    where, expires = url_for("evidence.upload_state", upload_id=upload.id), tus.expires(upload.announced_at)
    answer = tus.answered(201, _offset(upload), location=where, upload_expires=expires)
    if upload.evidence_id:
        answer.headers["Upload-Evidence"] = str(upload.evidence_id)
        afterwards(partial(parts.forget, upload.part))
    return answer


def _offset(upload: Upload) -> int:
    return upload.length if upload.evidence_id else min(parts.arrived(upload.part), upload.length)


@bp.get("/uploads/<int:upload_id>")
@login_required
def upload_state(upload_id: int) -> Any:
    """How much of it is here: as headers for HEAD, as JSON for GET."""
    upload = _hers(upload_id)
    if request.method == "HEAD":
        return tus.answered(200, _offset(upload), upload.length, upload_expires=tus.expires(upload.announced_at))
    return answer_json(
        name=upload.name, offset=_offset(upload), length=upload.length, evidence=upload.evidence_id,
    )  # fmt: skip


def _hers(upload_id: int) -> Upload:
    upload = queries.upload_of(current_user, upload_id) or abort(404)
    if upload.dropped_at:
        abort(410)
    return upload


@bp.patch("/uploads/<int:upload_id>")
@login_required
def send_on(upload_id: int) -> Response:
    """More of it, from where it ends here; the last byte makes it evidence, and only then is it acknowledged."""
    upload = _hers(upload_id)
    tus.check_version()
    offset, coming, there = tus.offset_asked(), Coming.of(upload), upload.evidence_id
    release()
    if there:
        return _already(coming, offset, there)
    _give_up_when_stalled()
    try:
        offset = parts.append(coming.part, offset, tus.chunk(), coming.length)
    except parts.Displaced:
        return tus.answered(409, parts.arrived(coming.part))
    if offset >= coming.length:
        return _whole(upload_id, coming)
    _rest(coming)
    return tus.answered(204, offset)


def _already(coming: Coming, offset: int, evidence_id: int) -> Response:
    """The answer to the last piece was lost on its way: give it again."""
    status = 204 if offset == coming.length else 409
    return tus.answered(status, coming.length, upload_evidence=str(evidence_id))


def _give_up_when_stalled() -> None:
    """A phone that left without a word must not hold a thread for ever; its server knows the socket."""
    if socket := request.environ.get("gunicorn.socket"):
        socket.settimeout(STALLED)


def _whole(upload_id: int, coming: Coming) -> Response:
    try:
        stored = arriving.stored(coming)
        piece = actions.attach(upload_id, current_user, stored, now=now())
    except (Unfit, OutOfTurn) as why:
        release()
        if isinstance(why, OutOfTurn) and actions.is_still_wanted(upload_id):
            return tus.answered(409, coming.length)  # somebody else was faster: said again, it goes through
        aside(lambda: _drop(upload_id))
        raise
    afterwards(partial(parts.forget, coming.part))
    return tus.answered(204, coming.length, upload_evidence=str(piece.id))


def _drop(upload_id: int) -> None:
    upload = queries.upload_locked(upload_id)
    if upload and upload.evidence_id is None:
        upload.dropped_at = upload.dropped_at or now()
        parts.forget(upload.part)


@bp.delete("/uploads/<int:upload_id>")
@login_required
def give_up(upload_id: int) -> Response:
    """The phone does not send it after all."""
    upload = _hers(upload_id)
    tus.check_version()
    actions.drop(upload, current_user, now=now())
    afterwards(partial(parts.forget, upload.part))
    return tus.answered(204)


@bp.post("/uploads/<int:upload_id>/drop")
@login_required
def leave_out(upload_id: int) -> Any:
    """The same for whoever may add such evidence, when the phone that announced it is gone."""
    upload = queries.upload_seen(current_user, upload_id) or abort(404)
    only_a_button()
    actions.drop(upload, current_user, now=now())
    afterwards(partial(parts.forget, upload.part))
    return back_to(url_for("steps.show", task_id=upload.task_id))
