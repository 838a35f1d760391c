"""Units and people from a workbook: choose, look, confirm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response, current_app, flash, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from app.clock import now, today
from app.forms import Form
from app.guard import for_administrators
from app.htmx import back_to, page
from app.people import actions_import, importing, staging, template, workbooks
from app.people.planning import Plan
from app.people.views import bp
from app.words import told
from workflows.grammar import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileForm(Form):
    """The workbook."""

    file = FileField(
        _l("Workbook (.xlsx)"), validators=[FileRequired(_l("Choose a file first."))],
        description=_l("At most 5 MB, 20,000 rows, 100 columns. Nothing is written before you have confirmed it."),
    )  # fmt: skip


class ConfirmForm(Form):
    """The ticket of a workbook that was looked at."""

    ticket = StringField(widget=HiddenInput(), validators=[InputRequired()])


@bp.get("/people/import")
@for_administrators
def read_file() -> Any:
    """Choose a workbook."""
    return page("people/import.html", form=FileForm(formdata=None))


@bp.post("/people/import")
@for_administrators
def preview() -> Any:
    """What the workbook would do, row by row; nothing is written."""
    form = FileForm()
    if not form.validate():
        return page("people/import.html", 422, form=form)
    with form.file.data.stream as stream:
        content = stream.read(workbooks.LARGEST + 1)
    try:
        plan = actions_import.plan(importing.read(content), today())
    except workbooks.Unreadable as why:
        form.file.errors = [why.sentence]
        return page("people/import.html", 422, form=form)
    ticket = staging.keep(content, _folder(), current_app.config["SECRET_KEY"], current_user.id)
    return _previewed(plan, ticket)


def _previewed(plan: Plan, ticket: str, status: int = 200) -> Any:
    return page("people/preview.html", status, plan=plan, ticket=ticket)


@bp.post("/people/import/confirm")
@for_administrators
def confirm() -> Any:
    """Check it once more against what is there now, then write all of it."""
    form = ConfirmForm()
    try:
        if not form.validate():
            raise staging.Gone
        content = staging.fetch(form.ticket.data or "", _folder(), current_app.config["SECRET_KEY"], current_user.id)
    except staging.Gone:
        flash(_("The previewed file is no longer there; nothing was written. Choose it once more."))
        return page("people/import.html", 422, form=FileForm(formdata=None))
    plan = actions_import.plan(importing.read(content), today())
    if not plan.is_ready:
        return _previewed(plan, form.ticket.data or "", 422)
    actions_import.carry_out(plan, current_user, now=now())
    units, people = plan.new(plan.units), plan.new(plan.people)
    flash(told(say("%(units)d units and %(people)d posts were added.", units=units, people=people)))
    return back_to(url_for("people.index") if plan.people else url_for("units.index"))


@bp.get("/people/import/template.xlsx")
@for_administrators
def download_template() -> Any:
    """The empty table to fill in."""
    return Response(
        template.blank(), mimetype=XLSX,
        headers={"Content-Disposition": "attachment; filename=units-and-people.xlsx"},
    )  # fmt: skip


def _folder() -> Path:
    return Path(current_app.config["DATA_DIR"]) / "imports"
