"""Pages of requests for more time: ask for it, and look at what was asked and decided."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_required

from app.clock import now
from app.evidence.actions_erasing import may_propose
from app.extensions import actions, queries
from app.extensions.forms import AskForm
from app.extensions.models import Extension
from app.findings.models import Finding
from app.htmx import answer_json, back_to, page, wants_json
from app.steps import shown
from app.steps.attempts import attempt
from app.steps.links import page_of
from app.steps.offering import must_be_hers, must_be_offered, offered
from app.steps.timeline import timeline
from app.steps.unfit import unfit
from app.steps.waiting_on import holder_of, named
from app.tasks import queries as tasks
from app.tasks.perform import offers
from app.words import day, told

bp = Blueprint("extensions", __name__)


@bp.get("/extensions/<int:extension_id>")
@login_required
def show(extension_id: int) -> Any:
    """What was asked, why, until when, and who decides."""
    extension = queries.get(current_user, extension_id) or abort(404)
    return _answer(extension) if wants_json() else _shown(extension)


def _answer(extension: Extension, status: int = 200) -> Any:
    of_task = shown.task(extension.task, offers(extension.task, current_user, now()))
    return answer_json(
        status, **of_task, extension_id=extension.id, finding=extension.finding.task.number, reason=extension.reason,
        progress=extension.progress, protection=extension.protection, proposed_on=extension.proposed_on.isoformat(),
        granted_on=extension.granted_on.isoformat() if extension.granted_on else None,
    )  # fmt: skip


def _shown(extension: Extension) -> Any:
    task = extension.task
    return page(
        "extensions/show.html", extension=extension, task=task, finding=extension.finding, facts=facts(extension),
        state=task.workflow.state(task.state), holder=holder_of(task), back=page_of(extension.finding.task),
        offers=offered(task, current_user, now()), happened=timeline(task, tasks.history(task)),
        erases=may_propose(task, current_user),
    )  # fmt: skip


def facts(extension: Extension) -> list[tuple[str, str]]:
    """The request, label by label."""
    of = extension.finding.task
    return [
        (_("Deadline first promised"), day(of.original_due_on)), (_("Deadline now"), day(of.due_on)),
        (_("Proposed date"), day(extension.proposed_on)), (_("Granted until"), day(extension.granted_on)),
        (_("What is done so far"), extension.progress), (_("What protects people meanwhile"), extension.protection),
    ]  # fmt: skip


@bp.route("/tasks/<int:task_id>/ask-extension", methods=["GET", "POST"])
@login_required
def ask_extension(task_id: int) -> Any:
    """Ask for more time: the rule and who decides stand above the form."""
    finding = queries.finding_of_task(current_user, task_id) or abort(404)
    must_be_hers(finding.task, "ask_extension", current_user)
    form = _blank(finding)
    said = _said(finding)
    if not form.is_submitted():
        missing = must_be_offered(finding.task, "ask_extension", current_user, now())[1]
        form.seen.data = finding.task.version
        return page("extensions/new.html", form=form, missing=missing, **said)
    if not form.validate():
        return unfit(form, "extensions/new.html", **said)
    made: list[Extension] = []
    return attempt(
        finding.task, "ask_extension", form,
        lambda: made.append(actions.ask(finding, current_user, now=now(), seen=form.seen.data, **form.given)),
        unfit=lambda missing: unfit(form, "extensions/new.html", missing, **said),
        done=lambda: _done(made[0]),
    )  # fmt: skip


def _blank(finding: Finding) -> AskForm:
    form = AskForm(data={"protection": finding.protection})
    form.due, form.is_major = finding.task.due_on, finding.task.weight == "major"
    return form


def _said(finding: Finding) -> dict[str, Any]:
    """The rule, and who decides by it."""
    deciders = [told(named(party)) for party in actions.deciders(finding)]
    return {"task": finding.task, "count": len(finding.extensions) + 1, "deciders": deciders,
            "back": page_of(finding.task)}  # fmt: skip


def _done(extension: Extension) -> Any:
    if wants_json():
        return _answer(extension, 201)
    return back_to(url_for("extensions.show", extension_id=extension.id))
