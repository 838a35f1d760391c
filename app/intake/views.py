"""Sending a list to a visit: a file as it is, or its pasted text; nothing is written before it was looked at."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.clock import now
from app.db import release
from app.evidence import receiving
from app.evidence.faults import Refused as Unfit
from app.evidence.names import display_name
from app.findings.queries import units_to_choose, visit_of_task
from app.forms import check_csrf, csrf
from app.htmx import answer_json, back_to, page, wants_json
from app.inspections.models import Inspection
from app.intake import actions, long_lists, previewing, queries
from app.intake.actions import Sent
from app.intake.files import LARGEST, Unreadable
from app.intake.forms import ListForm
from app.intake.lengths import is_long
from app.intake.models import Preview
from app.intake.naming import Names
from app.intake.previewing import Table
from app.intake.sources import is_read
from app.intake.taking import in_the_background
from app.steps.links import page_of
from app.steps.offering import must_be_hers, must_be_offered
from app.tasks.refusals import OutOfTurn
from app.words import told

bp = Blueprint("intake", __name__)


@bp.route("/tasks/<int:task_id>/paste", methods=["GET", "POST"])
@csrf.exempt
@login_required
def paste(task_id: int) -> Any:
    """Choose a file or paste a text: permission first, then the bytes with no transaction open, then the look."""
    visit = the_visit(task_id)
    if request.method == "GET":
        must_be_offered(visit.task, "paste", current_user, now())
        return list_page(visit, _empty(visit))
    release()
    check_csrf()
    visit = the_visit(task_id)
    form = ListForm(data=previewing.rule_of(visit))
    form.offer(names_of(visit))
    if not form.validate():
        return list_page(visit, form, 422)
    return _received(visit, form)


def the_visit(task_id: int) -> Inspection:
    """The visit, for those who take lists in."""
    visit = visit_of_task(current_user, task_id) or abort(404)
    must_be_hers(visit.task, "paste", current_user)
    return visit


def names_of(visit: Inspection) -> Names:
    """The units that a list of this visit may name."""
    return Names(units_to_choose(visit.task.issuer_unit))


def _empty(visit: Inspection, **given: Any) -> ListForm:
    form = ListForm(formdata=None, data=previewing.rule_of(visit) | given)
    form.offer(names_of(visit))
    return form


def list_page(visit: Inspection, form: ListForm, status: int = 200, **more: Any) -> Any:
    """The page on which a list is sent."""
    if status >= 400 and wants_json():
        said = [str(error) for errors in form.errors.values() for error in errors]
        reading = more.get("reading")
        looked = {"tried": [told(one) for one in reading.tried], "seen": list(reading.seen)} if reading else {}
        return answer_json(status, error=" ".join(said), sentences=said, fields=form.errors, **looked)
    begun = queries.previews(current_user, visit)
    return page("intake/paste.html", status, visit=visit, task=visit.task, form=form, back=page_of(visit.task),
                begun=begun, batches=queries.count_of(visit), **more)  # fmt: skip


def _received(visit: Inspection, form: ListForm) -> Any:
    task_id = visit.task_id
    try:
        must_be_offered(visit.task, "paste", current_user, now())
        sent = _stored(form) if form.has_file else Sent(actions.digest(form.raw.data or ""), form.raw.data or "")
    except OutOfTurn as refusal:
        return list_page(visit, form, 409, refusal=refusal)
    except Unfit as why:
        return _refused(visit, form, form.file, told(why.sentences[0]), why.status)
    visit = the_visit(task_id)
    if batch := queries.taken(visit, sent.sha256):
        return _known(visit, form, batch)
    if is_long(sent) and not is_read(Preview(name=sent.name, sha256=sent.sha256, columns={}), visit.starts_on.year):
        return _queued(visit, form, sent)
    try:
        columns = previewing.read_ahead(sent, visit.starts_on.year, visit.task.issuer_unit_id)
    except Unreadable as why:
        return _refused(the_visit(task_id), form, form.file, told(why.sentence), why.status)
    return _opened(the_visit(task_id), form, sent, columns)


def _stored(form: ListForm) -> Sent:
    """The original goes into the storage before anything is made of it; no transaction is open meanwhile."""
    file = form.file.data
    name = display_name(file.filename or "") or "list"
    release()
    limit = min(LARGEST, current_app.config["MAX_FILE_BYTES"])
    came = receiving.keep(file.stream, limit)
    return Sent(came.sha256, name=name, size=came.size)


def _known(visit: Inspection, form: ListForm, batch: Any) -> Any:
    if wants_json():
        return answer_json(batch=batch.id, taken=batch.taken, left_out=batch.left_out, already=True)
    return list_page(visit, form, batch=batch)


def _queued(visit: Inspection, form: ListForm, sent: Sent) -> Any:
    """A long file lies on the table at once and is read in the background."""
    preview = actions.open_preview(visit, current_user, sent, now=now(), rule=form.rule, columns={})
    return in_the_background(long_lists.READ, preview)


def _opened(visit: Inspection, form: ListForm, sent: Sent, columns: dict[str, str]) -> Any:
    preview = actions.open_preview(visit, current_user, sent, now=now(), rule=form.rule, columns=columns)
    table = previewing.lay(preview, visit, current_user)
    if len(table.reading.findings) > previewing.MOST_ROWS:
        too_many = _("The list has %(n)d problems; at most %(max)d are taken in at once. Send it in parts.",
                     n=len(table.reading.findings), max=previewing.MOST_ROWS)  # fmt: skip
        return _refused(visit, form, form.file if sent.name else form.raw, too_many, 422)
    if not table.reading.findings:
        release()  # it does not stay on the table
        return _nothing(visit, form, table, bool(sent.name))
    return _looked_at(preview, table)


def _nothing(visit: Inspection, form: ListForm, table: Table, is_file: bool) -> Any:
    field = form.file if is_file else form.raw
    why = [told(sentence) for sentence in table.reading.warnings] or [_("No problem was found in it.")]
    field.errors = why
    return list_page(visit, form, 422, reading=table.reading)


def nothing_found(table: Table) -> Any:
    """The page of a list that lay on the table and in which nothing was found."""
    form = _empty(table.visit, raw=table.preview.text)
    return _nothing(table.visit, form, table, table.preview.is_file)


def unreadable(visit: Inspection, looked: Preview, why: str, status: int) -> Any:
    """The page of a list that lay on the table and cannot be read any more."""
    form = ListForm(formdata=None, data=looked.rule | {"raw": looked.text})
    form.offer(names_of(visit))
    form.file.errors = [why]
    return list_page(visit, form, status)


def _refused(visit: Inspection, form: ListForm, field: Any, why: str, status: int) -> Any:
    field.errors = [why]
    return list_page(visit, form, status)


def _looked_at(preview: Preview, table: Table) -> Any:
    where = url_for("intake.preview", task_id=table.visit.task_id, preview_id=preview.id)
    if wants_json():
        return answer_json(preview=preview.id, url=where, **table.reading.as_json())
    return back_to(where)


# The room's further pages hang themselves into the same blueprint.
from app.intake import forgetting, twins, views_batches, views_preview, views_rules  # noqa: E402, F401
