"""Files that arrive piece by piece: ask how far it is, send on, give up; tus 1.0, with our permissions."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import Any

from flask import Response, abort, current_app, request, url_for
from flask_login import current_user, login_required

from app.clock import now
from app.db import afterwards, aside, pause, release
from app.evidence import actions_uploads as actions
from app.evidence import arriving, parts, queries, repeats, tus
from app.evidence.arriving import Coming
from app.evidence.faults import Refused as Unfit
from app.evidence.models import Upload
from app.evidence.views import SOON, bp
from app.forms import only_a_button
from app.htmx import answer_json, back_to
from app.tasks.refusals import OutOfTurn


@bp.route("/uploads", methods=["OPTIONS"], provide_automatic_options=False)
@login_required
def abilities() -> Response:
    """What of tus is spoken here."""
    digests = ",".join(tus.DIGESTS)
    return tus.answered(
        204, tus_version=tus.VERSION, tus_extension=tus.EXTENSIONS, tus_checksum_algorithm=digests,
        tus_max_size=str(current_app.config["MAX_FILE_BYTES"]),
    )  # fmt: skip


@bp.get("/uploads/<int:upload_id>")
@login_required
def upload_state(upload_id: int) -> Any:
    """How much of it is here: as headers for HEAD, as JSON for GET."""
    upload = _hers(upload_id)
    if request.method == "HEAD":
        return tus.answered(
            200, arriving.offset(upload), upload.length, upload_expires=tus.expires(upload.announced_at)
        )
    return answer_json(
        name=upload.name, offset=arriving.offset(upload), length=upload.length, evidence=upload.became_id,
    )  # fmt: skip


def _hers(upload_id: int) -> Upload:
    upload = queries.upload_of(current_user, upload_id) or abort(404)
    if upload.dropped_at and not upload.repeats_id:
        abort(410)
    return upload


@bp.patch("/uploads/<int:upload_id>")
@login_required
def send_on(upload_id: int) -> Response:
    """More of it, from where it ends here; the last byte makes it evidence, and only then is it acknowledged."""
    upload, since = _hers(upload_id), monotonic()
    tus.check_version()
    offset, coming = tus.offset_asked(), Coming.of(upload)
    if upload.became_id:
        return _already(upload, offset)
    pause()
    tus.give_up_when_stalled()
    try:
        offset = parts.append(coming.part, offset, tus.chunk(), coming.length)
    except parts.Displaced:
        return tus.answered(409, parts.arrived(coming.part))
    if offset >= coming.length:
        return _whole(upload, coming, since)
    arriving.rest(coming)
    return arriving.hashed_on(tus.answered(204, offset), coming.part, offset)


def _already(upload: Upload, offset: int) -> Response:
    """The answer to the last piece was lost on its way: give it again."""
    status, more = 204 if offset == upload.length else 409, repeats.header(upload)
    return tus.answered(status, upload.length, upload_evidence=str(upload.became_id), **more)


def _whole(upload: Upload, coming: Coming, since: float) -> Response:
    upload_id = upload.id
    try:
        stored = arriving.stored(coming)
        upload = _as_it_is_now(upload, since)
        piece = actions.attach(upload, current_user, stored, now=now())
    except (Unfit, OutOfTurn) as why:
        release()
        if isinstance(why, OutOfTurn) and actions.is_still_wanted(upload_id):
            return tus.answered(409, coming.length)  # somebody else was faster: said again, it goes through
        aside(lambda: _drop(upload_id))
        raise
    afterwards(partial(parts.forget, coming.part))
    return tus.answered(204, coming.length, upload_evidence=str(piece.id), **repeats.header(upload))


def _as_it_is_now(upload: Upload, since: float) -> Upload:
    """What was read before a slow piece is looked up anew, with who may send it; `attach` holds the row in any case."""
    if monotonic() - since < SOON:
        return upload
    upload_id = upload.id
    release()
    return _hers(upload_id)


def _drop(upload_id: int) -> None:
    upload = queries.upload_locked(upload_id)
    if upload and upload.became_id is None:
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
