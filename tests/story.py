"""How findings come to where a test begins: each function walks through the door, never around it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.clock import day_of, now
from app.db import db
from app.evidence.models import Evidence
from app.findings import actions as findings
from app.findings.models import Finding
from app.inspections.actions import record_visit
from app.inspections.models import Inspection
from app.measures import actions as measures
from app.measures.models import Measure
from app.steps.actions import take
from tests.cast import Cast

TWO_LEVELS = (("district", None), ("issuer", None))
DAYS = 30


def visit(cast: Cast, levels: Any = TWO_LEVELS, at: datetime | None = None, **fields: Any) -> Inspection:
    """A visit by the county's inspector."""
    moment = at or now()
    given = {"kind": "special", "purpose": "校园安全专项检查", "place": "", **fields}
    return record_visit(
        cast.inspector, cast.units["office"], now=moment, levels=levels,
        starts_on=day_of(moment), ends_on=day_of(moment), **given,
    )  # fmt: skip


def draft(cast: Cast, unit: str = "first", at: datetime | None = None, inspection: Inspection | None = None,
          levels: Any = TWO_LEVELS, **fields: Any) -> Finding:  # fmt: skip
    """A finding written down at a school."""
    moment = at or now()
    given = {"text": "围墙开裂，有倒塌危险", "deadline_on": day_of(moment) + timedelta(days=DAYS), **fields}
    seen = inspection or visit(cast, levels, moment)
    return findings.draft(seen, cast.inspector, now=moment, unit=cast.units[unit], **given)


def issued(cast: Cast, **fields: Any) -> Finding:
    """A finding that waits for the school's receipt."""
    finding = draft(cast, **fields)
    take(finding.task, "issue", cast.inspector, now=fields.get("at") or now())
    return finding


def planning(cast: Cast, **fields: Any) -> Finding:
    """A finding whose owner is named."""
    finding = issued(cast, **fields)
    take(finding.task, "acknowledge", cast.head, now=fields.get("at") or now(), owner=cast.owner)
    return finding


def planned(finding: Finding, cast: Cast, text: str = "拆除并重砌围墙", at: datetime | None = None) -> Measure:
    """A measure of the owner's for that finding."""
    moment = at or now()
    return measures.add([finding], cast.owner, now=moment, text=text, owner=cast.owner, due_on=finding.task.due_on)


def plan_review(cast: Cast, **fields: Any) -> Finding:
    """A finding whose measures wait for the reviewer."""
    finding = planning(cast, **fields)
    planned(finding, cast, at=fields.get("at"))
    take(finding.task, "submit_plan", cast.owner, now=fields.get("at") or now())
    return finding


def rectifying(cast: Cast, **fields: Any) -> Finding:
    """A finding that is being put right."""
    finding = plan_review(cast, **fields)
    take(finding.task, "approve_plan", cast.district, now=fields.get("at") or now())
    return finding


def evidence(task: Any, person: Any, kind: str = "after", sha256: str = "") -> Evidence:
    """A row of evidence, without its file, for tests that are not about files."""
    piece = Evidence(
        task=task, kind=kind, name="照片.jpg", sha256=sha256 or f"{task.id:064d}", size=1000,
        media_type="image/jpeg", width=100, height=80, uploaded_by=person, uploaded_at=now(),
    )  # fmt: skip
    db.session.add(piece)
    db.session.flush()
    return piece


def done(measure: Measure, cast: Cast, at: datetime | None = None) -> None:
    """That measure, finished on its evidence."""
    moment = at or now()
    evidence(measure.task, cast.owner)
    take(measure.task, "finish", cast.owner, now=moment, result="围墙已重砌", finished_on=day_of(moment))


def verifying(cast: Cast, **fields: Any) -> Finding:
    """A finding that waits for its first verifier."""
    finding = rectifying(cast, **fields)
    done(finding.measures[0], cast, at=fields.get("at"))
    take(finding.task, "report_done", cast.owner, now=fields.get("at") or now())
    return finding


def closed(cast: Cast, **fields: Any) -> Finding:
    """A finding verified at both levels."""
    finding = verifying(cast, **fields)
    moment = fields.get("at") or now()
    take(finding.task, "pass_on", cast.district, now=moment, method="papers", remark="")
    take(finding.task, "accept", cast.county, now=moment, method="on_site", remark="已重砌，现场查看属实")
    return finding
