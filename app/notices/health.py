"""How delivery fares: whether a deliverer lives, since when something waits that might have gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from app.clock import local
from app.db import db, unit_of_work
from app.escalations.alerting import raise_alert, settle
from app.notices import keys
from app.notices.delivering import last_seen
from app.notices.queries_pages import channels, overdue_since
from workflows.grammar import say

PATIENCE = timedelta(minutes=15)
SILENT = timedelta(minutes=2)
EVERY = 5  # minutes between looks


@dataclass(frozen=True)
class Standing:
    """What the page says at its top."""

    seen: datetime | None
    alive: bool
    overdue: datetime | None
    mails: bool

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"last": self.seen.isoformat() if self.seen else None, "well": self.alive, "mail": self.mails,
                "waits_since": self.overdue.isoformat() if self.overdue else None}  # fmt: skip


def standing(now: datetime) -> Standing:
    """How it stands."""
    seen, overdue = last_seen(), overdue_since(now - PATIENCE)
    alive = seen is not None and now - seen <= SILENT
    return Standing(seen, alive, overdue, bool(current_app.config["SMTP_HOST"]))


def look(now: datetime) -> int:
    """Tell administrators when something waits and nobody delivers; returns how many alerts that were."""
    if now.minute % EVERY:
        return 0
    found, lost = standing(now), "、".join(channel.name for channel in channels() if keys.are_lost(channel))
    db.session.rollback()
    silent = found.overdue is not None and not found.alive
    with unit_of_work():
        if lost:
            raise_alert(
                "notices",
                "notices:lost",
                now,
                say(
                    "The secret of the house changed, so the addresses and "
                    "secrets of %(robots)s can no longer be read. Enter them again under Channels.",
                    robots=lost,
                ),
            )
        if silent and found.overdue:
            since = local(found.overdue).strftime("%Y-%m-%d %H:%M")
            said = say("Messages have waited since %(at)s and nobody delivers them: start “flask deliver”.", at=since)
            raise_alert("notices", "notices:silent", now, said)
        elif found.alive:
            settle("notices", ["notices:given_up", *(["notices:lost"] if lost else [])], now)
    return int(silent)
