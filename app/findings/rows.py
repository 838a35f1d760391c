"""Rows of the ledger as they are read: whatever is the same for many rows is worked out once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from flask_babel import get_locale
from markupsafe import escape

from app.clock import day_of
from app.tasks.lights import countdown, days_left, light
from app.words import NOTHING, told
from workflows.book import WORKFLOWS
from workflows.grammar import say

LABELS = {state.name: state.label for state in WORKFLOWS["finding"].states}


class Shown(NamedTuple):
    """One row in the reader's language, safe to be put into a page as it is."""

    url: str
    task_id: int
    number: str
    title: str
    unit: str
    clause: str
    owner: str
    due: str
    tone: str
    shape: str
    word: str
    left: str
    waits: str
    since: str


class Standing(NamedTuple):
    """What the light looks at; many rows have the same."""

    kind: str
    state: str
    open: bool
    is_submitted: bool
    due_on: date | None
    returns: int

    @property
    def submitted_at(self) -> Literal[True] | None:
        """Whether the clock stands still is all that the light asks."""
        return True if self.is_submitted else None


def in_language(rows: Iterable[Any], address: str, today: date) -> list[Shown]:
    """The rows in the reader's language; `address` is where a finding's id is put behind.

    A page of rows is most of the ledger's cost: each text is made safe once, here, and the template
    escapes nothing again.
    """
    safe = cache(lambda text: str(escape(text or NOTHING)))
    locale = str(get_locale())
    since = cache(lambda started: _since(started, today))
    label = cache(lambda state: told(LABELS[state]))
    shown = []
    for (finding_id, task_id, kind, number, title, unit, clause, owner, due_on, _key, state, is_open, submitted,
         returns, started, holder) in rows:  # fmt: skip
        shown.append(Shown(
            f"{address}{finding_id}", task_id, safe(number), str(escape(title)), safe(unit), safe(clause),
            safe(owner), *_lit(Standing(kind, state, is_open, submitted is not None, due_on, returns), today, locale),
            f"{label(state)} · {safe(holder)}" if holder else label(state), since(started),
        ))  # fmt: skip
    return shown


@lru_cache(maxsize=5000)
def _lit(standing: Standing, today: date, _locale: str) -> tuple[str, str, str, str, str]:
    shape, word, tone = light(standing, today)
    due = standing.due_on.isoformat() if standing.due_on else NOTHING
    return due, tone, shape, told(word), told(countdown(standing, today))


def _since(started: datetime | None, today: date) -> str:
    days = (today - day_of(started)).days if started else 0
    return told(say("%(n)d d", n=days)) if days > 0 else ""


def as_json(row: Any, address: str, today: date) -> dict[str, Any]:
    """One row for machines."""
    return {
        "id": row.finding_id, "task_id": row.task_id, "number": row.number, "title": row.title, "unit": row.unit,
        "clause": row.clause, "owner": row.owner, "due_on": row.due_on.isoformat() if row.due_on else None,
        "state": row.state, "light": light(row, today).tone, "days_left": days_left(row, today),
        "waits_on": row.holder, "url": f"{address}{row.finding_id}",
    }  # fmt: skip
