"""Who answers, reviews and verifies: the parties of a finding, resolved from posts and the visit's chain."""

from __future__ import annotations

from datetime import datetime

from app.db import db
from app.findings.models import Finding
from app.inspections.models import InspectionLevel
from app.people.queries import is_held
from app.tasks.models import Party
from app.tasks.refusals import NotYet
from app.tasks.standing import eligible_verifiers
from app.units.models import Unit
from app.units.queries import ancestors, district_of
from workflows.grammar import say
from workflows.roles import Role

SeatOf = tuple[int, str]


def resolve(finding: Finding, now: datetime) -> None:
    """Fill in the parties of a finding about to be issued; former ones are ended, not lost."""
    if finding.task.unit is not None:
        with db.session.no_autoflush:  # it goes out with the step, or a form just opened would be called stale
            _resolve(finding, finding.task.unit, now)


def _resolve(finding: Finding, unit: Unit, now: datetime) -> None:
    task = finding.task
    levels = [seat for level in finding.inspection.levels if (seat := _verifier(level, finding, unit))]
    for party in task.parties:
        if party.until is None and party.role not in (Role.INSPECTOR, Role.SUPPORTER):
            party.until = now
    _add(finding, Role.HEAD, (unit.id, "head"), now)
    _add(finding, Role.REVIEWER, _reviewer(levels, finding), now)
    for number, seat in enumerate(levels, start=1):
        _add(finding, Role.VERIFIER, seat, now, number)
    if leader := _leader(task.issuer_unit):
        _add(finding, Role.LEADER, leader, now)
    task.levels = max(len(levels), 1)
    _somebody_verifies(finding)


def _add(finding: Finding, role: Role, seat: SeatOf, now: datetime, level: int = 0) -> None:
    finding.task.parties.append(Party(role=role, unit_id=seat[0], post=seat[1], level=level, since=now))


def _verifier(level: InspectionLevel, finding: Finding, unit: Unit) -> SeatOf | None:
    if level.by == "own_head":
        return unit.id, "head"
    if level.by == "district":
        district = district_of(unit)
        return (district.id, "reviewer") if district else None
    return _issuing_seat(level.unit if level.unit else finding.task.issuer_unit)


def _issuing_seat(unit: Unit) -> SeatOf:
    """The reviewers of a unit where it has any, otherwise its inspectors."""
    return unit.id, "reviewer" if is_held(unit.id, "reviewer") else "inspector"


def _reviewer(levels: list[SeatOf], finding: Finding) -> SeatOf:
    """Who agrees the measures: the first level outside the unit itself."""
    outside = [seat for seat in levels if seat[0] != finding.task.unit_id]
    return outside[0] if outside else _issuing_seat(finding.task.issuer_unit)


def _leader(unit: Unit) -> SeatOf | None:
    return next(((u.id, "leader") for u in [unit, *ancestors(unit)] if is_held(u.id, "leader")), None)


def _somebody_verifies(finding: Finding) -> None:
    if not any(eligible_verifiers(finding.task, level) for level in range(1, finding.task.levels + 1)):
        raise NotYet(say("Nobody holds a post that may verify this. Name a reviewer first, or change the chain."))
