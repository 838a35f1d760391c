"""Bringing the demo's findings to where they stand, step by step through the door."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.clock import day_of
from app.db import db
from app.demo.goals import GOALS
from app.demo.ledger import ROWS, VISITS, Row
from app.demo.story import Demo, someone
from app.findings import actions as findings
from app.findings.models import Finding
from app.inspections.actions import record_visit
from app.inspections.models import Inspection
from app.units.models import Unit


def walk(now: datetime) -> int:
    """Record the visits and bring every finding to its goal; returns how many there are."""
    visits = {key: _visit(key, now) for key in VISITS}
    for number, row in enumerate(ROWS):
        story = Demo(row, _draft(visits[row.visit], row, now), now, number)
        story.photo("before", story.inspector, mended=False)
        GOALS[row.goal](story)
    return len(ROWS)


def _visit(key: str, now: datetime) -> Inspection:
    kind, purpose, place, days, inspector, unit, chain = VISITS[key]
    at = now - timedelta(days=days)
    return record_visit(
        someone(inspector), db.session.query(Unit).filter_by(code=unit).one(), now=at, kind=kind, purpose=purpose,
        place=place, starts_on=day_of(at), ends_on=day_of(at), levels=[(by, None) for by in chain],
    )  # fmt: skip


def _draft(visit: Inspection, row: Row, now: datetime) -> Finding:
    return findings.draft(
        visit, someone(VISITS[row.visit][4]), now=now - timedelta(days=row.found),
        unit=db.session.query(Unit).filter_by(code=row.unit).one(), text=row.text, place=row.place,
        category=row.category, clause=row.clause, demand=row.demand, weight=row.weight,
        track=row.track, protection=row.protection, deadline_on=day_of(now) + timedelta(days=row.due),
    )  # fmt: skip
