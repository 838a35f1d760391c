"""Asking for more time and deciding it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from app.db import db
from app.extensions.models import Extension
from app.findings.models import Finding
from app.steps import through
from app.steps.usual import proposes
from app.tasks.erasing import says
from app.tasks.models import Party, Task
from app.tasks.perform import begin, perform
from app.tasks.refusals import NotYet
from app.tasks.reschedule import reschedule
from workflows.grammar import say
from workflows.roles import Role

says("extension", "reason", "progress", "protection")
BY_THE_LEADER_FROM = 2  # the second request of a finding, or any of a major one, goes to the leader in charge


def ask(
    finding: Finding, actor: Any, *, now: datetime, seen: int | None = None,
    reason: str, proposed_on: date, progress: str = "", protection: str = "",
) -> Extension:  # fmt: skip
    """Ask for more time before the date; who decides depends on weight and count."""
    _reasonable(finding, proposed_on, protection)
    perform(finding, "ask_extension", actor, now=now, seen=seen, through="extensions",
            facts={"proposed_on": proposed_on.isoformat()})  # fmt: skip
    count = len(finding.extensions) + 1
    extension = Extension(
        task=_task(finding, count, now), finding=finding, reason=reason, progress=progress,
        protection=protection, proposed_on=proposed_on,
    )  # fmt: skip
    db.session.add(extension)
    begin(extension, actor, now=now)
    return extension


def _reasonable(finding: Finding, proposed_on: date, protection: str) -> None:
    due = finding.task.due_on
    if due and proposed_on <= due:
        raise NotYet(say("The new date must be later than %(due)s.", due=due.isoformat()))
    if finding.task.weight == "major" and not protection:
        raise NotYet(say("A major hazard needs protection for the time in between; say which."))


def _task(finding: Finding, count: int, now: datetime) -> Task:
    of = finding.task
    task = Task(
        kind="extension", number=f"{of.number}-Y{count}", title=of.title, folded=of.folded, state="asked",
        unit=of.unit, unit_id=of.unit_id, unit_path=of.unit_path, issuer_unit_id=of.issuer_unit_id,
        weight=of.weight, parent=of, owner_id=of.owner_id, created_at=now, issued_at=now,
    )  # fmt: skip
    task.parties = [_as(Role.DECIDER, party, now) for party in deciders(finding)]
    task.parties += [_as(role, party, now) for role in (Role.OWNER, Role.HEAD, Role.INSPECTOR)
                     for party in of.parties_as(role)]  # fmt: skip
    return task


def deciders(finding: Finding) -> list[Party]:
    """Who decides its next request: the leader in charge for a major one or a second request, else the reviewer."""
    of, count = finding.task, len(finding.extensions) + 1
    decider = Role.LEADER if count >= BY_THE_LEADER_FROM or of.weight == "major" else Role.REVIEWER
    return of.parties_as(decider) or of.parties_as(Role.REVIEWER)


def _as(role: Role, party: Party, now: datetime) -> Party:
    return Party(role=role, unit_id=party.unit_id, post=party.post, person_id=party.person_id, since=now)


@proposes("on")
def as_asked(task: Task, _decider: Any) -> date | None:
    """What was asked for stands ready to be granted."""
    return task.extension.proposed_on if task.kind == "extension" else None


@through("extension", "grant")
def grant(extension: Extension, actor: Any, *, now: datetime, seen: int | None = None,
          on: date, remark: str) -> None:  # fmt: skip
    """Grant more time until a definite date; the one promised first stays beside it."""
    due = extension.finding.task.due_on
    if due and on <= due:
        raise NotYet(say("The new date must be later than %(due)s.", due=due.isoformat()))
    perform(extension, "grant", actor, now=now, seen=seen, through="extensions", on=on, remark=remark)
    extension.granted_on = on
    reschedule(extension.finding.task, on, "extended")
