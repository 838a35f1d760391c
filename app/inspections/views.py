"""Pages of visits: the list, a new one, what it found, and issuing all of that at once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for
from flask_login import current_user, login_required

from app.clock import now, today
from app.forms import only_a_button
from app.htmx import answer_json, back_to, number, page, wants_json
from app.inspections import actions, queries
from app.inspections.actions import Outcome
from app.inspections.forms import KIND_LABELS, LEVEL_LABELS, SaidForm, VisitForm, visit_form
from app.inspections.models import Inspection
from app.people.queries import seated
from app.steps import shown
from app.steps.attempts import attempt
from app.steps.links import page_of
from app.steps.offering import Offer, must_be_hers, must_be_offered, offered
from app.steps.timeline import timeline
from app.steps.unfit import unfit
from app.steps.waiting_on import holder_of
from app.tasks import queries as tasks
from app.tasks.lights import countdown, light
from app.tasks.models import Task
from app.tasks.perform import offers
from app.tasks.refusals import NotYours
from app.units.models import Unit
from workflows.grammar import say

bp = Blueprint("inspections", __name__)


@bp.get("/inspections")
@login_required
def index() -> Any:
    """The visits she may see, newest first."""
    found = queries.visits(current_user, request.args.get("before", type=number))
    shown_now, more = found[: queries.VISITS_A_PAGE], len(found) > queries.VISITS_A_PAGE
    tallies = queries.tallies(current_user, [visit.task_id for visit in shown_now])
    return page(
        "inspections/index.html", visits=shown_now, tallies=tallies, none_found=queries.Tally(), kinds=KIND_LABELS,
        may_record=any(seat.kind == "inspector" for seat in current_user.seats), first=not request.args.get("before"),
        next_url=url_for("inspections.index", before=shown_now[-1].id) if more else None,
    )  # fmt: skip


@bp.route("/inspections/new", methods=["GET", "POST"])
@login_required
def new() -> Any:
    """Record a visit."""
    units = queries.issuing_units(current_user)
    if not units:
        raise NotYours(say("Only inspectors of the issuing unit record its visits."))
    form = _blank(units)
    if not form.is_submitted():
        return page("inspections/new.html", form=form, units=units)
    if not form.validate():
        return unfit(form, "inspections/new.html", units=units)
    visit = _recorded(form, next(unit for unit in units if unit.id == form.unit.data))
    return _answer(visit) if wants_json() else back_to(url_for("inspections.show", inspection_id=visit.id))


def _blank(units: list[Unit]) -> VisitForm:
    colleagues = queries.colleagues(current_user, units)
    day = today()
    given = {"unit": units[0].id, "starts_on": day, "ends_on": day}
    return visit_form(units, queries.who_may_verify(units[0]), colleagues, data=given)


def _recorded(form: VisitForm, unit: Unit) -> Inspection:
    said = {name: form[name].data for name in ("kind", "purpose", "place", "starts_on", "ends_on")}
    twin = queries.written_just_now(current_user, unit, said["kind"], said["purpose"], now())
    team = seated(form.team.data or [])
    return twin or actions.record_visit(current_user, unit, now=now(), levels=form.levels, team=team, **said)


@bp.get("/inspections/<int:inspection_id>")
@login_required
def show(inspection_id: int) -> Any:
    """A visit: what it was, what it found, what is left to do."""
    visit = _found(inspection_id)
    return _answer(visit) if wants_json() else _shown(visit)


def _answer(visit: Inspection) -> Any:
    found = [{"id": task.id, "number": task.number, "title": task.title, "state": task.state,
              "due_on": task.due_on.isoformat() if task.due_on else None}
             for task in queries.findings(current_user, visit)]  # fmt: skip
    return answer_json(
        **shown.task(visit.task, offers(visit.task, current_user, now())), inspection_id=visit.id,
        inspection_kind=visit.kind, place=visit.place, starts_on=visit.starts_on.isoformat(),
        ends_on=visit.ends_on.isoformat(), chain=[level.by for level in visit.levels], findings=found,
    )  # fmt: skip


def _shown(visit: Inspection, outcomes: list[Outcome] | None = None) -> Any:
    found = queries.findings(current_user, visit, request.args.get("after", 0, type=number))
    rows, more = found[: queries.FINDINGS_A_PAGE], len(found) > queries.FINDINGS_A_PAGE
    drafts = queries.drafts(current_user, visit)
    can = offered(visit.task, current_user, now())
    return page(
        "inspections/show.html", visit=visit, task=visit.task, kinds=KIND_LABELS, levels=LEVEL_LABELS,
        steps=[offer for offer in can if not offer.is_side], side=[offer for offer in can if offer.is_side],
        rows=[_row(task) for task in rows], drafts=drafts, staying=actions.not_yet(drafts, current_user, now()),
        issuing=_issuing(visit, drafts), outcomes=outcomes,
        happened=timeline(visit.task, tasks.history(visit.task)),
        next_url=url_for("inspections.show", inspection_id=visit.id, after=rows[-1].id) if more else None,
    )  # fmt: skip


def _row(task: Task) -> dict[str, Any]:
    return {"task": task, "url": url_for("steps.show", task_id=task.id), "light": light(task, today()),
            "countdown": countdown(task, today()), "holder": holder_of(task)}  # fmt: skip


def _issuing(visit: Inspection, drafts: list[Task]) -> list[Offer]:
    """The one button for all drafts, for those who may issue them."""
    if not drafts or not current_user.sits("inspector", visit.task.issuer_unit_id):
        return []
    url = url_for("inspections.issue_drafts", inspection_id=visit.id)
    return [Offer("finding", "issue", say("Issue all %(n)d drafts", n=len(drafts)), url, moves=True)]


@bp.post("/inspections/<int:inspection_id>/issue-drafts")
@login_required
def issue_drafts(inspection_id: int) -> Any:
    """Issue every draft of the visit; each answers for itself."""
    visit = _found(inspection_id)
    if not current_user.sits("inspector", visit.task.issuer_unit_id):
        raise NotYours(say("Somebody else takes this step."))
    only_a_button()
    outcomes = actions.issue_all(queries.drafts(current_user, visit), current_user, now=now())
    if not wants_json():
        return _shown(visit, outcomes)
    return answer_json(results=[
        {"number": one.number, "issued": not one.why, "why": [str(why) for why in one.why]} for one in outcomes
    ])  # fmt: skip


@bp.route("/tasks/<int:task_id>/edit-visit", methods=["GET", "POST"])
@login_required
def edit(task_id: int) -> Any:
    """Change what was said about a visit while it is being recorded."""
    visit = queries.of_task(current_user, task_id) or abort(404)
    must_be_hers(visit.task, "edit", current_user)
    form = SaidForm(obj=visit)
    form.first_day = visit.starts_on
    if not form.is_submitted():
        must_be_offered(visit.task, "edit", current_user, now())
        form.seen.data = visit.task.version
        return page("inspections/edit.html", form=form, task=visit.task, back=page_of(visit.task))
    if not form.validate():
        return unfit(form, "inspections/edit.html", task=visit.task, back=page_of(visit.task))
    return attempt(
        visit.task, "edit", form,
        lambda: actions.change_visit(visit, current_user, now=now(), seen=form.seen.data, **form.given),
        unfit=lambda missing: unfit(form, "inspections/edit.html", missing, task=visit.task, back=page_of(visit.task)),
        done=lambda: _answer(visit) if wants_json() else back_to(page_of(visit.task)),
    )  # fmt: skip


def _found(inspection_id: int) -> Inspection:
    return queries.get(current_user, inspection_id) or abort(404)
