"""Writing a finding down, at one unit or several, with the photos of how it was found: one form, all or nothing."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.clock import now
from app.db import pause
from app.evidence.actions import add_to_new
from app.evidence.brought import Brought, brought
from app.findings import actions, actions_many, queries
from app.findings.forms import NewForm
from app.findings.models import Finding
from app.findings.views import as_json, bp
from app.findings.views_draft import drafted, fits
from app.htmx import answer_json, back_to, page, wants_json
from app.inspections.models import Inspection
from app.steps.attempts import attempt
from app.steps.links import page_of
from app.steps.offering import must_be_hers, must_be_offered
from app.steps.unfit import unfit
from app.tasks.touching import hold
from app.units.models import Unit
from app.words import joined

PAGE = "findings/new.html"
LISTED = 20


@bp.route("/tasks/<int:task_id>/findings/new", methods=["GET", "POST"])
@login_required
def add_finding(task_id: int) -> Any:
    """Write down what a visit found."""
    visit = queries.visit_written_into(current_user, task_id) or abort(404)
    must_be_hers(visit.task, "add_finding", current_user)
    form = NewForm()
    if not form.is_submitted():
        form.offer(queries.units_to_choose(visit.task.issuer_unit))
        must_be_offered(visit.task, "add_finding", current_user, now())
        return page(PAGE, form=form, came=Brought(), **_around(visit))
    return _sent(visit, form, _photos(visit))


def _around(visit: Inspection) -> dict[str, Any]:
    return {"visit": visit, "task": visit.task, "back": page_of(visit.task)}


def _photos(visit: Inspection) -> Brought:
    """What came along, safely stored before anything is written; the visit is looked at anew afterwards."""
    files, marks = [file for file in request.files.getlist("photos") if file.filename], request.form.getlist("kept")
    if not files and not marks:
        return Brought()
    pause()
    came = brought(files, marks, current_user.id, now())
    hold(visit.task)
    return came


def _sent(visit: Inspection, form: NewForm, came: Brought) -> Any:
    units = queries.units_among(visit.task.issuer_unit, form.chosen_ids(), form.chosen_names())
    form.offer(units)
    form.keep({mark: stored.name for mark, stored in came.offered.items()})
    if not fits(form) or came.refused:
        return _again(visit, form, came)
    made: list[Finding] = []
    return attempt(
        visit.task, "add_finding", form, lambda: made.append(_written(visit, form, units, came)),
        unfit=lambda missing: _again(visit, form, came, missing),
        done=lambda: _after(made[0], visit, form),
    )  # fmt: skip


def _again(visit: Inspection, form: NewForm, came: Brought, missing: Any = ()) -> Any:
    """Everything typed, and every photo that was kept, is offered again."""
    form.offer(queries.units_to_choose(visit.task.issuer_unit))
    return unfit(form, PAGE, [*came.refused, *missing], came=came, **_around(visit))


def _written(visit: Inspection, form: NewForm, units: list[Unit], came: Brought) -> Finding:
    said = drafted(form, units)
    same = {"text": said["text"], "place": said["place"] or "", "unit": said["unit"], "many": bool(form.also.data)}
    twin = queries.written_just_now(current_user, visit, now(), **same)
    finding = twin or actions.draft(visit, current_user, now=now(), **said)
    if twin is None and form.also.data:
        also = [unit for unit in units if unit.id in form.also.data]
        actions_many.issue_to_many(finding, current_user, also, now=now())
    there = {piece.sha256 for piece in twin.task.evidence} if twin else set()
    new = [stored for stored in came.kept if stored.sha256 not in there]
    if new:
        add_to_new(finding.task, current_user, "before", new, now=now())
    return finding


def _after(finding: Finding, visit: Inspection, form: NewForm) -> Any:
    numbers = queries.numbers_written_with(finding)
    if wants_json():
        return answer_json(201, **as_json(finding), numbers=numbers)
    flash(_told(numbers), "done")
    if form.another.data:
        return back_to(url_for("findings.add_finding", task_id=visit.task_id))
    return back_to(page_of(visit.task) if form.also.data else page_of(finding.task))


def _told(numbers: list[str]) -> str:
    """Every number; of very many the first and the last, for they follow one another."""
    if len(numbers) == 1:
        return _("Written down: %(number)s", number=numbers[0])
    named = joined(numbers) if len(numbers) <= LISTED else f"{numbers[0]} … {numbers[-1]}"
    return _("Written down at %(n)d units: %(numbers)s", n=len(numbers), numbers=named)
