"""Exports of the ledger: the same view as the page shows, with the same filters, as a file or as a job."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Response, abort, current_app, request, stream_with_context, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.clock import now, today
from app.db import aside
from app.evidence.actions_sealing import carried_out
from app.evidence.names import content_disposition
from app.evidence.receiving import waiting_room
from app.findings.filters import Filters, read
from app.forms import Form
from app.htmx import answer_json, back_to, page, wants_json
from app.jobs import actions as jobs
from app.papers import exporting
from app.papers.views import bp
from app.tasks.refusals import Refused
from workflows.grammar import say

SHAPES = (
    ("xlsx", _l("Ledger as a workbook (.xlsx)")), ("csv", _l("Ledger as text (.csv)")),
    ("pack", _l("Evidence pack (.zip)")),
)  # fmt: skip
FEW = 200  # findings whose evidence is packed while one waits


class ExportForm(Form):
    """What is exported, and how."""

    view = StringField(widget=HiddenInput(), validators=[Optional(), Length(max=2000)])
    format = SelectField(_l("As"), choices=[SelectChoice(value, label) for value, label in SHAPES],
                         validators=[InputRequired()])  # fmt: skip
    photos = BooleanField(_l("With photos in the cells"), description=_l("Small copies; only in the workbook."))


@bp.get("/papers/ledger")
@login_required
def export() -> Any:
    """Choose how the view is exported; the filters stand in the address."""
    filters = read(request.args)
    form = ExportForm(formdata=None, data={"view": filters.address(after="")})
    return _shown(form, filters)


def _shown(form: ExportForm, filters: Filters, status: int = 200) -> Any:
    back = f"{url_for('findings.index')}?{filters.address(after='')}"
    return page("papers/export.html", status, form=form, count=exporting.count(current_user, filters), back=back,
                limit=current_app.config["EXPORT_ROWS"])  # fmt: skip


@bp.post("/papers/ledger")
@login_required
def exported() -> Any:
    """On to the file, or a job when there are many rows."""
    form = ExportForm()
    view = dict(parse_qsl(form.view.data or ""))
    filters = read(view)
    if not form.validate():
        return _shown(form, filters, 422)
    asked = {"format": form.format.data, "photos": bool(form.photos.data), "view": view}
    if exporting.count(current_user, filters) > _limit(asked["format"], asked["photos"]):
        return _queued(asked)
    chosen = {"format": asked["format"], **({"photos": "y"} if asked["photos"] else {})}
    url = f"{url_for('.export_file')}?{urlencode(chosen)}&{filters.address(after='')}"
    return answer_json(url=url) if wants_json() else back_to(url)


def _limit(shape: str, with_photos: bool) -> int:
    most = int(current_app.config["EXPORT_ROWS"])
    return min(most, FEW) if shape == "pack" or with_photos else most


def _queued(asked: dict[str, Any]) -> Any:
    job = jobs.ask("ledger", current_user, asked, now=now(), locale=str(get_locale()))
    url = url_for("jobs.show", job_id=job.id)
    return answer_json(202, job=job.id, url=url) if wants_json() else back_to(url)


@bp.get("/papers/ledger/file")
@login_required
def export_file() -> Any:
    """The file at once; it only reads, so that nobody who writes waits for it."""
    filters, shape, photos = read(request.args), request.args.get("format", "xlsx"), "photos" in request.args
    if shape not in exporting.FORMATS:
        abort(404)
    count, person = exporting.count(current_user, filters), current_user.id
    if count > _limit(shape, photos):
        raise Refused(say("That is too much at once. Choose Export on the ledger: it is made in the background."))
    answer = _streamed(filters) if shape == "pack" else _written(filters, {"format": shape, "photos": photos})
    aside(lambda: carried_out(person, exporting.name_of(shape, today()), count, now()))
    return answer


def _streamed(filters: Filters) -> Response:
    """A pack is sent while it is made: nothing of it is laid down first."""
    viewer = current_user._get_current_object()
    answer = Response(
        stream_with_context(exporting.packed(waiting_room(), viewer, filters)), mimetype="application/zip"
    )
    answer.headers["Content-Disposition"] = content_disposition(exporting.name_of("pack", today()), inline=False)
    return answer


def _written(filters: Filters, asked: dict[str, Any]) -> Response:
    ending, media_type = exporting.FORMATS[asked["format"]]
    with tempfile.NamedTemporaryFile(dir=waiting_room(), prefix="export-", suffix=ending, delete=False) as file:
        path = Path(file.name)
    try:
        exporting.write(path, current_user, filters, asked, lambda _done: None)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    size = path.stat().st_size
    answer = Response(exporting.Blocks(path), mimetype=media_type)
    answer.headers["Content-Length"] = str(size)
    name = exporting.name_of(asked["format"], today())
    answer.headers["Content-Disposition"] = content_disposition(name, inline=False)
    return answer
