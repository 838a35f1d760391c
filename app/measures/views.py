"""Pages of measures: plan one, look at it, change it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.clock import now, today
from app.db import db
from app.evidence.actions_erasing import may_propose
from app.evidence.proving import as_json as proven
from app.evidence.proving import checklist, lacking
from app.findings.models import Finding
from app.htmx import answer_json, back_to, number, page, wants_json
from app.measures import actions, actions_owner, queries  # noqa: F401 (serves the finding's step)
from app.measures.forms import KIND_LABELS, MeasureForm, NewMeasureForm
from app.measures.models import Measure
from app.people.models import Person
from app.people.queries import owners_in
from app.steps import shown
from app.steps.attempts import attempt
from app.steps.links import page_of
from app.steps.offering import must_be_hers, offered
from app.steps.timeline import timeline
from app.steps.toasts import toast
from app.tasks import queries as tasks
from app.tasks.models import Task
from app.tasks.perform import offers

bp = Blueprint("measures", __name__)


@bp.get("/measures/<int:measure_id>")
@login_required
def show(measure_id: int) -> Any:
    """What will be done, for which findings, and what proves it."""
    measure = queries.get(current_user, measure_id) or abort(404)
    if wants_json():
        return answer_json(**shown.task(measure.task, offers(measure.task, current_user, now())), text=measure.text,
                           proofs=proven(checklist(measure.proofs, measure.task.live_evidence)))  # fmt: skip
    return page(
        "measures/show.html", measure=measure, task=measure.task, facts=facts(measure),
        offers=offered(measure.task, current_user, now()),
        happened=timeline(measure.task, tasks.history(measure.task)),
        lacking=lacking(checklist(measure.proofs, measure.task.live_evidence)),
        erases=may_propose(measure.task, current_user),
    )  # fmt: skip


@bp.route("/tasks/<int:task_id>/measures/new", methods=["GET", "POST"])
@login_required
def add_measure(task_id: int) -> Any:
    """Plan a measure for a finding, and for others of its unit that it serves too."""
    finding = _finding(task_id)
    must_be_hers(finding.task, "add_measure", current_user)
    form, others = NewMeasureForm(), queries.others_of_the_unit(current_user, finding)
    form.offer(owners_in(finding.task.unit))
    form.also.choices = [SelectChoice(value=f.id, label=f"{f.task.number} {f.task.title}") for f in others]
    if request.method == "GET":
        _begin(form, finding, request.args.get("like", -1, type=number))
    if not form.validate_on_submit():
        return _form_page("measures/new.html", finding.task, form)
    return attempt(
        finding.task, "add_measure", form, lambda: _add(finding, others, form),
        unfit=lambda missing: _form_page("measures/new.html", finding.task, form, missing),
        done=lambda: back_to(page_of(finding.task)),
    )  # fmt: skip


def _begin(form: NewMeasureForm, finding: Finding, like: int) -> None:
    """What the page begins with; `like` is the place of a measure that the pasted list proposed."""
    form.seen.data = finding.task.version
    form.due_on.data = max(finding.task.due_on or today(), today())  # a day that has passed would be refused
    form.proofs.data = ["photo"]
    form.owner.data = str(finding.task.owner_id or "")
    proposed = finding.extra.get("suggested_measures", [])
    if not 0 <= like < len(proposed):
        return
    form.text.data = proposed[like]["text"]
    if proposed[like].get("due_on", "") >= today().isoformat():
        form.due_on.data = date.fromisoformat(proposed[like]["due_on"])


def _add(finding: Finding, others: list[Finding], form: NewMeasureForm) -> None:
    served = [finding, *(other for other in others if other.id in (form.also.data or []))]
    actions.add(served, current_user, now=now(), seen=form.seen.data, **_given(form))


@bp.route("/tasks/<int:task_id>/measure", methods=["GET", "POST"])
@login_required
def change(task_id: int) -> Any:
    """Change a planned measure."""
    measure = queries.of_task(current_user, task_id) or abort(404)
    must_be_hers(measure.task, "change", current_user)
    form = MeasureForm(obj=measure, data={"owner": str(measure.task.owner_id or ""), "due_on": measure.task.due_on})
    form.offer(owners_in(measure.task.unit))
    if request.method == "GET":
        form.seen.data = measure.task.version
    if not form.validate_on_submit():
        return _form_page("measures/edit.html", measure.task, form)
    return attempt(
        measure.task, "change", form,
        lambda: actions.change(measure, current_user, now=now(), seen=form.seen.data, **_given(form)),
        unfit=lambda missing: _form_page("measures/edit.html", measure.task, form, missing),
        done=lambda: _changed(measure),
    )  # fmt: skip


def _changed(measure: Measure) -> Any:
    toast(measure.task, "change", current_user)
    return back_to(url_for("measures.show", measure_id=measure.id))


def _given(form: MeasureForm) -> dict[str, Any]:
    budget = float(form.budget.data) if form.budget.data is not None else None
    owner = db.session.get(Person, int(form.owner.data))
    return {"text": form.text.data, "kind": form.kind.data, "owner": owner, "due_on": form.due_on.data,
            "budget": budget, "proofs": form.proofs.data or []}  # fmt: skip


def _finding(task_id: int) -> Finding:
    task = tasks.get(current_user, task_id)
    return task.finding if task and task.kind == "finding" else abort(404)


def _form_page(template: str, task: Task, form: MeasureForm, missing: Any = ()) -> Any:
    status = 422 if form.is_submitted() else 200
    if wants_json() and status == 422:
        return answer_json(422, fields=form.errors, sentences=[str(sentence) for sentence in missing])
    return page(template, status, task=task, form=form, missing=missing, back=page_of(task))


def facts(measure: Measure) -> list[tuple[str, Any]]:
    """What a measure says of itself, label by label."""
    labels = dict(KIND_LABELS)
    return [
        (_("Owner"), measure.task.owner.name if measure.task.owner else None),
        (_("To be done by"), measure.task.due_on),
        (_("Kind"), labels[measure.kind]),
        (_("Budget in yuan"), f"{measure.budget:,.2f}" if measure.budget is not None else None),
        (_("Finished on"), measure.finished_on),
        (_("Result"), measure.result),
    ]
