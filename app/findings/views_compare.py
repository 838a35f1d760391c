"""How it was found beside how it looks now, each large; works without scripts, photo by photo."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask_login import current_user, login_required

from app.findings import proofs, queries
from app.findings.models import Finding
from app.findings.views import bp
from app.htmx import answer_json, number, page, wants_json

SIDES = ("before", "after")


@bp.get("/findings/<int:finding_id>/compare")
@login_required
def compare(finding_id: int) -> Any:
    """Two photos of a finding side by side; the address says which."""
    finding = queries.opened(current_user, finding_id) or abort(404)
    sides = _sides(finding)
    if wants_json():
        before, after = ([_brief(one) for one in sides[side]] for side in SIDES)
        return answer_json(finding=finding.id, before=before, after=after)
    chosen = {side: _chosen(sides[side], request.args.get(side, type=number)) for side in SIDES}
    ways = {side: [_way(finding, chosen, side, one) for one in sides[side]] for side in SIDES}
    return page("findings/compare.html", finding=finding, task=finding.task, chosen=chosen, ways=ways)


def _sides(finding: Finding) -> dict[str, list[dict[str, Any]]]:
    judged = proofs.more_of(finding, current_user)
    kinds = proofs.by_kind(finding.task, judged)
    done = [piece for one in finding.measures for piece in proofs.measure(one, judged)["pieces"]]
    sides = {"before": kinds.get("before", []), "after": [*kinds.get("after", []), *done]}
    return {side: [piece for piece in pieces if piece["thumb"]] for side, pieces in sides.items()}


def _chosen(pieces: list[dict[str, Any]], wanted: int | None) -> dict[str, Any] | None:
    first = pieces[0] if pieces else None
    return next((piece for piece in pieces if piece["id"] == wanted), first)


def _way(finding: Finding, chosen: dict[str, Any], side: str, piece: dict[str, Any]) -> dict[str, Any]:
    """The address that puts this piece on its side and leaves the other."""
    ids = {name: one["id"] for name, one in chosen.items() if one} | {side: piece["id"]}
    url = url_for("findings.compare", finding_id=finding.id, **ids)
    return piece | {"way": url, "current": chosen[side] is piece}


def _brief(piece: dict[str, Any]) -> dict[str, Any]:
    return {name: piece[name] for name in ("id", "name", "caption", "url", "thumb")}
