"""How long each state may wait: the law's days, what was set instead with its source, and open waits reckoned anew."""

from __future__ import annotations

from itertools import islice
from typing import Any

from flask import abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.acts import actions as acts
from app.clock import now
from app.escalations import actions_clocks as actions
from app.escalations.forms_clocks import UNITS, ClockForm, ReckonForm
from app.escalations.views import bp
from app.forms import only_a_button
from app.guard import for_administrators
from app.htmx import answer_json, back_to, page, wants_json
from app.tasks import reckoning
from app.tasks.clocks import Clock
from app.words import told
from workflows.book import TRACKS, WEIGHTS, WORKFLOWS
from workflows.grammar import Workflow, say
from workflows.roles import LABELS

SHOWN = 50


@bp.get("/clocks")
@for_administrators
def clocks() -> Any:
    """Every state with its days, and what was set instead."""
    if wants_json():
        return answer_json(clocks=[
            {"id": c.id, "kind": c.kind, "state": c.state, "track": c.track, "weight": c.weight, "days": c.days,
             "unit": c.unit, "source": c.source} for c in actions.listed()
        ], defaults=[
            {"kind": of.kind, "state": state.name, "days": state.within.days, "unit": state.within.unit,
             "source": told(state.days_from)} for of, state in _lawful()
        ])  # fmt: skip
    return _shown(ClockForm.about(request.args.get("state", ""), actions.listed()))


def _lawful() -> list[tuple[Workflow, Any]]:
    return [(workflow, state) for workflow in WORKFLOWS.values() for state in workflow.states if state.within]


def _shown(form: ClockForm, status: int = 200) -> Any:
    return page("escalations/clocks.html", status, form=form, lawful=_lawful(), clocks=actions.listed(), units=UNITS,
                tracks=dict(TRACKS), weights=dict(WEIGHTS), workflows=WORKFLOWS, roles=LABELS)  # fmt: skip


@bp.post("/clocks")
@for_administrators
def set_clock() -> Any:
    """Set the days of a state."""
    form = ClockForm()
    if not form.validate():
        return _shown(form, 422)
    clock = actions.set_clock(current_user._get_current_object(), now(), **form.given)
    _keep("set", clock, after={"days": f"{clock.days} {clock.unit}", "source": clock.source})
    flash(_("It holds for every wait that begins from now on. Open ones keep their end until you reckon them anew."))
    return back_to(url_for(".clocks"))


@bp.post("/clocks/<int:clock_id>/remove")
@for_administrators
def unset_clock(clock_id: int) -> Any:
    """Let the law's days hold again."""
    clock = actions.get(clock_id) or abort(404)
    only_a_button()
    _keep("unset", clock, before={"days": f"{clock.days} {clock.unit}", "source": clock.source})
    actions.unset(clock)
    return back_to(url_for(".clocks"))


def _keep(what: str, clock: Clock, **facts: Any) -> None:
    where = " ".join(part for part in (f"{clock.kind}.{clock.state}", clock.track, clock.weight) if part)
    acts.note(what, "clock", where, current_user, now=now(), about_id=clock.id, **facts)


@bp.get("/clocks/open")
@for_administrators
def open_waits() -> Any:
    """Which open waits would end otherwise today; changes nothing."""
    return _previewed(ReckonForm(formdata=None))


def _previewed(form: ReckonForm, status: int = 200) -> Any:
    found = reckoning.changes()
    first = list(islice(found, SHOWN))
    count = len(first) + sum(1 for _change in found)
    if wants_json():
        return answer_json(status, moved=count)
    return page("escalations/open_waits.html", status, first=first, count=count, form=form)


@bp.post("/clocks/open")
@for_administrators
def reckon() -> Any:
    """Reckon them anew, each with an entry."""
    form = ReckonForm()
    if not form.validate():
        return _previewed(form, 422)
    count = reckoning.reckon(current_user._get_current_object(), form.why.data or "", now())
    acts.note("reckon", "clock", form.why.data or "", current_user, now=now(), after={"moved": count})
    flash(told(say("%(n)d waits end otherwise now; each task says so in its history.", n=count)))
    return back_to(url_for(".clocks"))
