"""Ladders as sentences: everybody reads them, administrators change them and see first what that would do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.acts import actions as acts
from app.clock import now, zone
from app.escalations import actions, queries, queries_pages
from app.escalations.forms import ChoiceForm, CopyForm, LadderForm, where
from app.escalations.models import Ladder
from app.escalations.previewing import Preview, preview, sentences
from app.forms import only_a_button
from app.guard import for_administrators
from app.htmx import answer_json, back_to, page, wants_json
from app.steps.unfit import unfit
from app.tasks.refusals import Refused
from app.units import queries as units
from app.words import told
from workflows import rungs as law

bp = Blueprint("escalations", __name__)


@bp.get("/ladders")
@login_required
def index() -> Any:
    """Every ladder with its rungs, and where it holds."""
    ladders = queries.ladders()
    if wants_json():
        return answer_json(ladders=[_as_json(ladder) for ladder in ladders])
    return page("escalations/index.html", ladders=ladders, choices=queries_pages.choices(), where=where, law=law,
                may_change=current_user.is_admin)  # fmt: skip


def _as_json(ladder: Ladder) -> dict[str, Any]:
    rungs = [
        {"days": rung.days, "kind": rung.kind, "light": rung.light, "hears": rung.hears, "decides": rung.decides,
         "channels": rung.channels}
        for rung in ladder.standing
    ]  # fmt: skip
    return {"id": ladder.id, "name": told(ladder.name), "rungs": rungs}


@bp.get("/ladders/preview")
@for_administrators
def look_ahead() -> Any:
    """What the ladder would say now, or at another moment; changes nothing."""
    at = _moment(request.args.get("at", "")) or now()
    found = preview(at)
    if wants_json():
        return answer_json(**found.as_json())
    return page("escalations/preview.html", found=found, at=at, said=_sentences(found, None))


def _moment(typed: str) -> datetime | None:
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=zone()) if typed else None
    except ValueError:
        abort(422)


def _sentences(found: Preview, changed: law.Ladder | None) -> list[str]:
    ladders = [ladder.as_law() for ladder in queries.ladders()] + ([changed] if changed else [])
    return [told(sentence) for sentence in sentences(found, ladders)]


@bp.get("/ladders/<int:ladder_id>")
@for_administrators
def edit(ladder_id: int) -> Any:
    """A ladder to be changed."""
    ladder = _found(ladder_id)
    return _shown(ladder, LadderForm.of(ladder))


def _shown(ladder: Ladder, form: LadderForm, status: int = 200, **more: Any) -> Any:
    forms = {"copying": CopyForm(formdata=None), "choosing": _choosing()} | more
    return page("escalations/edit.html", status, ladder=ladder, form=form, law=law, **forms)


def _choosing() -> ChoiceForm:
    return ChoiceForm(units.listed([units.EVERYWHERE], limit=500), formdata=None)


@bp.post("/ladders/<int:ladder_id>")
@for_administrators
def save(ladder_id: int) -> Any:
    """Say what the changed ladder would do, or save it; a flood is saved only on purpose."""
    ladder, form = _found(ladder_id), LadderForm()
    if not form.validate():
        return _shown(ladder, form, 422)
    written = form.as_law(ladder)
    found = preview(now(), written)
    said = _sentences(found, written)
    if "preview" in request.args:
        return _shown(ladder, form, said=said, flood=found.is_flood)
    if found.is_flood and not form.anyway.data:
        form.form_errors.append(_("This would flood people; look at the numbers, then tick the box to save it."))
        return _shown(ladder, form, 422, said=said, flood=True)
    return _saved(ladder, form, written)


def _saved(ladder: Ladder, form: LadderForm, written: law.Ladder) -> Any:
    before = written_down(ladder)
    try:
        actions.rewrite(ladder, written, now=now(), seen=form.seen.data)
    except Refused as refusal:
        return unfit(form, "escalations/edit.html", refusal.sentences, ladder=ladder, law=law,
                     copying=CopyForm(formdata=None), choosing=_choosing())  # fmt: skip
    _keep("edit", ladder, before={"rungs": before}, after={"rungs": written_down(ladder)})
    flash(_("%(name)s was saved. The next tick goes by it.", name=told(ladder.name)))
    return back_to(url_for(".index"))


def written_down(ladder: Ladder) -> str:
    """Its rungs in one line, as the record of administration keeps them."""
    return "; ".join(f"{rung.days:+d} {rung.kind}: {', '.join(rung.hears)}" for rung in ladder.standing)


def _keep(what: str, ladder: Ladder, **facts: Any) -> None:
    acts.note(what, "ladder", told(ladder.name), current_user, now=now(), about_id=ladder.id, **facts)


@bp.post("/ladders/<int:ladder_id>/copy")
@for_administrators
def copy(ladder_id: int) -> Any:
    """A new ladder, begun as a copy."""
    ladder, form = _found(ladder_id), CopyForm()
    if not form.validate():
        return _shown(ladder, LadderForm.of(ladder), 422, copying=form)
    made = actions.copy(ladder, form.name.data or "")
    _keep("copy", made, after={"rungs": written_down(made)})
    flash(_("%(name)s was made. It holds nowhere yet.", name=made.name))
    return back_to(url_for(".edit", ladder_id=made.id))


@bp.post("/ladders/<int:ladder_id>/choose")
@for_administrators
def choose(ladder_id: int) -> Any:
    """Let a ladder hold for a unit or a weight."""
    ladder, form = _found(ladder_id), ChoiceForm(units.listed([units.EVERYWHERE], limit=500))
    if not form.validate():
        return _shown(ladder, LadderForm.of(ladder), 422, choosing=form)
    choice = actions.choose(ladder, form.unit.data or None, form.weight.data or "", now=now())
    _keep("choose", ladder, after={"where": where(choice)})
    flash(_("%(name)s holds there from now on.", name=told(ladder.name)))
    return back_to(url_for(".index"))


@bp.post("/ladders/choices/<int:choice_id>/remove")
@for_administrators
def unchoose(choice_id: int) -> Any:
    """Let the next higher choice hold again."""
    choice = queries_pages.choice(choice_id) or abort(404)
    only_a_button()
    _keep("unchoose", choice.ladder, before={"where": where(choice)})
    actions.unchoose(choice, now=now())
    return back_to(url_for(".index"))


def _found(ladder_id: int) -> Ladder:
    return queries_pages.ladder(ladder_id) or abort(404)


# The room's further pages hang themselves into the same blueprint.
from app.escalations import views_clock, views_clocks, views_proposals, views_watch  # noqa: E402, F401
