"""Why a date is that date and what comes next: start, days counted and skipped, extensions, rungs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.calendars.queries import explain
from app.calendars.queries import told as counted
from app.clock import day_of
from app.escalations import queries, queries_pages
from app.escalations.looking import Look, house, look
from app.steps.timeline import who
from app.steps.waiting_on import named
from app.tasks.models import Task, Wait
from workflows.book import WORKFLOWS
from workflows.grammar import Sentence, say
from workflows.ladder import Stay, moments
from workflows.roles import LABELS, Role
from workflows.rungs import FARTHEST, when
from workflows.rungs import LABELS as KINDS

MOVED = {
    "issued": say("Promised when it was issued"), "extended": say("More time was granted"),
    "contested": say("Moved by the days the objection lasted"), "returned": say("Set when it was sent back"),
    "planned": say("Planned"), "promised": say("Promised in the talk"),
}  # fmt: skip
BECAME = {
    "spoke": say("said"), "skipped": say("skipped: a higher one spoke"), "expired": say("expired: the day had passed"),
}  # fmt: skip


@dataclass(frozen=True)
class Clock:
    """The clock of a task, explained."""

    waits: list[dict[str, Any]]
    dates: list[dict[str, Any]]
    climbed: list[dict[str, Any]]
    coming: list[dict[str, Any]]
    reason: Sentence | None


def clock(task: Task, now: datetime) -> Clock:
    """Everything that explains when it is due and what follows."""
    entries = {entry.seq: entry for entry in task.entries}
    dates = [
        {"on": due.on, "why": MOVED.get(due.why, say("Planned")), "original": n == 0,
         "who": who(entries[due.entry_seq]) if due.entry_seq in entries else ""}
        for n, due in enumerate(task.due_dates)
    ]  # fmt: skip
    rows = queries.looked_at([task.id])
    at = house(now)
    seen = look(rows, now, at)[0] if rows else None
    coming = _coming(seen, at.office) if seen else []
    return Clock([_wait(task, wait) for wait in reversed(task.waits)], dates, _climbed(task), coming,
                 _reason(task, seen, coming))  # fmt: skip


def _wait(task: Task, wait: Wait) -> dict[str, Any]:
    """One stay: in whose hands, from when to when, and which days were counted."""
    state = WORKFLOWS[task.kind].state(wait.state)
    start, end = day_of(wait.started_at), day_of(wait.until) if wait.until else None
    why = counted(explain(start, end)) if end and end > start and wait.ended_at is None else []
    return {
        "state": state.label, "role": LABELS[Role(wait.role)], "name": named(wait), "started_at": wait.started_at,
        "until": wait.until, "ended_at": wait.ended_at, "why": why,
        "late": wait.until is not None and (wait.ended_at or wait.until) > wait.until,
    }  # fmt: skip


def _climbed(task: Task) -> list[dict[str, Any]]:
    return [
        {"kind": KINDS[climb.kind], "when": when(climb.rung.as_law()), "light": climb.rung.light,
         "due_at": climb.due_at, "fired_at": climb.fired_at, "outcome": BECAME[climb.outcome],
         "spoke": climb.outcome == "spoke", "caught_up": climb.caught_up, "held_until": climb.held_until,
         "held_by": climb.held_by.name if climb.held_by else ""}
        for climb in queries_pages.climbs(task)
    ]  # fmt: skip


def _coming(seen: Look, office: Any) -> list[dict[str, Any]]:
    row = seen.row
    if row.until is None or seen.on_hold:
        return []
    climbs = [climb for climb in queries.climbed([row.wait_id]).get(row.wait_id, []) if climb.until == row.until]
    said, top = {climb.rung_id for climb in climbs}, max((climb.days for climb in climbs), default=-FARTHEST - 1)
    held = max((climb.held_until for climb in climbs if climb.held_until), default=None)
    stay = Stay(row.started_at, row.until, {}, held)
    return [{"at": at, "kind": KINDS[rung.kind], "when": when(rung), "light": rung.light}
            for at, rung in moments(seen.ladder, stay, office) if rung.days > top and rung.id not in said]  # fmt: skip


def _reason(task: Task, seen: Look | None, coming: list[dict[str, Any]]) -> Sentence | None:
    """Why nothing more comes; None when something does."""
    if not task.open or seen is None:
        return say("It has ended; nothing follows.")
    if seen.row.until is None:
        return say("No date is set, so nothing follows.")
    if seen.on_hold:
        return say("More time was asked for and is not decided: the ladder holds, and the decider's own clock runs.")
    if not coming:
        return say("The top of its ladder is reached; what follows people decide.")
    return None
