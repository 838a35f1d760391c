"""What the viewer was told, newest first, until she has read it."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from app.clock import now
from app.escalations import queries_pages
from app.escalations.alerting import said
from app.forms import Form
from app.htmx import answer_json, back_to, number, page, wants_json
from app.jobs.queries import to_collect
from app.jobs.shown import as_json
from app.jobs.shown import shown as shown_job
from app.overview import actions
from app.overview.views import bp
from app.steps.timeline import what, who
from app.tasks.entries import Entry, Listener
from app.tasks.queries import inbox
from app.words import told

PER_PAGE = 30


class ReadForm(Form):
    """Which entry was read; without one, all of them."""

    entry = IntegerField(_l("Message"), validators=[Optional(), NumberRange(1, 2**31)])


@bp.get("/inbox", endpoint="inbox")
@login_required
def told_to_me() -> Any:
    """A page of what she was told."""
    before = request.args.get("before", type=number)
    found = inbox(current_user, PER_PAGE + 1, before)
    shown = {listener.entry_id: listener for listener in found[:PER_PAGE]}
    following = url_for(".inbox", before=found[PER_PAGE - 1].entry_id) if len(found) > PER_PAGE else None
    messages = [_message(listener) for listener in shown.values()]
    made = [] if before else [shown_job(job) for job in to_collect(current_user, now())]
    if wants_json():
        return answer_json(messages=messages, next=following, jobs=[as_json(job) for job in made])
    form = ReadForm(formdata=None)
    alerts = [(alert, told(said(alert))) for alert in queries_pages.alerts(10)] if current_user.is_admin else []
    return page("overview/inbox.html", messages=messages, alerts=alerts, next_url=following,
                first_url=before and url_for(".inbox"), form=form, jobs=made)  # fmt: skip


@bp.post("/inbox/read")
@login_required
def read() -> Any:
    """Mark one message or all of them as read; one message then opens its task."""
    form = ReadForm()
    if not form.validate():
        return page("overview/inbox.html", 422, messages=[], next_url=None, first_url=url_for(".inbox"), form=form)
    actions.read(current_user, now=now(), entry_id=form.entry.data)
    return answer_json(read=True) if wants_json() else back_to(url_for(".inbox"))


def _message(listener: Listener) -> dict[str, Any]:
    entry = listener.entry
    return {
        "id": entry.id, "at": entry.at, "read": listener.read_at is not None, "who": who(entry),
        "what": told(what(entry.task, entry.step)), "title": entry.task.title, "number": entry.task.number,
        "text": " ".join(entry.said.values()), "url": _place(entry),
    }  # fmt: skip


def _place(entry: Entry) -> str:
    """Where it leads: to the photo that is to be covered, else to its task."""
    if entry.step == "ask_to_cover":
        return url_for("evidence.show", evidence_id=entry.facts["evidence"], _anchor="cover")
    return url_for("steps.show", task_id=entry.task_id)
