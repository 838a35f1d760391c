"""The page of a finding: what is wrong, what is asked, who stands where, and the next step."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, url_for
from flask_login import current_user, login_required

from app.clock import now, today
from app.evidence.actions import kinds_taken
from app.evidence.actions_erasing import may_propose
from app.findings import notices, proofs, queries, sheet
from app.findings.models import Finding
from app.findings.origins import read_in
from app.htmx import answer_json, page, wants_json
from app.steps import shown
from app.steps.offering import Offer, offered
from app.steps.timeline import timeline
from app.steps.waiting_on import holder_of
from app.tasks.lights import countdown, light
from app.tasks.perform import offers

bp = Blueprint("findings", __name__)
DECIDING = {"approve_plan", "return_plan", "pass_on", "accept", "send_back"}


@bp.get("/findings/<int:finding_id>")
@login_required
def show(finding_id: int) -> Any:
    """One finding for whoever may see it: the way to closure for its owner, both sides for its reviewer."""
    finding = queries.opened(current_user, finding_id) or abort(404)
    if wants_json():
        return answer_json(**as_json(finding))
    return page("findings/show.html", **seen(finding))


@bp.get("/findings/<int:finding_id>/drawer")
@login_required
def drawer(finding_id: int) -> Any:
    """The same finding as it is looked into beside the ledger: a part of a page."""
    finding = queries.opened(current_user, finding_id) or abort(404)
    return page("findings/_drawer.html", closes=url_for(".index"), **seen(finding))


def as_json(finding: Finding) -> dict[str, Any]:
    """The task in the shape of every task, with what only a finding has."""
    return shown.task(finding.task, offers(finding.task, current_user, now())) | sheet.as_json(finding)


def seen(finding: Finding) -> dict[str, Any]:
    """Everything the page shows."""
    task, can = finding.task, offered(finding.task, current_user, now())
    in_reach, deciding = steps(finding, can), any(offer.name in DECIDING for offer in can)
    judged = proofs.more_of(finding, current_user)
    told_to_wait = [] if any(offer.moves for offer in in_reach) else notices.waiting(task, now())
    return {
        "finding": finding, "task": task, "holder": holder_of(task), "steps": in_reach, "adding": adding(in_reach, can),
        "side": [offer for offer in can if offer.is_side], "deciding": deciding,
        "light": light(task, today()), "countdown": countdown(task, today()), "why": sheet.why(finding, today()),
        "dates": sheet.dates(finding), "notices": [*told_to_wait, *notices.notices(finding)],
        "todo": sheet.todo(finding, can), "people": sheet.people(task), "questions": sheet.questions(task),
        "verdicts": sheet.verdicts(finding), "takes": kinds_taken(task, current_user),
        "kinds": proofs.by_kind(task, judged), "uses": judged,
        "measures": [proofs.measure(one, judged) for one in finding.measures],
        "happened": timeline(task, task.entries), "labels": sheet.LABELLED, "erases": may_propose(task, current_user),
        "read_in": read_in(finding),
        "visit_url": url_for("inspections.show", inspection_id=finding.inspection_id) if reached(finding) else "",
    }  # fmt: skip


def reached(finding: Finding) -> bool:
    """Whether she may see the visit as a whole, and not only what concerns her."""
    visit = finding.inspection.task
    return current_user.supervises(visit.unit_path)


def steps(finding: Finding, can: list[Offer]) -> list[Offer]:
    """The steps in reach of the thumb: an undone measure stands before what rests on it."""
    main = [offer for offer in can if not offer.is_side]
    if any(offer.name == "report_done" and offer.missing for offer in main):
        main = [*sheet.next_measure(finding), *main]
    return [offer for offer in main if offer is main[0] or offer.name != "add_measure"]


def adding(shown_below: list[Offer], can: list[Offer]) -> list[Offer]:
    """One more measure, where that is possible and not already the next step."""
    return [offer for offer in can if offer.name == "add_measure" and offer not in shown_below]


# The room's further pages hang themselves into the same blueprint.
from app.findings import actions_undo, views_batch, views_compare, views_draft, views_ledger, views_new, views_wishes  # noqa: E402, F401
