"""What a year's report says, for a page, for machines and as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.clock import zone
from app.evidence import queries_sealed as queries
from app.people.models import Person
from app.words import moment

OUTCOMES = {"open": "waits for a second person", "erased": "erased", "kept": "not erased"}


@dataclass(frozen=True)
class Part:
    """Its first lines, and how many there are in all."""

    lines: list[dict[str, Any]]
    count: int


@dataclass(frozen=True)
class Report:
    """A year: originals opened, looks at pictures of minors by person, exports, erasures."""

    year: int
    opened: Part
    looked: Part
    exported: Part
    erased: Part


def is_read_by(viewer: Person) -> bool:
    """Whether she reads it: administrators, and whoever leads."""
    return viewer.is_admin or any(seat.kind == "leader" for seat in viewer.seats)


def of_year(viewer: Person | None, year: int) -> Report:
    """The report as `viewer` may read it; None is whoever runs the machine."""
    since, until = (datetime(y, 1, 1, tzinfo=zone()) for y in (year, year + 1))
    opened, exported, erased = (ask(viewer, since, until) for ask in (queries.opened, queries.exported, queries.erased))
    looked = queries.looked(viewer, since, until)
    return Report(
        year,
        Part([_opened(*row) for row in opened[0]], opened[1]),
        Part([{"who": r.name, "looks": r.looks, "pictures": r.pictures, "last": r.last} for r in looked],
             sum(row.looks for row in looked)),
        Part([_exported(row[0]) for row in exported[0]], exported[1]),
        Part([_erased(*row) for row in erased[0]], erased[1]),
    )  # fmt: skip


def _opened(entry: Any, number: str) -> dict[str, Any]:
    return {"at": entry.at, "who": entry.actor_name, "number": number, "task_id": entry.task_id,
            "why": entry.said.get("reason", ""), "evidence": entry.facts.get("evidence")}  # fmt: skip


def _exported(access: Any) -> dict[str, Any]:
    return {"at": access.at, "who": access.person.name, "what": access.note, "findings": access.count}


def _erased(erasure: Any, number: str) -> dict[str, Any]:
    return {
        "at": erasure.decided_at or erasure.proposed_at, "number": number, "id": erasure.id,
        "what": "piece" if erasure.evidence_id else "words", "why": erasure.reason, "outcome": erasure.outcome,
        "who": erasure.proposed_by.name, "second": erasure.decided_by.name if erasure.decided_by else "",
        "sha256": erasure.evidence.sha256 if erasure.evidence else "",
    }  # fmt: skip


def as_json(report: Report) -> dict[str, Any]:
    """The same for machines."""
    parts = {name: getattr(report, name) for name in ("opened", "looked", "exported", "erased")}
    return {"year": report.year} | {
        name: {"count": part.count, "lines": [_plain(line) for line in part.lines]} for name, part in parts.items()
    }


def _plain(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in line.items()}


def as_text(report: Report) -> Iterator[str]:
    """The same on a terminal."""
    yield f"{report.year}: {report.opened.count} originals opened"
    for one in report.opened.lines:
        yield f"  {moment(one['at'])} {one['who']} {one['number']} {one['why']}"
    yield f"{report.looked.count} looks at pictures of minors"
    for one in report.looked.lines:
        yield f"  {one['who']} {one['looks']} looks at {one['pictures']} pictures, last {moment(one['last'])}"
    yield f"{report.exported.count} exports"
    for one in report.exported.lines:
        yield f"  {moment(one['at'])} {one['who']} {one['what']} ({one['findings']} findings)"
    yield f"{report.erased.count} erasures"
    for one in report.erased.lines:
        second = f", {one['second']}" if one["second"] else ""
        yield f"  {moment(one['at'])} {one['number']} {OUTCOMES[one['outcome']]}: {one['who']}{second}: {one['why']}"
