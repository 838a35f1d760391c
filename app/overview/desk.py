"""The desk: what waits on the viewer, sorted into the sections her posts call for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from app.clock import day_of
from app.overview import queries
from app.people.models import Person
from app.tasks.lights import Light, countdown, days_left, light
from workflows.grammar import Sentence, say
from workflows.roles import Role

RETURNABLE = {"planning", "writing"}
DOERS = {Role.OWNER, Role.HEAD}
# The next step of whoever holds the task, as a verb.
VERBS = {
    ("finding", "draft"): _l("Check and issue"), ("finding", "issued"): _l("Acknowledge"),
    ("finding", "contested"): _l("Answer the objection"), ("finding", "planning"): _l("Set measures"),
    ("finding", "plan_review"): _l("Review the measures"), ("finding", "rectifying"): _l("Put right"),
    ("finding", "verifying"): _l("Verify"), ("measure", "planned"): _l("Carry out"),
    ("extension", "asked"): _l("Decide"), ("report", "writing"): _l("Write the report"),
    ("report", "reading"): _l("Read the report"), ("inspection", "recording"): _l("Record findings"),
    ("order", "draft"): _l("Decide"), ("order", "issued"): _l("Acknowledge"),
    ("order", "answering"): _l("Answer the order"), ("order", "answered"): _l("Judge the answer"),
    ("circular", "draft"): _l("Decide"), ("circular", "issued"): _l("Explain"),
    ("circular", "answered"): _l("Read the explanation"), ("talk", "draft"): _l("Decide"),
    ("talk", "issued"): _l("Hold the talk"), ("talk", "answering"): _l("Keep the promise"),
    ("talk", "answered"): _l("Judge the report"),
}  # fmt: skip


TO_COVER = Light("↩", say("Needs covering"), "returned")


@dataclass(frozen=True)
class Slip:
    """One task in somebody's hands, as a card."""

    id: int
    kind: str
    subject_id: int
    title: str
    unit: str
    light: Light
    countdown: Sentence | None
    verb: Any
    note: str
    left: int | None
    returned: bool
    age: int
    until: date | None
    role: str
    state: str = ""


def slips(viewer: Person, today: date) -> list[Slip]:
    """Everything in her hands; a measure stays folded into its finding while that finding is hers too."""
    rows = queries.waiting(viewer)
    apart = _stand_apart(rows)
    rows = [row for row in rows if row.kind != "measure" or row.subject_id in apart]
    why = queries.reasons(row.id for row in rows if row.returns or row.state in RETURNABLE)
    return [_slip(row, why.get(row.id, ""), today) for row in rows]


def _stand_apart(rows: Iterable[Any]) -> set[int]:
    """The measures whose finding is under way, but in somebody else's hands."""
    hers = {row.id for row in rows if row.kind == "finding"}
    served = queries.served(row.subject_id for row in rows if row.kind == "measure")
    return {
        measure for measure, findings in served.items()
        if all(task not in hers for task, _state in findings) and any(s == "rectifying" for _task, s in findings)
    }  # fmt: skip


def _slip(row: Any, why: str, today: date) -> Slip:
    return Slip(
        id=row.id, kind=row.kind, subject_id=row.subject_id, title=row.title, unit=row.unit or "",
        light=light(row, today), countdown=countdown(row, today), verb=VERBS[row.kind, row.state], note=why,
        left=days_left(row, today), returned=bool(row.returns) or bool(why),
        age=(today - day_of(row.started_at)).days, until=day_of(row.until) if row.until else None, role=row.role,
        state=row.state,
    )  # fmt: skip


def to_do(mine: Iterable[Slip]) -> list[tuple[Any, list[Slip]]]:
    """Hers to put right: overdue, today, within three days, returned, the rest; the nearest date first."""
    groups: dict[str, list[Slip]] = {name: [] for name in ("late", "today", "soon", "returned", "rest")}
    for slip in sorted(mine, key=lambda s: (s.left is None, s.left or 0, s.id)):
        groups[_urgency(slip)].append(slip)
    labels = (_l("Overdue"), _l("Due today"), _l("Within 3 days"), _l("Returned"), _l("The rest"))
    return [(label, found) for label, found in zip(labels, groups.values(), strict=True) if found]


def _urgency(slip: Slip) -> str:
    if slip.left is not None and slip.left <= 3:
        return "late" if slip.left < 0 else "today" if slip.left == 0 else "soon"
    return "returned" if slip.returned else "rest"


def to_review(others: Iterable[Slip], today: date) -> list[tuple[Any, list[Slip]]]:
    """Hers to decide: what must be decided by today, what came back after a return, the rest; oldest first."""
    groups: dict[str, list[Slip]] = {"today": [], "again": [], "rest": []}
    for slip in others:
        pressing = slip.until is not None and slip.until <= today
        groups["today" if pressing else "again" if slip.returned else "rest"].append(slip)
    labels = (_l("To be decided by today"), _l("Returned and submitted again"), _l("Waiting for me"))
    return [(label, found) for label, found in zip(labels, groups.values(), strict=True) if found]


def waited(slip: Slip) -> Sentence:
    """How long it has been in her hands."""
    return say("waiting for %(n)d days", n=slip.age) if slip.age else say("since today")


class Counted(NamedTuple):
    """Open and overdue findings of a unit."""

    code: str
    name: str
    n: int
    late: int


def shares(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Units by their share of overdue findings; with fewer than five the share says little and stands last."""
    found = [
        {"name": row.name, "code": row.code, "n": row.n, "late": row.late, "few": row.n < 5,
         "percent": round(100 * row.late / row.n)}
        for row in rows if row.late
    ]  # fmt: skip
    return sorted(found, key=lambda unit: (unit["few"], -unit["percent"], -unit["n"], unit["name"]))
