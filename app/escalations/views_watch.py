"""How the machine fares, for administrators: its last tick, times it slept, what the auditor found, what broke."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, flash, url_for

from app.clock import now
from app.escalations import queries_pages
from app.escalations.alerting import said
from app.escalations.auditing import AUDIT, SAYS, note
from app.escalations.beating import LONGEST, last_tick
from app.escalations.refilling import OVER
from app.escalations.views import bp
from app.forms import only_a_button
from app.guard import for_administrators
from app.htmx import answer_json, back_to, page, wants_json
from app.words import told
from workflows.grammar import say

A_WEEK = timedelta(days=7)


@bp.get("/watch")
@for_administrators
def watch() -> Any:
    """Everything the machine knows of itself."""
    ticked, audited = last_tick(), queries_pages.watch(AUDIT)
    well = ticked is not None and now() - ticked <= LONGEST
    alerts = [(alert, told(said(alert))) for alert in queries_pages.alerts()]
    over = [(one, told(said(one)), told(OVER)) for one in queries_pages.over_by_themselves(now() - A_WEEK)]
    found = [(told(SAYS.get(name, name)), ids) for name, ids in (audited.found if audited else {}).items()]
    if wants_json():
        return answer_json(
            last_tick=ticked.isoformat() if ticked else None, well=well, found=audited.found if audited else {},
            alerts=[{"id": alert.id, "kind": alert.kind, "said": words} for alert, words in alerts],
            settled=[{"id": one.id, "said": words, "remark": remark} for one, words, remark in over],
        )  # fmt: skip
    return page(
        "escalations/watch.html", ticked=ticked, well=well, audited=audited, found=found, alerts=alerts,
        gaps=queries_pages.gaps(), aside=queries_pages.set_aside(), over=over,
    )  # fmt: skip


@bp.post("/watch/audit")
@for_administrators
def audit() -> Any:
    """Audit now."""
    only_a_button()
    flash(told(say("The audit found %(n)d tasks in disorder.", n=note(now()))))
    return back_to(url_for(".watch"))


@bp.post("/watch/alerts/<int:alert_id>/settle")
@for_administrators
def settle(alert_id: int) -> Any:
    """An administrator has seen to it; it comes back if it is still so."""
    alert = queries_pages.alert(alert_id) or abort(404)
    only_a_button()
    alert.settled_at = now()
    return back_to(url_for(".watch"))
