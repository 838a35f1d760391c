"""The yearly report of what was kept with care: originals opened, looks at pictures of minors, exports, erasures."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask_login import current_user, login_required

from app.clock import today
from app.evidence import reporting
from app.evidence.views import bp
from app.htmx import answer_json, number, page, wants_json


@bp.get("/keeping")
@login_required
def keeping() -> Any:
    """The report of a year: of everything for administrators, of all below them for leaders."""
    if not reporting.is_read_by(current_user):
        abort(403)
    this = today().year
    year = request.args.get("year", this, type=number)
    if not 2000 <= year <= this:
        abort(404)
    report = reporting.of_year(current_user, year)
    if wants_json():
        return answer_json(**reporting.as_json(report))
    return page("evidence/keeping.html", report=report, years=[*range(this, max(this - 5, 2025), -1)])
