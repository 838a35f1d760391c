"""Which papers a page offers: links only, asked of nobody but the records that the page shows anyway."""

from __future__ import annotations

from typing import Any

from flask import url_for

from app.findings.models import Finding
from app.papers.kinds import KINDS
from app.people.models import SUPERVISING, Person

OF_FINDING = ("notice", "opinion", "plan", "report", "application")
OF_UNIT = ("circular", "monthly")


def for_finding(finding: Finding, viewer: Person) -> list[dict[str, Any]]:
    """The papers of an issued finding, those of the viewer's own side first."""
    if finding.task.issued_at is None or finding.task.unit_id is None:
        return []
    own = any(seat.unit_id == finding.task.unit_id for seat in viewer.seats)
    order = sorted(OF_FINDING, key=lambda name: (KINDS[name].side == "own") != own)
    asked = [_link("extension", extension.id) for extension in finding.extensions[-1:]]
    return [*(_link(name, finding.id) for name in order), *asked]


def for_visit(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Notice and opinion for every unit among the issued findings that a visit's page shows."""
    first: dict[str, Any] = {}
    for task in (row["task"] for row in rows):
        if task.issued_at and task.unit:
            first.setdefault(task.unit.name, task.finding)
    return [
        {**_link(name, finding.id), "whom": unit} for unit, finding in first.items() for name in ("notice", "opinion")
    ]


def for_unit(unit: Any, viewer: Person) -> list[dict[str, Any]]:
    """The surveys of a unit, for those who supervise it."""
    reaches = any(seat.kind in SUPERVISING and unit.path.startswith(seat.reach) for seat in viewer.seats)
    return [_link(name, unit.id) for name in OF_UNIT] if reaches else []


def _link(name: str, subject_id: int) -> dict[str, Any]:
    return {"label": KINDS[name].label, "url": url_for("papers.make", kind=name, subject_id=subject_id)}
