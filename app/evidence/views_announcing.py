"""Announcing a file that comes piece by piece, with the first of its pieces, often all of it, brought along."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import Any

from flask import Response, url_for
from flask_login import current_user, login_required

from app.clock import now
from app.db import afterwards, pause, release
from app.evidence import actions_uploads as actions
from app.evidence import arriving, parts, queries, repeats, tus
from app.evidence.actions import Stored
from app.evidence.arriving import Coming
from app.evidence.faults import Refused as Unfit
from app.evidence.models import Upload
from app.evidence.views import allowed, as_it_is_now, bp
from app.tasks.models import Task
from app.tasks.refusals import OutOfTurn


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
    tus.give_up_when_stalled()
    try:
        offset = parts.append(coming.part, 0, tus.chunk(), coming.length)
    except parts.Displaced:
        offset = parts.arrived(coming.part)  # an earlier try brought its bytes and was never answered
    if offset < coming.length:
        arriving.rest(coming)
        return None
    try:
        return arriving.stored(coming)
    except Unfit:
        parts.forget(coming.part)
        raise


def _awaited(upload: Upload) -> Response:
    """Where it goes and how much of it is here."""
    where, expires = url_for("evidence.upload_state", upload_id=upload.id), tus.expires(upload.announced_at)
    arrived = arriving.offset(upload)
    answer = tus.answered(201, arrived, location=where, upload_expires=expires, **repeats.header(upload))
    if not upload.became_id:
        return arriving.hashed_on(answer, upload.part, arrived)
    answer.headers["Upload-Evidence"] = str(upload.became_id)
    afterwards(partial(parts.forget, upload.part))
    return answer
