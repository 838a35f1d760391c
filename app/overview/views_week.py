"""The week in at most eight lines, as a page and as JSON."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_login import current_user, login_required

from app.clock import now
from app.findings import filters
from app.htmx import answer_json, page, wants_json
from app.overview import digest
from app.overview.views import bp


@bp.get("/week")
@login_required
def week() -> Any:
    """What a leader reads in a minute; every line that counts leads to its list."""
    moment = now()
    lines = [(line.text, _listed(line.view)) for line in digest.lines(current_user, moment)]
    if wants_json():
        return answer_json(as_of=moment.isoformat(), lines=[{"text": text, "url": url or None} for text, url in lines])
    return page("overview/week.html", lines=lines, at=moment)


def _listed(view: dict[str, str] | None) -> str:
    if view is None:
        return ""
    return f"{url_for('findings.index')}?{filters.read(view).address()}".rstrip("?")
