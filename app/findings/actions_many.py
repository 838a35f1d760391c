"""Writing many findings down at once: a list of nine hundred rows in a number of statements that can be waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.findings.actions import made, write
from app.findings.models import Finding
from app.inspections.actions import next_seqs
from app.inspections.models import Inspection
from app.people.models import Person
from app.tasks.perform import begin_all
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
    begin_all(findings, actor, now=now)
    return findings
