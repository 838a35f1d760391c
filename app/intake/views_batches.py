"""What was taken in for a visit: each list with its original, what came of it, what was set aside, and its undoing."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, current_app, flash, url_for
from flask_babel import get_locale
from flask_login import current_user, login_required

from app.clock import now
from app.evidence.faults import Missing
from app.evidence.serving import download
from app.findings.queries import visit_of_task
from app.forms import Form
from app.htmx import answer_json, back_to, page, wants_json
from app.inspections.actions import not_yet
from app.inspections.models import Inspection
from app.intake import actions, aside_sheet, queries, queries_undoing
from app.intake.long_undoing import TAKEN_BACK, size_of
from app.intake.models import Batch
from app.intake.taking import under_way
from app.intake.views import bp
from app.jobs import queries as jobs
from app.jobs.actions import ask
from app.jobs.models import Job
from app.steps.links import page_of
from app.steps.offering import must_be_hers, must_be_offered
from app.tasks.refusals import NotYet, NotYours, OutOfTurn
from app.words import day, told
from workflows.grammar import say

SHOWN = 300  # findings of one list on its page
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UndoForm(Form):
    """A button without fields."""


def _looked_at(visit: Inspection) -> Inspection:
    """Whole lists are for those who oversee the visit as a whole."""
    if not current_user.supervises(visit.task.unit_path):
        raise NotYours(say("Whole lists are shown only to those who oversee the visit."))
    return visit


@bp.get("/tasks/<int:task_id>/batches")
@login_required
def undo_batch(task_id: int) -> Any:
    """The lists that were taken in for a visit."""
    visit = _looked_at(visit_of_task(current_user, task_id) or abort(404))
    found = queries.batches(visit)
    if wants_json():
        return answer_json(batches=[_as_json(one) for one in found])
    return page("intake/batches.html", visit=visit, task=visit.task, batches=found, back=page_of(visit.task))


def _as_json(batch: Batch) -> dict[str, Any]:
    return {
        "batch": batch.id, "name": batch.name, "sha256": batch.sha256, "at": batch.at.isoformat(),
        "by": batch.person.name, "taken": batch.taken, "left_out": batch.left_out, "changes": len(batch.changes),
        "set_aside": batch.set_aside, "undone_at": batch.undone_at.isoformat() if batch.undone_at else None,
    }  # fmt: skip


def _found(batch_id: int) -> Batch:
    batch = queries.batch(current_user, batch_id) or abort(404)
    _looked_at(batch.inspection)
    return batch


@bp.get("/intake/batches/<int:batch_id>")
@login_required
def batch(batch_id: int) -> Any:
    """One list: who took it in and when, what came of it, and what stays a draft and why."""
    one = _found(batch_id)
    if busy := _under_way(one):
        return under_way(busy)
    if wants_json():
        return answer_json(**_as_json(one), findings=queries_undoing.numbers_of(one))
    return _shown(one)


def _under_way(one: Batch) -> Job | None:
    """Her own taking back of it that is not done yet."""
    return jobs.open_about(current_user, (TAKEN_BACK,), batch=one.id)


def _shown(one: Batch, status: int = 200, **more: Any) -> Any:
    findings = queries.came_of(one, SHOWN)
    drafts = [finding.task for finding in findings if finding.task.state == "draft"]
    changes, moved = one.changes[:SHOWN], queries_undoing.moved_on(one, 0)[0]
    changed = queries.with_ids(change["finding"] for change in changes)
    return page(
        "intake/batch.html", status, batch=one, visit=one.inspection, task=one.inspection.task, findings=findings,
        drafts=drafts, staying=not_yet(drafts, current_user, now()), changes=changes, changed=changed, moved=moved,
        may_undo=_may_undo(one), back=page_of(one.inspection.task), **more,
    )  # fmt: skip


def _may_undo(one: Batch) -> bool:
    task = one.inspection.task
    standing = one.undone_at is None and task.workflow.step("undo_batch", task) is not None
    return standing and current_user.sits("inspector", task.issuer_unit_id)


@bp.post("/intake/batches/<int:batch_id>/undo")
@login_required
def take_back(batch_id: int) -> Any:
    """Undo a list as a whole while nothing of it has moved on."""
    one = _found(batch_id)
    must_be_hers(one.inspection.task, "undo_batch", current_user)
    form = UndoForm()
    if not form.validate():
        abort(422)
    if size_of(one) > current_app.config["LIST_ROWS"]:
        return _in_the_background(one)
    try:
        many = actions.undo(one, one.inspection, current_user, now=now())
    except (NotYet, OutOfTurn) as refusal:
        if wants_json():
            raise
        return _shown(one, refusal.status, refusal=refusal)
    if wants_json():
        return answer_json(batch=batch_id, discarded=many)
    flash(told(say("The list was taken back: %(n)d drafts were discarded.", n=many)), "done")
    return back_to(url_for("intake.batch", batch_id=batch_id))


def _in_the_background(one: Batch) -> Any:
    """A long list is taken back by the worker, whole or not at all; what stands in the way already is said at once."""
    task, asked = one.inspection.task, {"task": one.inspection.task_id, "batch": one.id}
    try:
        must_be_offered(task, "undo_batch", current_user, now())
        actions.must_be_whole(one)
    except (NotYet, OutOfTurn) as refusal:
        if wants_json():
            raise
        return _shown(one, refusal.status, refusal=refusal)
    return under_way(ask(TAKEN_BACK, current_user, asked, now=now(), locale=str(get_locale())))


@bp.get("/intake/batches/<int:batch_id>/original")
@login_required
def original(batch_id: int) -> Response:
    """The file, or the pasted text, exactly as it was sent."""
    one = _found(batch_id)
    if not one.name:
        return _text(one)
    try:
        return download(one.name, one.sha256)
    except Missing:
        abort(404)


def _text(one: Batch) -> Response:
    named = f"{one.inspection.task.number}-{day(one.at)}.txt"
    return Response(one.text, mimetype="text/plain", headers={
        "Content-Disposition": f"attachment; filename={named}", "X-Content-Type-Options": "nosniff",
    })  # fmt: skip


@bp.get("/intake/batches/<int:batch_id>/set-aside.xlsx")
@login_required
def set_aside(batch_id: int) -> Response:
    """The rows that were not taken in, each with its reason and what to do."""
    one = _found(batch_id)
    if not one.set_aside:
        abort(404)
    named = f"{one.inspection.task.number}-{one.id}-set-aside.xlsx"
    return Response(aside_sheet.sheet(one.set_aside), mimetype=XLSX,
                    headers={"Content-Disposition": f"attachment; filename={named}"})  # fmt: skip
