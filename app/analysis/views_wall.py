"""A screen in a corridor: four panels without names, opened by its own token; administrators set it up, revoke it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import abort, make_response, url_for
from flask_login import current_user

from app.analysis import actions, keeping, lens, queries_screens
from app.analysis.charts import CHARTS
from app.analysis.drawing import Part, draw
from app.analysis.forms import ScreenForm
from app.analysis.keeping import Counted
from app.analysis.scope import Scope
from app.analysis.tables import STATE_LABELS, ordered
from app.analysis.views import bp
from app.clock import now, today
from app.db import aside
from app.forms import only_a_button
from app.guard import for_administrators
from app.htmx import answer_json, back_to, page, wants_json
from app.people.sessions import open_to_all
from app.units.queries import get, open_ones

EVERY = 60  # seconds between two looks
STALE, LOOK = timedelta(minutes=45), timedelta(minutes=10)
PANELS = ("units", "stuck", "flow", "ageing")


@bp.get("/wall/<token>")
@open_to_all
def wall(token: str) -> Any:
    """The four panels; the browser asks again by itself, without scripts."""
    screen, at = queries_screens.live(actions.hashed(token)), now()
    if screen is None:
        abort(404)
    within, through = Scope(today()), lens.over(screen.unit)
    counted = {name: keeping.counted(CHARTS[name], through, within, at) for name in PANELS}
    if screen.seen_at is None or screen.seen_at < at - LOOK:
        number = screen.id
        aside(lambda: queries_screens.note_look(number, at))
    oldest = min(one.at for one in counted.values())
    numbers = [sum(row[place] for row in counted["units"].rows) for place in (2, 3, 4)]
    if wants_json():
        return answer_json(as_of=oldest.isoformat(), open=numbers[0], overdue=numbers[1], due_this_week=numbers[2])
    answer = make_response(page(
        "analysis/wall.html", screen=screen, at=oldest, shown=at, stale=oldest < at - STALE, numbers=numbers,
        drawings=_drawn(counted, within), charts=CHARTS, states=_states(counted["stuck"]), every=EVERY,
    ))  # fmt: skip
    answer.headers["Refresh"] = str(EVERY)
    return answer


def _drawn(counted: dict[str, Counted], within: Scope) -> dict[str, Any]:
    """What is drawn, leading nowhere: who passes by may open nothing."""
    drawn = {name: draw(CHARTS[name], counted[name].rows, within) for name in ("flow", "ageing")}
    return {
        name: replace(one, bars=[replace(bar, url="", parts=_leading_nowhere(bar.parts)) for bar in one.bars])
        for name, one in drawn.items()
    }


def _leading_nowhere(parts: list[Part]) -> list[Part]:
    return [replace(part, url="") for part in parts]


def _states(counted: Counted) -> list[tuple[str, int, int]]:
    """Each state with how many are in it, and how many of these are past the time of their step."""
    return [(STATE_LABELS[row[0]], row[2], row[6]) for row in ordered(CHARTS["stuck"], counted.rows)]


@bp.get("/screens")
@for_administrators
def screens() -> Any:
    """Every screen, and a form for one more."""
    return _listed(ScreenForm(formdata=None))


def _listed(form: ScreenForm, status: int = 200, address: str = "") -> Any:
    form.offer(open_ones())
    found = queries_screens.all_of_them()
    if wants_json():
        return answer_json(status, screens=[{"id": one.id, "name": one.name, "unit": one.unit.name,
                                             "live": one.revoked_at is None} for one in found])  # fmt: skip
    return page("analysis/screens.html", status, screens=found, form=form, address=address)


@bp.post("/screens")
@for_administrators
def set_up() -> Any:
    """One more; its address is shown this once."""
    form = ScreenForm()
    form.offer(open_ones())
    unit = get(form.unit.data) if form.validate() else None
    if unit is None:
        return _listed(form, 422)
    _screen, token = actions.set_up(form.name.data or "", unit, current_user._get_current_object(), now=now())
    return _listed(ScreenForm(formdata=None), 201, url_for(".wall", token=token, _external=True))


@bp.post("/screens/<int:screen_id>/revoke")
@for_administrators
def revoke(screen_id: int) -> Any:
    """Its address opens nothing any more."""
    screen = queries_screens.get(screen_id) or abort(404)
    only_a_button()
    actions.revoke(screen, current_user._get_current_object(), now=now())
    return back_to(url_for(".screens"))
