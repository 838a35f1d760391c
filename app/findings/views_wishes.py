"""A person's own ledger: which columns, and views saved under a name, renamed and forgotten again."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from wtforms import HiddenField, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.findings import wishes
from app.findings.filters import read
from app.findings.views import bp
from app.findings.views_ledger import column_names
from app.forms import Form, not_blank, only_a_button, stripped
from app.htmx import answer_json, back_to, page, wants_json


class ColumnsForm(Form):
    """The columns to be looked at, and the view to come back to."""

    shown = SelectMultipleField(_l("Columns"), widget=ListWidget(), option_widget=CheckboxInput())
    query = HiddenField(validators=[Length(max=2000)])


class NameForm(Form):
    """What a view is called."""

    name = StringField(
        _l("Name of the view"), filters=[stripped],
        validators=[InputRequired(_l("Please fill this in.")), not_blank,
                    Length(max=wishes.LONGEST, message=_l("At most %(max)d characters."))],
    )  # fmt: skip


class ViewForm(NameForm):
    """The name of a new view, and the filters it stands for."""

    query = HiddenField(validators=[Length(max=2000)])

    def validate_name(self, _field: StringField) -> None:
        """Enough is enough: a list of views is to be taken in at a glance."""
        if len(wishes.views(current_user)) >= wishes.MOST:
            raise ValidationError(_l("You have %(most)d views; delete one of them first.", most=wishes.MOST))


@bp.route("/findings/columns", methods=["GET", "POST"])
@login_required
def columns() -> Any:
    """Which columns of the ledger to look at; kept with the person."""
    form = ColumnsForm()
    form.shown.choices = [SelectChoice(value=name, label=column_names()[name]) for name in wishes.COLUMNS]
    if not form.is_submitted():
        left_out = wishes.hidden(current_user)
        form.shown.data = [name for name in wishes.COLUMNS if name not in left_out]
        form.query.data = _tidy(request.args.get("query", ""))
    if not form.validate_on_submit():
        return page("findings/columns.html", 422 if form.is_submitted() else 200, form=form, back=_ledger(form))
    wishes.show_only(current_user, form.shown.data or [])
    return back_to(_ledger(form))


@bp.get("/findings/views")
@login_required
def saved_views() -> Any:
    """Her saved views, to be opened, renamed and deleted."""
    mine = wishes.views(current_user)
    if wants_json():
        return answer_json(views=[one._asdict() | {"url": f"{url_for('.index')}?{one.query}"} for one in mine])
    return page("findings/views.html", views=mine, form=NameForm(formdata=None))


@bp.route("/findings/views/new", methods=["GET", "POST"])
@login_required
def save_view() -> Any:
    """Save the filters of the address under a name."""
    form = ViewForm()
    if not form.is_submitted():
        form.query.data = _tidy(request.args.get("query", ""))
    if not form.validate_on_submit():
        return page("findings/view_new.html", 422 if form.is_submitted() else 200, form=form, back=_ledger(form))
    wishes.save(current_user, form.name.data or "", _tidy(form.query.data))
    flash(_("The view “%(name)s” was saved.", name=form.name.data), "done")
    return back_to(_ledger(form))


@bp.post("/findings/views/<int:view_id>")
@login_required
def rename_view(view_id: int) -> Any:
    """Give a view another name."""
    one = wishes.view(current_user, view_id) or abort(404)
    form = NameForm()
    if not form.validate():
        return page("findings/views.html", 422, views=wishes.views(current_user), form=form, wrong=one.id)
    wishes.rename(current_user, one.id, form.name.data or "")
    flash(_("The view is now called “%(name)s”.", name=form.name.data), "done")
    return back_to(url_for(".saved_views"))


@bp.post("/findings/views/<int:view_id>/delete")
@login_required
def forget_view(view_id: int) -> Any:
    """Delete a view; no finding is touched by that."""
    one = wishes.view(current_user, view_id) or abort(404)
    only_a_button()
    wishes.forget(current_user, one.id)
    flash(_("The view “%(name)s” was deleted; no finding was touched.", name=one.name), "done")
    return back_to(url_for(".saved_views"))


def _tidy(query: str | None) -> str:
    """The part of a query that the ledger understands, from its first page on."""
    return read(dict(parse_qsl(query or ""))).address(after="")


def _ledger(form: Any) -> str:
    return f"{url_for('.index')}?{_tidy(form.query.data)}".rstrip("?")
