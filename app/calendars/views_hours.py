"""The hours of the house: the defaults, what was set instead with its source, and the way back."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.acts import actions as acts
from app.calendars import actions_hours as actions
from app.calendars import queries_hours as queries
from app.calendars.forms_hours import NAMES, HoursForm
from app.calendars.models import Hours
from app.calendars.views import bp
from app.clock import now
from app.forms import only_a_button
from app.guard import for_administrators
from app.htmx import answer_json, back_to, page, wants_json


@bp.get("/hours")
@for_administrators
def hours() -> Any:
    """When the house speaks, is quiet, and sends its digest."""
    if wants_json():
        return answer_json(hours=_held())
    return _shown(HoursForm(formdata=None))


def _held() -> dict[str, dict[str, Any]]:
    kept = queries.listed()
    held = {}
    for name, default in queries.DEFAULTS.items():
        starts, ends = (kept[name].starts, kept[name].ends) if name in kept else default
        held[name] = {"starts": _spelled(starts), "ends": _spelled(ends),
                      "source": kept[name].source if name in kept else None}  # fmt: skip
    return held


def _spelled(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _shown(form: HoursForm, status: int = 200) -> Any:
    return page("calendars/hours.html", status, form=form, held=_held(), chosen=queries.listed(), names=NAMES)


@bp.post("/hours")
@for_administrators
def set_hours() -> Any:
    """Set one of them."""
    form = HoursForm()
    if not form.validate():
        return _shown(form, 422)
    starts, ends = form.minutes
    kept = actions.set_hours(form.name.data, starts, ends, form.source.data or "",
                             current_user._get_current_object(), now=now())  # fmt: skip
    _keep("set", kept, after=_facts(kept))
    flash(_("It holds from now on."))
    return back_to(url_for(".hours"))


@bp.post("/hours/<name>/remove")
@for_administrators
def unset_hours(name: str) -> Any:
    """Let the default hold again."""
    kept = actions.get(name) or abort(404)
    only_a_button()
    _keep("unset", kept, before=_facts(kept))
    actions.unset(kept)
    return back_to(url_for(".hours"))


def _facts(kept: Hours) -> dict[str, Any]:
    return {"hours": f"{_spelled(kept.starts)}–{_spelled(kept.ends)}", "source": kept.source}


def _keep(what: str, kept: Hours, **facts: Any) -> None:
    acts.note(what, "calendar", kept.name, current_user, now=now(), **facts)
