"""Pages of long work: how far it is, call it off, fetch the file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from wtforms import BooleanField

from app.clock import now
from app.evidence.names import content_disposition
from app.evidence.ours import storage
from app.evidence.storage import Missing, Storage
from app.forms import Form, only_a_button
from app.guard import for_administrators
from app.htmx import answer_json, back_to, is_part, page, wants_json
from app.jobs import actions, queries, rechecking  # noqa: F401  a kind of job is known once it is loaded
from app.jobs.shown import as_json, shown
from app.tasks.refusals import NotYours
from workflows.grammar import say

bp = Blueprint("jobs", __name__)


class RecheckForm(Form):
    """How thoroughly."""

    anew = BooleanField(_l("Look at the originals again, too (slow)"))


@bp.get("/jobs")
@login_required
def index() -> Any:
    """Her latest exports and other long work."""
    jobs = [shown(job) for job in queries.newest(current_user)]
    if wants_json():
        return answer_json(jobs=[as_json(job) for job in jobs])
    return page("jobs/index.html", jobs=jobs, form=RecheckForm() if current_user.is_admin else None)


@bp.post("/jobs/recheck")
@for_administrators
def recheck() -> Any:
    """Have every piece of evidence compared anew with every other."""
    form = RecheckForm()
    if not form.validate():
        abort(422)
    params = {"anew": bool(form.anew.data)}
    job = actions.ask("recheck", current_user, params, now=now(), locale=str(get_locale()))
    url = url_for(".show", job_id=job.id)
    return answer_json(202, job=job.id, url=url) if wants_json() else back_to(url)


@bp.get("/jobs/<int:job_id>")
@login_required
def show(job_id: int) -> Any:
    """How far it is; htmx asks for the part every two seconds, a browser without scripts reloads the page."""
    job = shown(queries.get(current_user, job_id) or abort(404))
    if wants_json():
        return answer_json(**as_json(job))
    return page("jobs/_progress.html" if is_part() else "jobs/show.html", job=job)


@bp.post("/jobs/<int:job_id>/cancel")
@login_required
def cancel(job_id: int) -> Any:
    """Call it off."""
    job = queries.get(current_user, job_id) or abort(404)
    only_a_button()
    actions.cancel(job, now=now())
    return answer_json(**as_json(shown(job))) if wants_json() else back_to(url_for(".show", job_id=job.id))


@bp.get("/jobs/<int:job_id>/file")
@login_required
def file(job_id: int) -> Any:
    """The file, for as long as it is kept and its person sits where she sat."""
    job = queries.get(current_user, job_id) or abort(404)
    if job.sha256 is None:
        abort(404)
    if not job.is_within(current_user):
        raise NotYours(say("Your posts have changed since this was made. Ask for it again."))
    try:
        chunks, size = storage().open_read(Storage.original_key(job.sha256))
    except Missing:
        abort(404)
    answer = Response(chunks, mimetype=job.media_type)
    answer.headers["Content-Length"] = str(size)
    answer.headers["Content-Disposition"] = content_disposition(job.name, inline=False)
    return answer
