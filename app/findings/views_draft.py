"""Writing findings down: a new one, at one unit or several, its edit, and the correction of an issued one."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from wtforms import StringField

from app.clock import now
from app.findings import actions, queries
from app.findings.forms import DraftForm, NewForm, WordsForm, draft_of, words_of
from app.findings.models import Finding
from app.findings.views import as_json, bp
from app.forms import Form
from app.htmx import answer_json, back_to, page, wants_json
from app.inspections.models import Inspection
from app.steps.attempts import attempt
from app.steps.links import page_of
from app.steps.offering import must_be_hers, must_be_offered
from app.steps.toasts import toast
from app.steps.unfit import unfit
from app.units.models import Unit

WORDS = ("text", "place", "category", "clause", "basis", "demand", "protection")
DRAFTED = (*WORDS, "weight", "track", "deadline_on")


@bp.route("/tasks/<int:task_id>/findings/new", methods=["GET", "POST"])
@login_required
def add_finding(task_id: int) -> Any:
    """Write down what a visit found."""
    visit = queries.visit_of_task(current_user, task_id) or abort(404)
    must_be_hers(visit.task, "add_finding", current_user)
    units = queries.units_to_choose(visit.task.issuer_unit)
    form = NewForm()
    form.offer(units)
    shown: dict[str, Any] = {"visit": visit, "task": visit.task, "back": page_of(visit.task)}
    if not form.is_submitted():
        must_be_offered(visit.task, "add_finding", current_user, now())
        return page("findings/new.html", form=form, **shown)
    if not _fits(form):
        return unfit(form, "findings/new.html", **shown)
    made: list[Finding] = []
    return attempt(
        visit.task, "add_finding", form, lambda: made.append(_written(visit, form, units)),
        unfit=lambda missing: unfit(form, "findings/new.html", missing, **shown),
        done=lambda: _after(made[0], visit, form),
    )  # fmt: skip


def _written(visit: Inspection, form: NewForm, units: list[Unit]) -> Finding:
    twin = queries.written_just_now(current_user, visit, form.text.data or "", now())
    if twin is not None:
        return twin
    finding = actions.draft(visit, current_user, now=now(), **_drafted(form, units))
    also = [unit for unit in units if unit.id in (form.also.data or [])]
    if also:
        actions.issue_to_many(finding, current_user, also, now=now())
    return finding


def _after(finding: Finding, visit: Inspection, form: NewForm) -> Any:
    if wants_json():
        return answer_json(201, **as_json(finding))
    flash(_("Written down: %(number)s", number=finding.task.number), "done")
    if form.another.data:
        return back_to(url_for("findings.add_finding", task_id=visit.task_id))
    return back_to(page_of(visit.task) if form.also.data else page_of(finding.task))


def _drafted(form: DraftForm, units: list[Unit]) -> dict[str, Any]:
    chosen = {str(unit.id): unit for unit in units}
    supporters = [unit for unit in units if unit.id in (form.supporters.data or [])]
    recurs = queries.by_number(current_user, form.recurs.data) if form.recurs.data else None
    return {name: form[name].data for name in DRAFTED} | {
        "unit": chosen.get(form.unit.data or ""), "supporters": supporters, "recurs": recurs,
    }  # fmt: skip


def _fits(form: DraftForm) -> bool:
    return form.validate() and _names_a_finding(form.recurs)


def _names_a_finding(field: StringField) -> bool:
    if not field.data or queries.by_number(current_user, field.data):
        return True
    field.errors = [_("There is no finding with this number that you can see.")]
    return False


@bp.route("/tasks/<int:task_id>/edit-draft", methods=["GET", "POST"])
@login_required
def edit(task_id: int) -> Any:
    """Change a draft."""
    finding = queries.of_task(current_user, task_id) or abort(404)
    must_be_hers(finding.task, "edit", current_user)
    units = queries.units_to_choose(finding.task.issuer_unit)
    form = DraftForm(data=draft_of(finding))
    form.offer(units)
    if not form.is_submitted():
        return _begun(finding, "edit", form, "findings/edit.html")
    if not _fits(form):
        return _again(finding, form, "findings/edit.html")
    return attempt(
        finding.task, "edit", form,
        lambda: actions.edit(finding, current_user, now=now(), seen=form.seen.data, **_drafted(form, units)),
        unfit=lambda missing: _again(finding, form, "findings/edit.html", missing),
        done=lambda: _saved(finding, "edit"),
    )  # fmt: skip


@bp.route("/tasks/<int:task_id>/correct", methods=["GET", "POST"])
@login_required
def correct(task_id: int) -> Any:
    """Correct the words of an issued finding; what they said before is kept."""
    finding = queries.of_task(current_user, task_id) or abort(404)
    must_be_hers(finding.task, "correct", current_user)
    form = WordsForm(data=words_of(finding))
    if not form.is_submitted():
        return _begun(finding, "correct", form, "findings/correct.html")
    if not form.validate():
        return _again(finding, form, "findings/correct.html")
    return attempt(
        finding.task, "correct", form,
        lambda: actions.correct(finding, current_user, now=now(), seen=form.seen.data, **form.given),
        unfit=lambda missing: _again(finding, form, "findings/correct.html", missing),
        done=lambda: _saved(finding, "correct"),
    )  # fmt: skip


def _begun(finding: Finding, step: str, form: Form, template: str) -> Any:
    must_be_offered(finding.task, step, current_user, now())
    form.seen.data = finding.task.version
    return page(template, form=form, task=finding.task, back=page_of(finding.task))


def _again(finding: Finding, form: Form, template: str, missing: Any = ()) -> Any:
    return unfit(form, template, missing, task=finding.task, back=page_of(finding.task))


def _saved(finding: Finding, step: str) -> Any:
    if wants_json():
        return answer_json(**as_json(finding))
    toast(finding.task, step, current_user)
    return back_to(page_of(finding.task))
