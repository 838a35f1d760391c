"""The page of notices (S12): waiting, sent, retrying, given up with the reason, and sent again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.acts import actions as acts
from app.clock import now
from app.forms import only_a_button
from app.guard import for_administrators
from app.htmx import answer_json, back_to, number, page, wants_json
from app.notices import actions, lease
from app.notices import queries_pages as queries
from app.notices.forms import LABELS
from app.notices.health import standing
from app.notices.models import Message
from app.words import told

bp = Blueprint("notices", __name__)
TABS = {"waiting": _l("Waiting"), "retrying": _l("Tried again later"), "given_up": _l("Given up"), "sent": _l("Sent")}
KINDS = {"news": _l("News"), "weekly": _l("The week"), "test": _l("Test")}


@bp.get("/notices")
@for_administrators
def index() -> Any:
    """Messages under one tab, newest first."""
    tab = request.args.get("tab", "waiting")
    if tab not in TABS:
        abort(404)
    before = request.args.get("before", type=number)
    found = queries.listed(tab, before)
    messages = _shown(found[: queries.PER_PAGE])
    following = url_for(".index", tab=tab, before=messages[-1]["id"]) if len(found) > queries.PER_PAGE else None
    counts, well = queries.counts(), standing(now())
    if wants_json():
        return answer_json(counts=counts, messages=messages, next=following, deliverer=well.as_json())
    tabs = [(name, label, url_for(".index", tab=name), counts[name]) for name, label in TABS.items()]
    return page("notices/index.html", tab=tab, tabs=tabs, counts=counts, messages=messages, next_url=following,
                first_url=before and url_for(".index", tab=tab), well=well)  # fmt: skip


def _shown(found: list[Message]) -> list[dict[str, Any]]:
    sizes = queries.numbers_of([message.id for message in found])
    return [
        {
            "id": message.id, "mark": f"R{message.id:06d}", "kind": str(KINDS[message.kind]),
            "channel": str(LABELS[message.channel.kind]),
            "to": message.person.name if message.person else message.channel.name, "entries": sizes.get(message.id, 0),
            "made_at": message.made_at, "sent_at": message.sent_at, "try_at": message.try_at, "tries": message.tries,
            "again": message.copies > 0, "late": message.late, "phase": message.phase,
            "why": told(lease.read(message.said)) if message.said else "",
        }
        for message in found
    ]  # fmt: skip


@bp.post("/notices/<int:message_id>/again")
@for_administrators
def again(message_id: int) -> Any:
    """Send again what was given up."""
    message = queries.message(message_id) or abort(404)
    only_a_button()
    actions.send_again(message, now=now())
    acts.note("again", "channel", f"{message.channel.name} R{message.id:06d}", current_user, now=now(),
              about_id=message.channel_id)  # fmt: skip
    flash(_("It is tried again now, and up to six times after that."))
    return back_to(url_for(".index", tab="waiting"))


# The room's further pages hang themselves into the same blueprint.
from app.notices import views_channels, views_own  # noqa: E402, F401
