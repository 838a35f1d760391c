"""The coverage view: where findings, measures and evidence do not yet meet."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required

from app.clock import today
from app.evidence.models import PROOFS
from app.evidence.reporting import is_read_by
from app.htmx import answer_json, page, wants_json
from app.overview import coverage as gaps
from app.overview.views import bp
from app.tasks.lights import countdown, light
from app.words import joined, told

SECTIONS = (
    ("findings_without_measures", _l("Findings without measures"), gaps.findings_without_measures,
     _l("Every acknowledged finding has a measure.")),
    ("measures_without_findings", _l("Measures without findings"), gaps.measures_without_findings,
     _l("Every measure serves a finding.")),
    ("measures_without_evidence", _l("Measures without evidence"), gaps.measures_without_evidence,
     _l("Every measure of an open finding has evidence.")),
    ("measures_lacking_a_kind", _l("Measures that lack a kind of evidence"), gaps.measures_lacking_a_kind,
     _l("Every kind of evidence that is asked for is there.")),
)  # fmt: skip


@bp.get("/coverage")
@login_required
def coverage() -> Any:
    """The gaps, as far as the viewer may see."""
    found = [(name, label, ask(current_user), fine) for name, label, ask, fine in SECTIONS]
    lacks = _lacks(found[-1][2][: gaps.SHOWN])
    if wants_json():
        gapped = {name: [_as_json(row, lacks) for row in rows[: gaps.SHOWN]] for name, _label, rows, _fine in found}
        return answer_json(gaps=gapped)
    return page("overview/coverage.html", sections=found, shown=gaps.SHOWN, address=_address, light=light,
                keeping=is_read_by(current_user), countdown=countdown, lacks=lacks, today=today())  # fmt: skip


def _lacks(rows: list[Any]) -> dict[str, str]:
    """What each of those measures lacks, in words, by its number."""
    kinds = gaps.kinds_lacking([row.id for row in rows]) if rows else {}
    return {row.number: joined(told(PROOFS[proof]) for proof in kinds[row.id]) for row in rows}


def _as_json(row: Any, lacks: dict[str, str]) -> dict[str, Any]:
    due = row.due_on.isoformat() if row.due_on else None
    said = {"lacks": lacks[row.number]} if row.number in lacks else {}
    return {"number": row.number, "title": row.title, "unit": row.unit, "due_on": due, "url": _address(row), **said}


def _address(row: Any) -> str:
    return url_for(f"{row.kind}s.show", **{f"{row.kind}_id": row.id})
