"""The coverage view: where findings, measures and evidence do not yet meet."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required

from app.clock import today
from app.htmx import answer_json, page, wants_json
from app.overview import coverage as gaps
from app.overview.views import bp
from app.tasks.lights import countdown, light

SECTIONS = (
    ("findings_without_measures", _l("Findings without measures"), gaps.findings_without_measures,
     _l("Every acknowledged finding has a measure.")),
    ("measures_without_findings", _l("Measures without findings"), gaps.measures_without_findings,
     _l("Every measure serves a finding.")),
    ("measures_without_evidence", _l("Measures without evidence"), gaps.measures_without_evidence,
     _l("Every measure of an open finding has evidence.")),
)  # fmt: skip


@bp.get("/coverage")
@login_required
def coverage() -> Any:
    """The three gaps, as far as the viewer may see."""
    found = [(name, label, ask(current_user), fine) for name, label, ask, fine in SECTIONS]
    if wants_json():
        gapped = {name: [_as_json(row) for row in rows[: gaps.SHOWN]] for name, _label, rows, _fine in found}
        return answer_json(gaps=gapped)
    return page("overview/coverage.html", sections=found, shown=gaps.SHOWN, address=_address, light=light,
                countdown=countdown, today=today())  # fmt: skip


def _as_json(row: Any) -> dict[str, Any]:
    due = row.due_on.isoformat() if row.due_on else None
    return {"number": row.number, "title": row.title, "unit": row.unit, "due_on": due, "url": _address(row)}


def _address(row: Any) -> str:
    return url_for(f"{row.kind}s.show", **{f"{row.kind}_id": row.id})
