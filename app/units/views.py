"""The tree of units: everybody reads what her posts reach, administrators change it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.acts import actions as acts
from app.clock import now, today
from app.forms import only_a_button
from app.guard import for_administrators
from app.htmx import back_to, page
from app.units import actions, queries
from app.units.forms import KIND_LABELS, CloseForm, MoveForm, NewUnitForm, UnitForm
from app.units.models import Unit

bp = Blueprint("units", __name__)
PER_PAGE = 200


@bp.get("/units")
@login_required
def index() -> Any:
    """The tree as far as the viewer's posts reach, searchable, a page at a time."""
    words = request.args.get("q", "").strip()[:100]
    found = queries.listed(reaches(), words, request.args.get("after", ""), PER_PAGE)
    units, more = found[:PER_PAGE], len(found) > PER_PAGE
    following = url_for("units.index", q=words or None, after=units[-1].path) if more else None
    return page("units/index.html", units=units, q=words, next_url=following, kinds=KIND_LABELS)


def reaches() -> set[str]:
    """The paths below which the viewer may look; administrators see every unit."""
    if current_user.is_admin:
        return {queries.EVERYWHERE}
    return queries.reach_of(current_user.seats)


@bp.get("/units/new")
@for_administrators
def new() -> Any:
    """The form for a new unit, below the one it was asked from."""
    form = NewUnitForm(formdata=None, parent=request.args.get("below", ""))
    return page("units/new.html", form=form)


@bp.post("/units/new")
@for_administrators
def create() -> Any:
    """Make a new unit."""
    form = NewUnitForm()
    if not form.validate():
        return page("units/new.html", 422, form=form)
    given = form.given
    given.pop("parent")
    unit = actions.create(form.above, **given)
    acts.made(unit, current_user, now=now())
    flash(_("%(name)s was added.", name=unit.name))
    return back_to(url_for("units.edit", unit_id=unit.id))


@bp.get("/units/<int:unit_id>/edit")
@for_administrators
def edit(unit_id: int) -> Any:
    """The facts of a unit, and what else can be done with it."""
    unit = _found(unit_id)
    return _shown(unit, UnitForm(unit))


def _shown(unit: Unit, form: UnitForm, status: int = 200, **forms: Any) -> Any:
    forms = {"moving": MoveForm(unit, formdata=None), "closing": CloseForm(unit, formdata=None)} | forms
    return page("units/edit.html", status, unit=unit, form=form, **forms)


@bp.post("/units/<int:unit_id>/edit")
@for_administrators
def save(unit_id: int) -> Any:
    """Keep other facts about a unit."""
    unit = _found(unit_id)
    form = UnitForm(unit)
    if not form.validate():
        return _shown(unit, form, 422)
    with acts.changing(unit, "edit", current_user, now=now()):
        actions.edit(unit, **form.given)
    flash(_("%(name)s was saved.", name=unit.name))
    return back_to(url_for("units.edit", unit_id=unit.id))


@bp.post("/units/<int:unit_id>/close")
@for_administrators
def close(unit_id: int) -> Any:
    """Close a unit on a day."""
    unit = _found(unit_id)
    closing = CloseForm(unit)
    if not closing.validate():
        return _shown(unit, UnitForm(unit, formdata=None), 422, closing=closing)
    with acts.changing(unit, "close", current_user, now=now()):
        actions.close(unit, on=closing.closed_on.data or today())
    flash(_("%(name)s was closed. What it did stays readable; what is open goes on until it ends or is transferred.",
            name=unit.name))  # fmt: skip
    return back_to(url_for("units.edit", unit_id=unit.id))


@bp.post("/units/<int:unit_id>/reopen")
@for_administrators
def reopen(unit_id: int) -> Any:
    """Undo a closure."""
    unit = _found(unit_id)
    only_a_button()
    with acts.changing(unit, "reopen", current_user, now=now()):
        actions.reopen(unit)
    flash(_("%(name)s exists again.", name=unit.name))
    return back_to(url_for("units.edit", unit_id=unit.id))


def _found(unit_id: int) -> Unit:
    return queries.get(unit_id) or abort(404)
