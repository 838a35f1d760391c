"""A page per unit (一校一档), and moving a unit with everything that hangs on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.acts import actions as acts
from app.clock import now, today
from app.guard import for_administrators
from app.htmx import back_to, number, page
from app.overview import queries_unit
from app.overview.views import bp
from app.people.forms_staff import POST_LABELS
from app.people.queries_staff import posts_in
from app.steps.timeline import Happening, timeline
from app.tasks.entries import Entry
from app.tasks.lights import countdown, light
from app.tasks.moving import move
from app.units import queries as units
from app.units.forms import KIND_LABELS, CloseForm, MoveForm, UnitForm
from app.units.models import Unit


@bp.get("/units/<int:unit_id>")
@login_required
def unit(unit_id: int) -> Any:
    """Facts, posts, numbers, findings and history of a unit, as far as the viewer may see them."""
    shown = units.get(unit_id)
    if shown is None or not queries_unit.may_read(current_user, shown):
        abort(404)
    day = today()
    above = [(higher, queries_unit.may_read(current_user, higher)) for higher in units.ancestors(shown)]
    found = queries_unit.findings(current_user, shown, request.args.get("before", type=number))
    findings, more = found[: queries_unit.PER_PAGE], len(found) > queries_unit.PER_PAGE
    return page(
        "overview/unit.html", unit=shown, above=above, below=units.children(shown),
        kinds=KIND_LABELS, posts=posts_in(shown.id), post_labels=POST_LABELS, today=day,
        counts=queries_unit.counts(current_user, shown, day),
        rows=[(finding, light(finding.task, day), countdown(finding.task, day)) for finding in findings],
        next_url=url_for("overview.unit", unit_id=shown.id, before=findings[-1].id) if more else None,
        lately=[_named(entry) for entry in queries_unit.lately(current_user, shown)],
    )  # fmt: skip


def _named(entry: Entry) -> Happening:
    """An entry that also says of which task it speaks."""
    told = timeline(entry.task, [entry])[0]
    return replace(told, text="\n".join(part for part in (entry.task.title, told.text) if part))


@bp.post("/units/<int:unit_id>/move")
@for_administrators
def move_unit(unit_id: int) -> Any:
    """Hang a unit elsewhere in the tree."""
    moved: Unit = units.get(unit_id) or abort(404)
    form = MoveForm(moved)
    if not form.validate():
        forms = {"form": UnitForm(moved, formdata=None), "closing": CloseForm(moved, formdata=None)}
        return page("units/edit.html", 422, unit=moved, moving=form, **forms)
    with acts.changing(moved, "move", current_user, now=now()):
        move(moved, form.above)
    flash(_("%(name)s now stands below %(above)s.", name=moved.name, above=form.above.name if form.above else "—"))
    return back_to(url_for("units.edit", unit_id=moved.id))
