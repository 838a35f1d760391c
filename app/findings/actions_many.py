"""Writing many findings down at once: a list of nine hundred rows in a number of statements that can be waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.asking import asked_once
from app.clock import day_of
from app.findings import chain, queries
from app.findings.actions import made, write
from app.findings.models import Finding
from app.inspections.actions import next_seqs
from app.inspections.models import Inspection
from app.people.models import Person
from app.steps import all_through
from app.tasks.models import Task
from app.tasks.perform_all import begin_all, perform_all
from app.tasks.refusals import Refused
from app.tasks.reschedule import promise
from app.units.models import Unit


@dataclass(frozen=True)
class Drafted:
    """One finding as it is to be written down."""

    unit: Unit | None
    fields: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)


def draft_all(inspection: Inspection, actor: Person, rows: Sequence[Drafted], *, now: datetime) -> list[Finding]:
    """Write all rows down; whoever calls has taken the visit's step that lets them in."""
    first = next_seqs(inspection, len(rows))
    findings = [made(inspection, actor, first + at, now, row.extra) for at, row in enumerate(rows)]
    for finding, row in zip(findings, rows, strict=True):
        write(finding, row.unit, row.fields)
    with asked_once():
        begin_all(findings, actor, now=now)
    return findings


@all_through("finding", "issue")
def issue_all(tasks: Sequence[Task], actor: Person, *, now: datetime) -> list[Refused | None]:
    """Issue each as `issue` does; what cannot go out yet stays as it is, with its refusal, and holds up nothing."""
    findings = queries.ready_to_issue(tasks)

    def ready(finding: Finding) -> None:
        chain.resolve(finding, now)
        promise(finding.task, finding.deadline_on or day_of(now), "issued")

    with asked_once():
        return perform_all(findings, "issue", actor, now=now, through="findings", ready=ready)
