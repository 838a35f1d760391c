"""The same step for many rows of the ledger: preview, confirm, result."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from wtforms import HiddenField, SelectMultipleField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from app.clock import now, today
from app.findings import batch
from app.findings.filters import read
from app.findings.views import bp
from app.forms import Form, stripped
from app.htmx import answer_json, page, wants_json

SCOPES = ("picked", "page", "all")
LABELS = {"issue": _l("Issue"), "comment": _l("Ask or urge")}
URGED = _l("Please go on with this and say where it stands.")


class ChoiceForm(Form):
    """Which rows, and what with them."""

    step = HiddenField(validators=[AnyOf(batch.STEPS)])
    scope = HiddenField(validators=[Optional(), AnyOf(SCOPES)])
    query = HiddenField(validators=[Length(max=2000)])
    pick = SelectMultipleField(coerce=int, validate_choice=False)


class IssueForm(Form):
    """The rows that were previewed."""

    step = HiddenField(validators=[AnyOf(batch.STEPS)])
    query = HiddenField(validators=[Length(max=2000)])
    pick = SelectMultipleField(coerce=int, validate_choice=False)


class UrgeForm(IssueForm):
    """The rows and what is asked of each."""

    text = TextAreaField(
        _l("Question or answer"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Please fill this in.")),
            Length(max=2000, message=_l("At most %(max)d characters.")),
        ],
    )


@bp.post("/findings/batch")
@login_required
def batch_preview() -> Any:
    """What would be done and what would be skipped, before anything is."""
    form = ChoiceForm()
    if not form.validate():
        return page("findings/batch_result.html", 422, outcomes=[], form=form, label="", back=url_for(".index"))
    ids = form.pick.data or []
    if form.scope.data in ("page", "all"):
        ids = batch.in_view(current_user, read(dict(parse_qsl(form.query.data or ""))), today(), form.scope.data)
    confirm = _form_of(str(form.step.data), formdata=None)
    confirm.step.data, confirm.query.data = form.step.data, form.query.data
    if form.step.data == "comment":
        confirm.text.data = str(URGED)
    return _previewed(ids, str(form.step.data), confirm, 200)


@bp.post("/findings/batch/confirm")
@login_required
def batch_run() -> Any:
    """Take the step with each; the list says what became of every one."""
    step = request.form.get("step", "")
    form = _form_of(step)
    if not form.validate():
        return _previewed(form.pick.data or [], step if step in batch.STEPS else "issue", form, 422)
    tasks = batch.chosen(current_user, form.pick.data or [])
    given = {"text": form.text.data} if step == "comment" else {}
    outcomes = batch.run(tasks, step, current_user, now=now(), **given)
    if wants_json():
        return answer_json(results=[_as_json(outcome) for outcome in outcomes])
    return page("findings/batch_result.html", outcomes=outcomes, form=form, label=LABELS[step], back=_back(form))


def _form_of(step: str, **options: Any) -> Any:
    return UrgeForm(**options) if step == "comment" else IssueForm(**options)


def _previewed(ids: list[int], step: str, form: Any, status: int) -> Any:
    outcomes = batch.preview(batch.chosen(current_user, ids), step, current_user, now())
    if wants_json():
        errors = {name: [str(e) for e in said] for name, said in form.errors.items() if name}
        return answer_json(status, preview=[_as_json(outcome) for outcome in outcomes], fields=errors)
    return page("findings/batch.html", status, outcomes=outcomes, form=form, label=LABELS[step], back=_back(form))


def _back(form: Any) -> str:
    return f"{url_for('.index')}?{form.query.data or ''}".rstrip("?")


def _as_json(outcome: batch.Outcome) -> dict[str, Any]:
    return {"task_id": outcome.task.id, "number": outcome.task.number, "why_not": [str(s) for s in outcome.why_not]}
