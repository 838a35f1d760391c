"""Taking a confirmed list in: the record of what was pasted and all its drafts, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.db import db
from app.findings import actions as findings
from app.inspections.models import Inspection
from app.intake.models import Batch
from app.people.models import Person
from app.tasks.perform import perform
from app.units.models import Unit


@dataclass(frozen=True)
class Row:
    """One problem as it was confirmed."""

    unit: Unit | None
    fields: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)


def digest(text: str) -> str:
    """What makes a list the same list: its words, whatever its line ends and outer blanks."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def take_in(
    visit: Inspection, actor: Person, *, now: datetime, seen: int | None, text: str,
    rows: Sequence[Row], left_out: int,
) -> Batch:  # fmt: skip
    """Write every row down as a draft of the visit; all of them or none."""
    sha256 = digest(text)
    facts = {"sha256": sha256, "taken": len(rows), "left_out": left_out}
    perform(visit, "paste", actor, now=now, seen=seen, through="intake", facts=facts)
    batch = Batch(inspection=visit, person=actor, at=now, text=text, sha256=sha256, taken=len(rows), left_out=left_out)
    db.session.add(batch)
    db.session.flush()
    for row in rows:
        findings.draft(visit, actor, now=now, unit=row.unit, extra=row.extra | {"batch": batch.id}, **row.fields)
    return batch
