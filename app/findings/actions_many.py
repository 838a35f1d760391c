"""Writing many findings down at once: a list of nine hundred rows in a number of statements that can be waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from app.asking import asked_once
from app.clock import day_of
from app.db import db
from app.findings import chain, queries
from app.findings.actions import OF_FINDING, OF_TASK, draft, facts_of, names_of
from app.findings.models import Finding
from app.folding import fold
from app.inspections.actions import inspectors, next_seqs
from app.inspections.models import OF_FINDINGS, Inspection
from app.people.models import Person
from app.pouring import ids_for, pour, usual
from app.steps import all_through
from app.tasks.models import Task
from app.tasks.perform_all import begin_all, perform_all
from app.tasks.refusals import Refused
from app.tasks.reschedule import promise
from app.units.models import Unit
from workflows.roles import Role


@dataclass(frozen=True)
class Drafted:
    """One finding as it is to be written down."""

    unit: Unit | None
    fields: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def folded(self) -> str:
        """Its words as they are searched; dear enough to be asked for before others have to wait."""
        return fold(self.fields.get("text", ""))


def draft_all(inspection: Inspection, actor: Person, rows: Sequence[Drafted], *, now: datetime) -> list[int]:
    """Write all rows down and return the findings' ids; whoever calls has taken the step that lets them in.

    They go past the session: what was loaded of the visit before does not know of them.
    """
    if not rows:
        return []
    visit, first = inspection.task, next_seqs(inspection, len(rows))
    numbered = list(enumerate(rows, start=first))
    bare = usual(Task)
    tasks = [_task(bare | facts_of(visit, inspection, seq, now), row) for seq, row in numbered]
    task_ids = begin_all(tasks, inspectors(visit.issuer_unit, actor, now), actor, now=now)
    ids, common = ids_for(Finding, len(rows)), usual(Finding) | {"inspection_id": inspection.id}
    pour(Finding, [
        {**common, **_own(row), "id": finding_id, "task_id": task_id, "seq": seq, "extra": row.extra}
        for finding_id, task_id, (seq, row) in zip(ids, task_ids, numbered, strict=True)
    ])  # fmt: skip
    db.session.expire(inspection, OF_FINDINGS)
    db.session.expire(visit, ["children"])
    return ids


def _task(task: dict[str, Any], row: Drafted) -> dict[str, Any]:
    unit = row.unit
    task |= {name: value for name, value in row.fields.items() if name in OF_TASK}
    if unit is not None:
        task |= {"unit_id": unit.id, "unit_path": unit.path, "inspected_unit_id": unit.id}
    task["title"], task["folded"] = names_of(task["number"], row.fields.get("text", ""), row.folded)
    return task


def _own(row: Drafted) -> dict[str, Any]:
    return {name: value for name, value in row.fields.items() if name not in OF_TASK}


@all_through("finding", "issue")
def issue_all(tasks: Sequence[Task], actor: Person, *, now: datetime) -> list[Refused | None]:
    """Issue each as `issue` does; what cannot go out yet stays as it is, with its refusal, and holds up nothing."""
    findings = queries.ready_to_issue(tasks)

    def ready(finding: Finding) -> None:
        chain.resolve(finding, now)
        promise(finding.task, finding.deadline_on or day_of(now), "issued")

    with asked_once():
        return perform_all(findings, "issue", actor, now=now, through="findings", ready=ready)


def issue_to_many(finding: Finding, actor: Any, units: Sequence[Unit], *, now: datetime) -> list[Finding]:
    """The same finding for many units, each with its own task."""
    key = finding.group_key = finding.group_key or finding.task.number
    fields = {name: getattr(finding, name) for name in OF_FINDING}
    fields |= {name: getattr(finding.task, name) for name in OF_TASK}
    supporters = [party.unit for party in finding.task.parties_as(Role.SUPPORTER) if party.unit]
    return [
        draft(finding.inspection, actor, now=now, unit=unit, group_key=key, supporters=supporters, **fields)
        for unit in units if unit.id != finding.task.unit_id
    ]  # fmt: skip
