"""Changing the words of a finding: the edit of a draft, and the correction of an issued one."""

from __future__ import annotations

from typing import Any

from flask import abort
from flask_babel import gettext as _
from flask_login import current_user, login_required
from wtforms import StringField

from app.clock import now
from app.findings import actions, queries
from app.findings.forms import DraftForm, WordsForm, draft_of, words_of
from app.findings.models import Finding
from app.findings.views import as_json, bp
from app.forms import Form
from app.htmx import answer_json, back_to, page, wants_json
from app.steps.attempts import attempt
from app.steps.links import page_of
from app.steps.offering import must_be_hers, must_be_offered
from app.steps.toasts import toast
from app.steps.unfit import unfit
from app.units.models import Unit

WORDS = ("text", "place", "category", "clause", "basis", "demand", "protection")
DRAFTED = (*WORDS, "weight", "track", "deadline_on")


def drafted(form: DraftForm, units: list[Unit]) -> dict[str, Any]:
    """What was filled in, as a draft takes it."""
    chosen = {str(unit.id): unit for unit in units}
    supporters = [unit for unit in units if unit.id in (form.supporters.data or [])]
    recurs = queries.by_number(current_user, form.recurs.data) if form.recurs.data else None
    return {name: form[name].data for name in DRAFTED} | {
        "unit": chosen.get(form.unit.data or ""), "supporters": supporters, "recurs": recurs,
    }  # fmt: skip


def fits(form: DraftForm) -> bool:
    """Whether everything filled in is right; an earlier finding that it names is one she can see."""
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
    units = _to_choose(finding)
    form = DraftForm(data=draft_of(finding))
    form.offer(units)
    if not form.is_submitted():
        return _begun(finding, "edit", form, "findings/edit.html")
    if not fits(form):
        return _again(finding, form, "findings/edit.html")
    return attempt(
        finding.task, "edit", form,
        lambda: actions.edit(finding, current_user, now=now(), seen=form.seen.data, **drafted(form, units)),
        unfit=lambda missing: _again(finding, form, "findings/edit.html", missing),
        done=lambda: _saved(finding, "edit"),
    )  # fmt: skip


def _to_choose(finding: Finding) -> list[Unit]:
    """The units there are to choose from, and the one chosen before, should it be closed by now."""
    units, before = queries.units_to_choose(finding.task.issuer_unit), finding.task.unit
    return units if before is None or before in units else [before, *units]


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
