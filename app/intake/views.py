"""Pasting a list into a visit: read it, look at it, correct it, write all of it down."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, request
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.clock import now, today
from app.db import release
from app.findings.queries import units_to_choose, visit_of_task
from app.htmx import answer_json, back_to, page, wants_json
from app.inspections.models import Inspection
from app.intake import actions, proposals, queries
from app.intake.drafting import rows_of
from app.intake.forms import MOST_ROWS, PasteForm, PreviewForm
from app.intake.looking import known_to, leave_out_twins, look
from app.intake.models import Batch
from app.intake.naming import Names
from app.intake.readers import read_text
from app.intake.reading import Reading
from app.steps.links import page_of
from app.steps.offering import must_be_hers, must_be_offered
from app.tasks.refusals import NotYet, OutOfTurn
from app.words import moment, told
from workflows.grammar import Sentence, say

bp = Blueprint("intake", __name__)
RULE = ("unit", "ordinary", "serious", "major")


@bp.route("/tasks/<int:task_id>/paste", methods=["GET", "POST"])
@login_required
def paste(task_id: int) -> Any:
    """Take a pasted list in: nothing is written before the last button."""
    visit = visit_of_task(current_user, task_id) or abort(404)
    must_be_hers(visit.task, "paste", current_user)
    names = Names(units_to_choose(visit.task.issuer_unit))
    if request.method == "GET":
        must_be_offered(visit.task, "paste", current_user, now())
        return _list_page(visit, _empty(names))
    answer = {"back": _text_again, "assign": _assigned, "confirm": _confirmed}
    return answer.get(request.form.get("do", ""), _read)(visit, names)


def _empty(names: Names, **given: Any) -> PasteForm:
    form = PasteForm(formdata=None, data=given)
    form.offer(names)
    return form


def _list_page(visit: Inspection, form: PasteForm, status: int = 200, **more: Any) -> Any:
    if status >= 400 and wants_json():
        said = [str(error) for errors in form.errors.values() for error in errors]
        return answer_json(status, error=" ".join(said), sentences=said, fields=form.errors)
    return page("intake/paste.html", status, visit=visit, task=visit.task, form=form, back=page_of(visit.task), **more)


def _text_again(visit: Inspection, names: Names) -> Any:
    kept = {name: request.form.get(name, type=int if name != "unit" else str) for name in RULE}
    kept = {name: value for name, value in kept.items() if value is not None}
    return _list_page(visit, _empty(names, raw=request.form.get("raw", ""), **kept))


def _read(visit: Inspection, names: Names) -> Any:
    """The first look at a list."""
    form = PasteForm()
    form.offer(names)
    if not form.validate():
        return _list_page(visit, form, 422)
    reading = _reading(visit, form)
    if wants_json():
        return answer_json(**reading.as_json())
    try:
        must_be_offered(visit.task, "paste", current_user, now())
    except OutOfTurn as refusal:
        return _list_page(visit, form, 409, refusal=refusal)
    if batch := queries.taken(visit, actions.digest(form.raw.data or "")):
        return _list_page(visit, form, batch=batch)
    if why := _why_not(reading):
        form.raw.errors = [told(sentence) for sentence in why]
        return _list_page(visit, form, 422)
    return _first_look(visit, names, form, reading)


def _reading(visit: Inspection, form: PasteForm) -> Reading:
    return read_text(form.raw.data or "", visit.starts_on.year)


def _why_not(reading: Reading) -> list[Sentence]:
    if len(reading.findings) > MOST_ROWS:
        return [say("The list has %(n)d problems; at most %(max)d are taken in at once. Paste it in parts.",
                    n=len(reading.findings), max=MOST_ROWS)]  # fmt: skip
    return [] if reading.findings else list(reading.warnings)


def _first_look(visit: Inspection, names: Names, listed: PasteForm, reading: Reading) -> Any:
    kept = {name: listed[name].data for name in ("raw", *RULE)}
    form = PreviewForm(formdata=None, data=kept | proposals.first_look(reading, names, listed.unit.data or ""))
    form.offer(names)
    form.seen.data = visit.task.version
    form.look_at(reading, names)
    leave_out_twins(look(form, reading, names, known_to(current_user, visit, form, names), today()))
    return _preview_page(visit, names, form, reading)


def _preview_page(
    visit: Inspection, names: Names, form: PreviewForm, reading: Reading, status: int = 200, **more: Any
) -> Any:
    if status >= 400 and wants_json():
        faults = {field_id: said for field_id, _where, said in form.faults()}
        said = [str(sentence) for sentence in form.form_errors] + list(faults.values())
        return answer_json(status, error=" ".join(said[:1]), sentences=said, fields=faults)
    seen = look(form, reading, names, known_to(current_user, visit, form, names), today())
    return page("intake/preview.html", status, visit=visit, task=visit.task, form=form, reading=reading, seen=seen,
                units=names.units, faults=list(form.faults()), back=page_of(visit.task), **more)  # fmt: skip


def _looked_at(visit: Inspection, names: Names) -> tuple[PreviewForm, Reading]:
    """The preview as it came back; a form that is not that of its list is refused."""
    form = PreviewForm()
    form.offer(names)
    reading = _reading(visit, form)
    if not form.fits(reading):
        abort(422, _("The rows are not those of the list that was sent with them. Nothing was saved; "
                     "go back and read the list again."))  # fmt: skip
    form.look_at(reading, names)
    return form, reading


def _assigned(visit: Inspection, names: Names) -> Any:
    """The rule filled in; still nothing is written."""
    form, reading = _looked_at(visit, names)
    if form.unknown:
        form.validate()
        return _preview_page(visit, names, form, reading, 422)
    changed = form.assign(names, today())
    status = 200 if form.validate() else 422
    return _preview_page(visit, names, form, reading, status, changed=changed)


def _confirmed(visit: Inspection, names: Names) -> Any:
    """Everything ticked becomes drafts, in one transaction."""
    form, reading = _looked_at(visit, names)
    if batch := queries.taken(visit, actions.digest(form.raw.data or "")):
        return _already(visit, batch)
    if not form.validate():
        return _preview_page(visit, names, form, reading, 422)
    task_id = visit.task_id  # a lost race leaves a session from which nothing more can be read
    try:
        batch = _written(visit, form, reading, names)
    except OutOfTurn as refusal:
        release()
        return _clash(visit_of_task(current_user, task_id) or abort(404), form, reading, refusal)
    except NotYet as refusal:
        return _preview_page(visit, names, form, reading, 422, missing=refusal.sentences)
    return _done(visit, batch)


def _written(visit: Inspection, form: PreviewForm, reading: Reading, names: Names) -> Batch:
    rows = rows_of(form, reading, names)
    return actions.take_in(visit, current_user, now=now(), seen=form.seen.data, text=form.raw.data or "", rows=rows,
                           left_out=len(reading.findings) - len(rows))  # fmt: skip


def _clash(visit: Inspection, form: PreviewForm, reading: Reading, refusal: OutOfTurn) -> Any:
    """Somebody was faster: with the same list, then it is done; otherwise everything is shown again."""
    if batch := queries.taken(visit, actions.digest(form.raw.data or "")):
        return _already(visit, batch)
    if wants_json():
        raise refusal
    form.seen.data, form.seen.raw_data = visit.task.version, None
    names = Names(units_to_choose(visit.task.issuer_unit))
    return _preview_page(visit, names, form, reading, 409, refusal=refusal)


def _already(visit: Inspection, batch: Batch) -> Any:
    if wants_json():
        return answer_json(batch=batch.id, taken=batch.taken, left_out=batch.left_out, already=True)
    flash(_("This list was already taken in on %(at)s by %(name)s. Nothing was written a second time.",
            at=moment(batch.at), name=batch.person.name), "soon")  # fmt: skip
    return back_to(page_of(visit.task))


def _done(visit: Inspection, batch: Batch) -> Any:
    if wants_json():
        return answer_json(201, batch=batch.id, taken=batch.taken, left_out=batch.left_out, already=False)
    flash(_("%(n)d problems were written down as drafts. Look at them, then issue them all at once.",
            n=batch.taken), "done")  # fmt: skip
    return back_to(page_of(visit.task))
