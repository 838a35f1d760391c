"""The first page: what its reader must do, by her posts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import url_for
from flask_login import current_user, login_required

from app.clock import now, today
from app.escalations import queries_pages
from app.findings import filters, ledger
from app.htmx import answer_json, page, wants_json
from app.overview import desk, queries, queries_week
from app.overview.views import bp
from app.people.models import SUPERVISING
from app.words import told
from workflows.grammar import Sentence, say
from workflows.rungs import LABELS

NUMBERS = ("", "overdue", "week")


@bp.get("/", endpoint="desk")
@login_required
def home() -> Any:
    """Hers to put right, hers to decide, hers to lead: the sections that apply."""
    day, kinds = today(), {seat.kind for seat in current_user.seats}
    slips = desk.slips(current_user, day)
    mine = [slip for slip in slips if slip.role in desk.DOERS]
    others = [slip for slip in slips if slip.role not in desk.DOERS]
    if wants_json():
        return answer_json(waiting=[_as_json(slip) for slip in slips])
    doing = bool(mine) or bool(kinds & {"head", "member"})
    return page(
        "overview/desk.html", doing=doing, mine=mine, groups=desk.to_do(mine), address=_address,
        late=sum(slip.left is not None and slip.left < 0 for slip in mine),
        reviewing=bool(others) or bool(kinds & (SUPERVISING - {"leader"})), others=others,
        reviews=desk.to_review(others, day), waited=desk.waited, leading=_leading(day) if "leader" in kinds else None,
        supervised=_dated(day) if kinds & SUPERVISING else [], admin=current_user.is_admin,
    )  # fmt: skip


def _as_json(slip: desk.Slip) -> dict[str, Any]:
    return {
        "task_id": slip.id, "kind": slip.kind, "title": slip.title, "unit": slip.unit, "light": slip.light.tone,
        "days_left": slip.left, "next": str(slip.verb), "waiting_days": slip.age, "reason": slip.note,
        "url": _address(slip),
    }  # fmt: skip


def _address(slip: Any) -> str:
    return url_for(f"{slip.kind}s.show", **{f"{slip.kind}_id": slip.subject_id})


def _leading(day: Any) -> dict[str, Any]:
    """Three numbers, each one tap from exactly the list it counts; the units; what needs the leader."""
    numbers = []
    for light, before in zip(NUMBERS, queries_week.stood(current_user, now() - timedelta(days=7)), strict=True):
        view = filters.read({"light": light})
        count = ledger.count(current_user, view, day)
        numbers.append((count, f"{url_for('findings.index')}?{view.address()}", since(count - before)))
    units = desk.shares(queries.by_unit(current_user, day))[:12]
    for unit in units:
        view = filters.read({"light": "overdue", "unit": unit["code"]})
        unit["url"] = f"{url_for('findings.index')}?{view.address()}"
    return {"numbers": numbers, "units": units, "withdrawals": queries.to_withdraw(current_user),
            "proposals": queries_pages.proposals(current_user, 10), "papers": LABELS}  # fmt: skip


def since(change: int) -> Sentence:
    """How much a number moved in a week."""
    return say("%(change)s since last week", change=f"{change:+d}") if change else say("as a week ago")


def _dated(day: Any) -> list[tuple[str, int, str]]:
    """Of everything she supervises: due today, overdue; each with its list."""
    found = []
    for light, label in (("today", "Due today"), ("overdue", "Overdue")):
        view = filters.read({"light": light})
        address = f"{url_for('findings.index')}?{view.address()}"
        found.append((told(label), ledger.count(current_user, view, day), address))
    return found
