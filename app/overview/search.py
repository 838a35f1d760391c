"""One search over numbers, titles, units and people; width, case and traditional characters make no difference."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true

from app.db import db
from app.extensions.models import Extension
from app.findings.models import Finding
from app.inspections.models import Inspection
from app.measures.models import Measure
from app.orders.models import Order
from app.people.models import Person, Post
from app.people.queries import holding
from app.reports.models import Report
from app.tasks.models import Task
from app.tasks.queries import visible_to
from app.units.models import Unit, end_of_range

MOST, SHORTEST = 20, 2
FOUND = (
    "finding",
    "measure",
    "inspection",
    "order",
    "circular",
    "talk",
)  # requests and reports are found by their finding
SUBJECTS = (Finding, Measure, Extension, Report, Inspection, Order)


def tasks(viewer: Person, words: str) -> list[Any]:
    """Findings, measures, visits and orders with those words in their number or text; the latest first."""
    fits = or_(Task.folded.contains(words, autoescape=True), func.lower(Task.number).contains(words, autoescape=True))
    asked = (
        select(Task.kind, Task.number, Task.title, Task.state, Task.open, Task.submitted_at, Task.due_on,
               Task.returns, Unit.name.label("unit"),
               func.coalesce(*(subject.id for subject in SUBJECTS)).label("subject_id"))
        .outerjoin(Unit, Unit.id == Task.unit_id)
        .where(Task.kind.in_(FOUND), fits, visible_to(viewer))
        .order_by(Task.id.desc())
        .limit(MOST)
    )  # fmt: skip
    for subject in SUBJECTS:
        asked = asked.outerjoin(subject, subject.task_id == Task.id)
    return list(db.session.execute(asked).all())


def units(viewer: Person, words: str) -> list[Any]:
    """Units by name, alias or code, as far as her posts reach."""
    fits = or_(Unit.folded.contains(words, autoescape=True), func.lower(Unit.code).contains(words, autoescape=True))
    asked = select(Unit.id, Unit.name, Unit.code).where(fits, _within_reach(viewer))
    return list(db.session.execute(asked.order_by(Unit.path).limit(MOST)).all())


def people(viewer: Person, words: str, today: date) -> list[Any]:
    """People by name who hold a post today within her reach, with that post."""
    asked = (
        select(Person.id, Person.name, Post.kind, Post.title, Unit.id.label("unit_id"), Unit.name.label("unit"))
        .join(Post, Post.person_id == Person.id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Person.active, Person.folded.contains(words, autoescape=True), holding(today), _within_reach(viewer))
        .order_by(Person.name, Unit.path, Post.id)
        .limit(MOST)
    )
    return list(db.session.execute(asked).all())


def _within_reach(viewer: Person) -> ColumnElement[bool]:
    if viewer.is_admin:
        return true()
    ranges = [and_(Unit.path >= seat.reach, Unit.path < end_of_range(seat.reach)) for seat in viewer.seats]
    return or_(*ranges) if ranges else false()
