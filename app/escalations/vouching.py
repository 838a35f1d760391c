"""Vouching to the outside: vital signs in /healthz, and a ping to a dead-man switch only when nothing is missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import urllib3
from flask import current_app

from app.db import db
from app.escalations.auditing import AUDIT
from app.escalations.beating import LONGEST, last_tick
from app.escalations.watches import Watch

EVERY = 5  # minutes between pings
FRESH = timedelta(hours=2)  # how old an audit may be that vouches for anything
PATIENCE = urllib3.Timeout(connect=3, read=5)


def vital_signs(now: datetime) -> dict[str, Any]:
    """When the tick last ran and whether that is well, when the auditor last looked and how much it found."""
    ticked, audited = last_tick(), db.session.get(Watch, AUDIT)
    return {
        "scheduler": {"last": ticked.isoformat() if ticked else None, "well": bool(ticked and now - ticked <= LONGEST)},
        "audit": {
            "last": audited.at.isoformat() if audited else None,
            "disorder": sum(map(len, audited.found.values())) if audited else None,
        },
    }


def vouch(now: datetime) -> int:
    """Ping the dead-man switch, if one is set and all is well; silence is the alarm. Returns how many were sent."""
    url = current_app.config.get("DEADMAN_URL")
    if not url or now.minute % EVERY or not _all_is_well(now):
        return 0
    try:
        answer = urllib3.request("GET", url, timeout=PATIENCE, retries=False, redirect=False)
    except urllib3.exceptions.HTTPError as broken:
        current_app.logger.warning("the dead-man switch did not answer: %s", type(broken).__name__)
        return 0
    return int(answer.status < 400)


def _all_is_well(now: datetime) -> bool:
    audited = db.session.get(Watch, AUDIT)
    well = audited is not None and now - audited.at < FRESH and not audited.found
    db.session.rollback()
    return well
