"""The record of what administrators did, for administrators."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import lazy_gettext as _l

from app.acts import queries
from app.acts.models import KINDS, Act
from app.guard import for_administrators
from app.htmx import answer_json, number, page, wants_json
from app.words import moment

bp = Blueprint("acts", __name__)
ABOUT = {"unit": _l("Unit"), "person": _l("Person"), "post": _l("Post"), "deputy": _l("Deputy"),
         "calendar": _l("Calendar"), "ladder": _l("Ladder"), "paper": _l("Paper"),
         "clock": _l("Time limit"), "channel": _l("Channel")}  # fmt: skip
WHAT = {
    "make": _l("Added"), "edit": _l("Changed"), "close": _l("Closed the unit"), "reopen": _l("Reopened"),
    "move": _l("Moved"),
    "end": _l("Ended"), "disable": _l("Disabled"), "enable": _l("Enabled"), "code": _l("Printed an activation code"),
    "days": _l("Set days"), "seed": _l("Entered public holidays"), "confirm": _l("Marked the year as entered"),
    "set_up": _l("Set the house up"),
    "copy": _l("Copied"), "choose": _l("Let it hold"), "unchoose": _l("Let it hold no longer"),
    "template": _l("Replaced the template"), "ours": _l("Went back to our template"), "mark": _l("Set the mark"),
    "set": _l("Set"), "unset": _l("Went back to the law"), "reckon": _l("Reckoned open waits anew"),
    "pause": _l("Paused"), "resume": _l("Resumed"), "remove": _l("Removed"), "again": _l("Sent again"),
    "test": _l("Sent a test"),
    "screen": _l("Set a wall display up"), "screen_off": _l("Revoked a wall display"),
}  # fmt: skip
FIELDS = {
    "name": _l("Name"), "kind": _l("Kind"), "code": _l("Code"), "aliases": _l("Also called"),
    "latitude": _l("Latitude"), "longitude": _l("Longitude"),
    "has_account": _l("Has its own account"), "parent": _l("Below"), "closed_on": _l("Closed on"),
    "login": _l("Login"), "phone": _l("Phone"), "email": _l("Mail address"), "is_admin": _l("Administrator"),
    "active": _l("May sign in"), "person": _l("Person"), "unit": _l("Unit"), "title": _l("Job title"),
    "starts_on": _l("First day"), "ends_on": _l("Last day"), "deputy": _l("Deputy"), "days": _l("Days"),
    "note": _l("Why"), "rungs": _l("Rungs"), "where": _l("Where"), "mark": _l("Mark"), "file": _l("File"),
    "source": _l("Source"), "moved": _l("Waits moved"),
    "host": _l("Host"), "address": _l("Address"), "secret": _l("Secret"), "hours": _l("Hours"),
}  # fmt: skip


@bp.get("/acts")
@for_administrators
def index() -> Any:
    """The latest acts, of everything or about one unit, person or year."""
    about = request.args.get("about", "")
    about, about_id = about if about in KINDS else "", request.args.get("id", type=number)
    found = queries.lately(about, _sane(about_id), _sane(request.args.get("before", type=number)))
    acts, more = found[: queries.PER_PAGE], len(found) > queries.PER_PAGE
    address: dict[str, Any] = {"about": about or None, "id": about_id if about else None}
    following = url_for("acts.index", before=acts[-1].id, **address) if more else None
    if wants_json():
        return answer_json(acts=[as_json(act) for act in acts], next=following)
    return page("acts/index.html", acts=acts, next_url=following, about=about, address=address, labels=ABOUT,
                what=WHAT, changes=changes)  # fmt: skip


def _sane(number: int | None) -> int | None:
    return number if number is not None and 0 < number < 2**31 else None


def changes(act: Act) -> list[tuple[Any, Any, Any]]:
    """Field by field: its name, what it was, what it became."""
    fields = [name for name in FIELDS if name in act.before or name in act.after]
    return [(FIELDS[name], _said(act.before.get(name)), _said(act.after.get(name))) for name in fields]


def _said(value: Any) -> Any:
    if isinstance(value, bool):
        return _l("yes") if value else _l("no")
    return "" if value is None else value


def as_json(act: Act) -> dict[str, Any]:
    """One act for machines."""
    return {
        "id": act.id, "at": act.at.isoformat(), "moment": moment(act.at), "actor_id": act.actor_id,
        "actor": act.actor_name, "what": act.what, "about": act.about, "about_id": act.about_id,
        "name": act.about_name, "before": act.before, "after": act.after,
    }  # fmt: skip
