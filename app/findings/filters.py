"""What the ledger is narrowed to: all of it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, and_, false, or_, select

from app.db import db
from app.findings.models import Finding
from app.inspections.models import Inspection
from app.people.models import Person
from app.tasks.folding import fold
from app.tasks.lights import SOON
from app.tasks.models import Task, Wait
from app.tasks.queries import is_due_between, is_overdue, is_returned, waits_on, within
from app.units.models import Unit
from workflows.book import TRACKS, WEIGHTS, WORKFLOWS

SIZES = (20, 50, 100)
STATES = tuple((state.name, state.label) for state in WORKFLOWS["finding"].states)
LIGHTS = ("overdue", "today", "soon", "week", "returned")
CHOICES = {
    "state": {name for name, _label in STATES} | {"all"},
    "light": set(LIGHTS),
    "mine": {"1"},
    "weight": dict(WEIGHTS),
    "track": dict(TRACKS),
    "size": {str(size) for size in SIZES},
}
UNITS_NAMED = 40  # a name that fits more units than this is too short to mean any


@dataclass(frozen=True)
class Filters:
    """One view of the ledger; empty means everything open."""

    state: str = ""
    unit: str = ""
    light: str = ""
    mine: str = ""
    category: str = ""
    weight: str = ""
    track: str = ""
    inspection: str = ""
    q: str = ""
    size: str = "50"
    after: str = ""

    @property
    def limit(self) -> int:
        """Rows a page."""
        return int(self.size)

    @property
    def cursor(self) -> tuple[date, int] | None:
        """Where the page before ended; None when the address says nothing readable."""
        day, _dot, number = self.after.partition(".")
        try:
            key = date.fromisoformat(day), int(number)
        except ValueError:
            return None
        return key if 0 <= key[1] < 2**31 else None

    @property
    def narrowed(self) -> int:
        """How many filters are set."""
        return sum(bool(v) for k, v in asdict(self).items() if k not in ("size", "after"))

    def address(self, **changed: str) -> str:
        """The query string of this view with some of it changed."""
        said = asdict(self) | changed
        return urlencode({k: v for k, v in said.items() if v and (k, v) != ("size", "50")})


def read(args: Mapping[str, str]) -> Filters:
    """The view an address asks for; what it does not know is left out."""
    said = {f.name: str(args.get(f.name, "")).replace("\x00", "").strip()[:80] for f in fields(Filters)}
    return Filters(**{k: v for k, v in said.items() if v and (k not in CHOICES or v in CHOICES[k])})


def conditions(filters: Filters, viewer: Person, today: date) -> list[ColumnElement[bool]]:
    """What a finding must fulfil to stand in that view, visibility apart."""
    plain = [
        getattr(Task, name) == value for name in ("category", "weight", "track") if (value := getattr(filters, name))
    ]
    wanted = [Task.kind == "finding", *_in_state(filters.state), *plain]
    if filters.light:
        wanted.append(_lit(filters.light, today))
    if filters.mine:
        wanted.append(_hers(viewer))
    if filters.q:
        wanted.append(Task.folded.contains(fold(filters.q), autoescape=True))
    return [*wanted, *_at_units(filters.unit), *_of_visit(filters.inspection)]


def _in_state(state: str) -> list[ColumnElement[bool]]:
    if state == "all":
        return []
    return [Task.state == state if state else and_(Task.open)]


def _lit(light: str, today: date) -> Any:
    """The predicates themselves, not the one light that is shown: a late one sent back is late too."""
    sunday = today + timedelta(days=6 - today.weekday())
    return {
        "overdue": is_overdue(today),
        "today": is_due_between(today, today),
        "soon": is_due_between(today, today + timedelta(days=SOON)),
        "week": is_due_between(today, sunday),
        "returned": is_returned(),
    }[light]


def _hers(viewer: Person) -> ColumnElement[bool]:
    waiting = select(Wait.task_id).where(waits_on(viewer))
    return or_(Task.owner_id.in_(viewer.identities), Task.id.in_(waiting))


def _at_units(said: str) -> list[ColumnElement[bool]]:
    """Findings of the units with that code or name, and of what lies below them."""
    if not said:
        return []
    named = or_(Unit.code == said, Unit.folded.contains(fold(said), autoescape=True))
    paths = list(db.session.scalars(select(Unit.path).where(named).order_by(Unit.path).limit(UNITS_NAMED)))
    return [or_(*(within(path) for path in paths)) if paths else false()]


def _of_visit(number: str) -> list[ColumnElement[bool]]:
    if not number:
        return []
    visits = select(Inspection.id).join(Inspection.task).where(Task.number == number)
    visited = select(Finding.task_id).where(Finding.inspection_id.in_(visits.correlate(None)))
    return [and_(Task.id.in_(visited.correlate(None)))]
