"""The search box on every page."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_login import current_user, login_required

from app.clock import today
from app.folding import fold
from app.htmx import answer_json, page, wants_json
from app.overview import search as finding
from app.overview.views import bp
from app.tasks.lights import light


@bp.get("/search")
@login_required
def search() -> Any:
    """Everything visible that fits, at most twenty of each."""
    typed = request.args.get("q", "").replace("\x00", "").strip()[:80]
    words, day = fold(typed), today()
    long_enough = len(words) >= finding.SHORTEST
    tasks = finding.tasks(current_user, words) if long_enough else []
    units = finding.units(current_user, words) if long_enough else []
    people = finding.people(current_user, words, day) if long_enough else []
    if wants_json():
        return answer_json(tasks=[_task(row) for row in tasks], units=[dict(row._mapping) for row in units],
                           people=[{"name": row.name, "unit": row.unit} for row in people])  # fmt: skip
    return page("overview/search.html", typed=typed, tasks=tasks, units=units, people=people, light=light, today=day,
                long_enough=long_enough, most=finding.MOST, address=_address)  # fmt: skip


def _task(row: Any) -> dict[str, Any]:
    return {"kind": row.kind, "number": row.number, "title": row.title, "unit": row.unit, "url": _address(row)}


def _address(row: Any) -> str:
    return url_for(f"{row.kind}s.show", **{f"{row.kind}_id": row.subject_id})
