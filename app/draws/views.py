"""Pages of draws: the list, a new one, one draw with its results, and the same draw once more."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for
from flask_login import current_user, login_required

from app.clock import now
from app.draws import actions, queries
from app.draws.forms import DrawForm, ResultForm
from app.draws.models import Draw, Drawn
from app.htmx import answer_json, back_to, number, page, wants_json
from app.people.models import SUPERVISING
from app.steps.unfit import unfit
from app.tasks.refusals import NotYet, NotYours
from app.units import queries as units
from workflows.grammar import say

bp = Blueprint("draws", __name__)


@bp.get("/draws")
@login_required
def index() -> Any:
    """Draws over what she supervises, the newest first."""
    found = queries.listed(current_user, request.args.get("before", type=number))
    rows, more = found[: queries.PER_PAGE], len(found) > queries.PER_PAGE
    following = url_for(".index", before=rows[-1].id) if more else None
    if wants_json():
        return answer_json(draws=[_plain(one) for one in rows], next=following)
    return page("draws/index.html", draws=rows, next_url=following, may=_reaches())


def _plain(one: Draw) -> dict[str, Any]:
    results = [drawn.result for drawn in one.drawn]
    return {
        "id": one.id, "number": one.number, "unit": one.unit.name, "seed": one.seed, "size": one.size,
        "criteria": one.criteria, "at": one.at.isoformat(), "population": one.population, "person": one.person.name,
        "passed": results.count("passed"), "rebound": results.count("rebound"), "open": results.count(None),
    }  # fmt: skip


def _reaches() -> list[str]:
    return [seat.reach for seat in current_user.seats if seat.kind in SUPERVISING]


@bp.route("/draws/new", methods=["GET", "POST"])
@login_required
def new() -> Any:
    """Draw by lot."""
    if not _reaches():
        raise NotYours(say("Only whoever supervises a unit draws from what it closed."))
    form = DrawForm(units.listed(_reaches(), limit=500))
    if not form.is_submitted():
        return page("draws/new.html", form=form)
    if not form.validate():
        return unfit(form, "draws/new.html")
    try:
        made = actions.draw(units.get(form.unit.data) or abort(404), current_user, now=now(), seed=form.seed.data or "",
                            size=form.size.data or 1, criteria=form.criteria)  # fmt: skip
    except NotYet as refusal:
        return unfit(form, "draws/new.html", refusal.sentences)
    where = url_for(".show", draw_id=made.id)
    return answer_json(201, id=made.id, number=made.number, url=where) if wants_json() else back_to(where)


@bp.get("/draws/<int:draw_id>")
@login_required
def show(draw_id: int) -> Any:
    """What was drawn and what was seen; with `again`, whether the same draw gives the same list today."""
    one = queries.get(current_user, draw_id) or abort(404)
    same = _is_same(one) if "again" in request.args else None
    if wants_json():
        listed = [_line(drawn) for drawn in one.drawn]
        return answer_json(**_plain(one), drawn=listed, **({} if same is None else {"same": same}))
    return _shown(one, same=same)


def _is_same(one: Draw) -> bool:
    return actions.again(one) == ([drawn.finding_id for drawn in one.drawn], one.population)


def _line(drawn: Drawn) -> dict[str, Any]:
    task = drawn.finding.task
    return {
        "id": drawn.id, "place": drawn.place, "finding_id": drawn.finding_id, "number": task.number,
        "title": task.title, "unit": task.unit.name if task.unit else None, "result": drawn.result,
        "remark": drawn.remark, "came_back_as": drawn.rebound.task.number if drawn.rebound else None,
    }  # fmt: skip


def _shown(one: Draw, form: ResultForm | None = None, wrong: int = 0, status: int = 200, same: Any = None) -> Any:
    inspects = any(seat.kind == "inspector" for seat in current_user.seats)
    return page("draws/show.html", status, draw=one, plain=_plain(one), same=same, wrong=wrong,
                form=form or ResultForm(formdata=None), inspects=inspects)  # fmt: skip


@bp.post("/drawn/<int:drawn_id>/result")
@login_required
def result(drawn_id: int) -> Any:
    """Say of one whether it has held."""
    one = queries.drawn(current_user, drawn_id) or abort(404)
    form = ResultForm()
    if not actions.may_look(one.finding, current_user):
        raise NotYours(say("An inspector who took no part in it looks at it again."))
    if not form.validate():
        whole = queries.get(current_user, one.draw_id) or abort(404)
        return unfit(form, "") if wants_json() else _shown(whole, form, one.id, 422)
    act = actions.passed if form.result.data == "passed" else actions.rebound
    act(one, current_user, form.remark.data or "", now=now())
    if wants_json():
        return answer_json(**_line(one))
    return back_to(url_for(".show", draw_id=one.draw_id))
