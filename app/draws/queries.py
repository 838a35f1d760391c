"""What is drawn from and what was drawn; only within what the viewer supervises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.clock import end_of
from app.db import db
from app.draws.models import Draw, Drawn
from app.findings.models import Finding
from app.inspections.models import Inspection
from app.people.models import SUPERVISING, Person
from app.tasks.models import Task
from app.tasks.queries import visible_to, within
from app.units.models import Unit, end_of_range

PER_PAGE = 30
PLAIN = ("category", "weight", "track")


def closed(path: str, criteria: Mapping[str, Any], at: datetime) -> Iterator[tuple[int, str]]:
    """Id and number of every finding at or below `path` that was closed by then and fits, one after the other."""
    fits = [getattr(Task, name) == criteria[name] for name in PLAIN if criteria.get(name)]
    found = select(Finding.id, Task.number).join(Task, Task.id == Finding.task_id)
    if criteria.get("kind"):
        found = found.join(Inspection, Inspection.id == Finding.inspection_id).where(
            Inspection.kind == criteria["kind"])  # fmt: skip
    ended = Task.kind == "finding", Task.state == "closed", Task.closed_at <= at, *_between(criteria)
    rows = db.session.execute(found.where(*ended, *fits, within(path)).execution_options(yield_per=5000))
    return ((row[0], row[1]) for row in rows)


def _between(criteria: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    first, last = criteria.get("since"), criteria.get("until")
    return [
        *([Task.closed_at > end_of(date.fromordinal(date.fromisoformat(first).toordinal() - 1))] if first else []),
        *([Task.closed_at <= end_of(date.fromisoformat(last))] if last else []),
    ]


def reached(viewer: Person) -> ColumnElement[bool]:
    """Draws over units that she supervises."""
    ranges = [and_(Unit.path >= s.reach, Unit.path < end_of_range(s.reach)) for s in viewer.seats
              if s.kind in SUPERVISING]  # fmt: skip
    return Draw.unit_id.in_(select(Unit.id).where(or_(*ranges))) if ranges else false()


def listed(viewer: Person, before: int | None = None) -> list[Draw]:
    """Her draws, the newest first; one more than a page when there are more."""
    found = select(Draw).where(reached(viewer)).options(
        joinedload(Draw.unit), joinedload(Draw.person), selectinload(Draw.drawn))  # fmt: skip
    found = found.order_by(Draw.id.desc()).limit(PER_PAGE + 1)
    return list(db.session.scalars(found.where(Draw.id < before) if before else found))


def get(viewer: Person, draw_id: int) -> Draw | None:
    """The draw with that id and everything drawn, if she supervises what it draws from."""
    of = joinedload(Drawn.finding).joinedload(Finding.task).joinedload(Task.unit)
    came = joinedload(Drawn.rebound).joinedload(Finding.task)
    drawn = selectinload(Draw.drawn).options(of, came, joinedload(Drawn.looked_by))
    whole = joinedload(Draw.unit), joinedload(Draw.person), drawn
    return db.session.scalar(select(Draw).where(Draw.id == draw_id, reached(viewer)).options(*whole))


def drawn(viewer: Person, drawn_id: int) -> Drawn | None:
    """One finding drawn, if she may see it and supervises what was drawn from."""
    found = (
        select(Drawn)
        .join(Drawn.draw)
        .join(Finding, Finding.id == Drawn.finding_id)
        .join(Task, Task.id == Finding.task_id)
        .where(Drawn.id == drawn_id, reached(viewer), visible_to(viewer))
        .options(contains_eager(Drawn.draw))
    )
    return db.session.scalar(found)


def drawn_of(finding: Finding) -> list[Drawn]:
    """When a closed finding was drawn and what was seen; what never was closed is not asked about."""
    if finding.task.state != "closed":
        return []
    of = Drawn.finding_id == finding.id
    whole = joinedload(Drawn.draw), joinedload(Drawn.looked_by), joinedload(Drawn.rebound).joinedload(Finding.task)
    return list(db.session.scalars(select(Drawn).where(of).options(*whole).order_by(Drawn.id)))
