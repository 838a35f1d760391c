"""The first page: what its reader must do, by her posts."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_login import current_user, login_required

from app.analysis import glance
from app.clock import now, today
from app.evidence.queries_covering import to_cover
from app.findings import filters
from app.htmx import answer_json, page, wants_json
from app.overview import desk, needs, queries_handover
from app.overview.views import bp
from app.people.models import SUPERVISING
from app.words import told
from workflows.grammar import Sentence, say

UNITS = 6  # on the desk; all of them stand in the analysis


@bp.get("/", endpoint="desk")
@login_required
def home() -> Any:
    """Hers to put right, hers to decide, hers to lead: the sections that apply."""
    day, kinds = today(), {seat.kind for seat in current_user.seats}
    slips = desk.slips(current_user, day)
    mine = [slip for slip in slips if slip.role in desk.DOERS]
    others = [slip for slip in slips if slip.role not in desk.DOERS]
    leading, covers = _leading(others) if "leader" in kinds else None, to_cover(current_user)
    if wants_json():
        return answer_json(waiting=[_as_json(slip) for slip in slips], to_cover=_photos(covers), **_led(leading))
    doing = bool(mine) or bool(covers) or bool(kinds & {"head", "member"})
    if leading:
        others = [slip for slip in others if not needs.is_decision(slip)]
    return page(
        "overview/desk.html", doing=doing, mine=mine, groups=desk.to_do(mine), address=_address, covers=covers,
        to_cover=desk.TO_COVER,
        late=sum(slip.left is not None and slip.left < 0 for slip in mine),
        reviewing=bool(others) or bool(kinds & (SUPERVISING - {"leader"})), others=others,
        reviews=desk.to_review(others, day), waited=desk.waited, leading=leading,
        supervised=_dated(leading) if kinds & SUPERVISING else {}, admin=current_user.is_admin,
        leaving=queries_handover.leaving(current_user, day), inspecting="inspector" in kinds,
    )  # fmt: skip


def _photos(covers: list[Any]) -> list[dict[str, Any]]:
    """Photos that she must cover, for machines."""
    return [
        {"evidence_id": row.id, "name": row.name, "title": row.title, "unit": row.unit or "",
         "asked_at": row.cover_asked_at.isoformat(), "url": url_for("evidence.show", evidence_id=row.id)}
        for row in covers
    ]  # fmt: skip


def _led(leading: dict[str, Any] | None) -> dict[str, Any]:
    """What a leader sees first, for machines."""
    if leading is None:
        return {}
    names = ("open", "overdue", "due_this_week")
    numbers = {
        name: {"number": n, "a_week_ago": before, "url": url}
        for name, (n, url, _since), before in zip(names, leading["numbers"], leading["seen"].before, strict=True)
    }
    decide = [{"title": need.title, "unit": need.unit, "url": need.url} for need in leading["needs"]]
    return {"numbers": numbers, "units": leading["units"], "to_decide": decide, "as_of": leading["seen"].at.isoformat()}


def _as_json(slip: desk.Slip) -> dict[str, Any]:
    return {
        "task_id": slip.id, "kind": slip.kind, "title": slip.title, "unit": slip.unit, "light": slip.light.tone,
        "days_left": slip.left, "next": str(slip.verb), "waiting_days": slip.age, "reason": slip.note,
        "url": _address(slip),
    }  # fmt: skip


def _address(slip: Any) -> str:
    return url_for(f"{slip.kind}s.show", **{f"{slip.kind}_id": slip.subject_id})


def _leading(others: list[desk.Slip]) -> dict[str, Any]:
    """Three numbers, each one tap from exactly the list it counts; the units; what needs the leader."""
    seen = glance.of(current_user, now())
    numbers = [
        (count, _listed(light=light), since(count - before))
        for light, count, before in zip(glance.LIGHTS, seen.numbers, seen.before, strict=True)
    ]
    units = desk.shares(desk.Counted(*row[:4]) for row in seen.units)[:UNITS]
    for unit in units:
        unit["url"] = _listed(light="overdue", unit=f"={unit['code']}")
    return {"numbers": numbers, "units": units, "needs": needs.of(current_user, others), "seen": seen}


def _listed(**view: str) -> str:
    return f"{url_for('findings.index')}?{filters.read(view).address()}".rstrip("?")


def since(change: int) -> Sentence:
    """How much a number moved in a week."""
    return say("%(change)s since last week", change=f"{change:+d}") if change else say("as a week ago")


def _dated(leading: dict[str, Any] | None) -> dict[str, Any]:
    """Of everything she supervises: due today, overdue; each with its list. A leader's overdue is the one above."""
    today_, overdue, at = glance.dated(current_user, now())
    if leading:
        overdue = leading["seen"].numbers[1]
    found = ("Due today", today_, "today"), ("Overdue", overdue, "overdue")
    return {"numbers": [(told(label), n, _listed(light=light)) for label, n, light in found], "at": at}
