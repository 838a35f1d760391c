"""Into whose hands a task comes when those meant for it took part: another level, or nobody and a refusal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.tasks import standing
from app.tasks.models import Party, Task
from app.tasks.refusals import NotYet
from app.tasks.standing import Actor
from workflows.grammar import say
from workflows.roles import Role

NOBODY = say(
    "Nobody is left who may verify this without having taken part. Ask the issuing unit to name another verifier."
)


def standing_role(task: Task) -> Role | None:
    """Whom the task waits on as it stands."""
    return task.workflow.state(task.state).waits_on


def settle(task: Task, actor: Actor, now: datetime) -> dict[str, Any]:
    """Put the task into hands that may act on it; returns what the entry should say of it."""
    if standing_role(task) is Role.VERIFIER:
        return _climbed(task, actor)
    if standing_role(task) is Role.REVIEWER and task.parties_as(Role.VERIFIER):
        return _reviewed_elsewhere(task, actor, now)
    return {}  # a report is only read: whoever reads it decides nothing about closure


def _climbed(task: Task, actor: Actor) -> dict[str, Any]:
    """A level at which nobody may verify moves up and says so; refuse when none is left."""
    skipped: list[int] = []
    while not standing.eligible_verifiers(task, task.level, but=actor.identities):
        if task.level >= task.levels:
            raise NotYet(NOBODY)
        skipped.append(task.level)
        task.level += 1
    return {"skipped_levels": skipped} if skipped else {}


def _reviewed_elsewhere(task: Task, actor: Actor, now: datetime) -> dict[str, Any]:
    """Measures that their reviewer planned herself go to the next verifier outside who took no part."""
    if _may_review(task, task.parties_as(Role.REVIEWER), actor):
        return {}
    outside = [p for p in task.parties_as(Role.VERIFIER) if p.unit_id != task.unit_id]
    for party in sorted(outside, key=lambda party: party.level):
        if _may_review(task, [party], actor):
            _hand_review_to(task, party, now)
            return {"reviewed_by": party.unit.name if party.unit else ""}
    raise NotYet(NOBODY)


def _may_review(task: Task, parties: list[Party], actor: Actor) -> bool:
    return bool(standing.eligible(parties, task.subject.doers | actor.identities))


def _hand_review_to(task: Task, seat: Party, now: datetime) -> None:
    for party in task.parties_as(Role.REVIEWER):
        party.until = now
    task.parties.append(Party(role=Role.REVIEWER, unit_id=seat.unit_id, post=seat.post, since=now, level=0))
