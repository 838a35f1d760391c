"""Another owner of a finding: what the former one still had to do about it goes along, and comes back when undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.findings.models import Finding
from app.measures import actions
from app.measures.models import Measure
from app.people.models import Person
from app.steps import through
from app.tasks.entries import Entry
from app.tasks.perform import perform
from app.tasks.refusals import NotYet
from app.tasks.undoing import undoes
from workflows.grammar import say
from workflows.roles import Role


@through("finding", "reassign")
def reassign(
    finding: Finding, actor: Any, *, now: datetime, owner: Person, seen: int | None = None, remark: str = ""
) -> None:
    """Name another owner; planned measures that the former one had for this finding only become the new one's."""
    former = finding.task.owner_id
    perform(finding, "reassign", actor, now=now, seen=seen, through="measures", owner=owner, remark=remark)
    for measure in _planned(finding):
        if former is not None and measure.task.owner_id == former and not _needs(measure, former):
            actions.give_to(measure, owner, actor, now=now)


def _planned(finding: Finding) -> list[Measure]:
    return [one for one in finding.live_measures if one.task.state == "planned"]


def _needs(measure: Measure, person_id: int) -> bool:
    """Whether it still serves a finding of that person."""
    return any(finding.task.open and finding.task.owner_id == person_id for finding in measure.findings)


@undoes("reassign", say("The owner was changed."), "finding")
def owned_as_before(entry: Entry, actor: Any, *, now: datetime) -> None:
    """The owner before becomes the owner again; that the other one had it for a moment stays on record."""
    finding, former = entry.task.finding, _until(entry.task, entry.at)
    if former is None:
        raise NotYet(say("Nobody owned it before. Choose another owner instead."))
    gone_along = [one for one in _planned(finding) if _until(one.task, entry.at) is former]
    perform(finding, "reassign", actor, now=now, undone=entry, through="measures", owner=former)
    for measure in gone_along:
        actions.give_to(measure, former, actor, now=now)


def _until(task: Any, moment: datetime) -> Person | None:
    """Who owned it by name until that moment."""
    ended = [party for party in task.parties if party.role == Role.OWNER and party.until == moment]
    return ended[-1].person if ended else None
