"""What does not yet hold together: findings without measures, measures without findings or evidence."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from app.db import db
from app.evidence.models import PROOFS, Evidence
from app.findings.models import Finding
from app.measures.models import Measure, MeasureLink, ProofAsked
from app.people.models import Person
from app.tasks.models import Task
from app.tasks.queries import visible_to
from app.units.models import Unit

PLANNED = ("planning", "plan_review", "rectifying", "verifying")  # acknowledged, so measures are expected
SHOWN = 100


def findings_without_measures(viewer: Person) -> list[Any]:
    """Acknowledged and open, planned by track, and nothing that counts is planned."""
    plan = aliased(Task)
    planned = (
        select(MeasureLink.finding_id)
        .join(Measure, Measure.id == MeasureLink.measure_id)
        .join(plan, plan.id == Measure.task_id)
        .where(MeasureLink.finding_id == Finding.id, plan.state != "dropped")
    )
    lacking = Task.state.in_(PLANNED), Task.track != "immediate", ~exists(planned.correlate(Finding))
    return _listed(Finding, viewer, *lacking)


def measures_without_findings(viewer: Person) -> list[Any]:
    """Planned or done, and for nothing that was found."""
    linked = select(MeasureLink.finding_id).where(MeasureLink.measure_id == Measure.id).correlate(Measure)
    return _listed(Measure, viewer, Task.state != "dropped", ~exists(linked))


def measures_without_evidence(viewer: Person) -> list[Any]:
    """Planned or done for a finding that is still open, and nothing shows it."""
    live = Task.state != "dropped", exists(_serving().correlate(Measure)), ~exists(_shown().correlate(Task))
    return _listed(Measure, viewer, *live)


def measures_lacking_a_kind(viewer: Person) -> list[Any]:
    """Shown by something, for a finding that is still open, and a kind of evidence they ask for is not there."""
    live = Task.state != "dropped", exists(_serving().correlate(Measure)), exists(_shown().correlate(Task))
    lacks = _lacking().where(ProofAsked.measure_id == Measure.id).correlate(Measure, Task)
    return _listed(Measure, viewer, *live, exists(lacks))


def kinds_lacking(measures: list[int]) -> dict[int, list[str]]:
    """For each of those measures the kinds of evidence it asks for that are not there, in their usual order."""
    found: dict[int, list[str]] = {measure: [] for measure in measures}
    asked = _lacking().join(Measure, Measure.id == ProofAsked.measure_id).join(Task, Task.id == Measure.task_id)
    for measure, proof in db.session.execute(asked.where(ProofAsked.measure_id.in_(measures))):
        found[measure].append(proof)
    return {measure: [proof for proof in PROOFS if proof in kinds] for measure, kinds in found.items()}


def _lacking() -> Any:
    there = _shown().where(Evidence.proof == ProofAsked.proof).correlate(Task, ProofAsked)
    return select(ProofAsked.measure_id, ProofAsked.proof).where(~exists(there))


def _shown() -> Any:
    return select(Evidence.id).where(
        Evidence.task_id == Task.id,
        Evidence.superseded_by_id.is_(None),
        Evidence.removed_at.is_(None),
        Evidence.erased_at.is_(None),
    )


def _serving() -> Any:
    of = aliased(Task)
    return (
        select(MeasureLink.finding_id)
        .join(Finding, Finding.id == MeasureLink.finding_id)
        .join(of, of.id == Finding.task_id)
        .where(MeasureLink.measure_id == Measure.id, of.open)
    )


def _listed(subject: Any, viewer: Person, *wanted: ColumnElement[bool]) -> list[Any]:
    """The first of them by date, one more than is shown."""
    asked = (
        select(subject.id, Task.kind, Task.number, Task.title, Task.state, Task.due_on, Task.open,
               Task.submitted_at, Task.returns, Unit.name.label("unit"))
        .join(Task, Task.id == subject.task_id)
        .outerjoin(Unit, Unit.id == Task.unit_id)
        .where(visible_to(viewer), *wanted)
        .order_by(Task.due_key, Task.id)
        .limit(SHOWN + 1)
    )  # fmt: skip
    return list(db.session.execute(asked).all())
