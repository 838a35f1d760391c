"""The same step for many rows of the ledger: preview, confirm, result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import AnyOf, Length, Optional, ValidationError

from app.clock import now, today
from app.findings import batch
from app.findings.filters import read
from app.findings.views import bp
from app.forms import Form
from app.htmx import answer_json, number, page, wants_json
from app.steps.forms import answers, form_for
from app.tasks.models import Task
from workflows.book import WORKFLOWS

LAW = WORKFLOWS["finding"]
SCOPES = ("picked", "page", "all")
URGED = _l("Please go on with this and say where it stands.")


class ChoiceForm(Form):
    """Which rows, and what with them."""

    step = HiddenField(validators=[AnyOf(batch.STEPS)])
    scope = HiddenField(validators=[Optional(), AnyOf(SCOPES)])
    query = HiddenField(validators=[Length(max=2000)])
    pick = SelectMultipleField(coerce=int, validate_choice=False)


class RowsForm(Form):
    """The rows that were previewed; what the step asks of all of them comes on top."""

    step = HiddenField(validators=[AnyOf(batch.STEPS)])
    query = HiddenField(validators=[Length(max=2000)])
    pick = SelectMultipleField(coerce=int, validate_choice=False)

    def validate_pick(self, field: Any) -> None:
        """Never silently fewer than were sent."""
        if len(field.data or ()) > (most := batch.most(str(self.step.data))):
            raise ValidationError(_("At most %(n)d go at once; nothing was done.", n=most))


@bp.post("/findings/batch")
@login_required
def batch_preview() -> Any:
    """What would be done and what would be skipped, before anything is."""
    form = ChoiceForm()
    if not form.validate():
        return page("findings/batch_result.html", 422, outcomes=[], form=form, label="", back=url_for(".index"))
    step, ids = str(form.step.data), form.pick.data or []
    most = batch.most(step)
    if form.scope.data in ("page", "all"):
        view, left = read(dict(parse_qsl(form.query.data or ""))), batch.not_yet_done(step, current_user, now())
        ids = batch.in_view(current_user, view, today(), form.scope.data, *left, most=most)
    tasks = batch.chosen(current_user, ids, most)
    confirm = _form_of(step, tasks, formdata=None)
    confirm.step.data, confirm.query.data = step, form.query.data
    if step == "urge" and tasks:
        confirm.remark.data = str(URGED)
    whole = form.scope.data == "all"
    return _previewed(tasks, step, confirm, 200, most if len(ids) > most else None, whole=whole)


@bp.post("/findings/batch/confirm")
@login_required
def batch_run() -> Any:
    """Take the step with each; the list says what became of every one."""
    step = request.form.get("step", "")
    tasks = batch.chosen(current_user, request.form.getlist("pick", type=number), batch.most(step))
    form = _form_of(step, tasks)
    if not form.validate():
        return _previewed(tasks, step if step in batch.STEPS else "issue", form, 422)
    outcomes = batch.run(tasks, step, current_user, now=now(), **answers(LAW.steps_called(step)[0], form))
    if wants_json():
        return answer_json(results=[_as_json(outcome) for outcome in outcomes])
    return page("findings/batch_result.html", outcomes=outcomes, form=form, label=batch.LABELS[step], back=_back(form))


def _form_of(step: str, tasks: Sequence[Task], **options: Any) -> Any:
    """The rows with what the step asks; people are offered from the unit of those it is possible for."""
    if step not in batch.STEPS or not tasks:
        return RowsForm(**options)
    going = [o.task for o in batch.preview(tasks, step, current_user, now()) if not o.why_not]
    return form_for(LAW.steps_called(step)[0], (going or tasks)[0], RowsForm, **options)


def _previewed(tasks: Sequence[Task], step: str, form: Any, status: int, first: int | None = None, *,
               whole: bool = False) -> Any:  # fmt: skip
    outcomes = batch.preview(tasks, step, current_user, now())
    heard = batch.hearing([o.task for o in outcomes if not o.why_not], step, current_user)
    if wants_json():
        errors = {name: [str(e) for e in said] for name, said in form.errors.items() if name}
        return answer_json(status, preview=[_as_json(outcome) for outcome in outcomes], fields=errors, hears=heard)
    asked = [ask.name for ask in LAW.steps_called(step)[0].asks]
    return page("findings/batch.html", status, outcomes=outcomes, form=form, label=batch.LABELS[step], back=_back(form),
                asked=asked, first=first, hears=heard, moving=step in batch.MOVING, whole=whole,
                urging=step == "urge")  # fmt: skip


def _back(form: Any) -> str:
    return f"{url_for('.index')}?{form.query.data or ''}".rstrip("?")


def _as_json(outcome: batch.Outcome) -> dict[str, Any]:
    return {"task_id": outcome.task.id, "number": outcome.task.number, "why_not": [str(s) for s in outcome.why_not]}
