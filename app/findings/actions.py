"""What is done with findings beside plain steps: drafting, issuing, transferring, merging, correcting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from app.clock import day_of
from app.db import db
from app.findings import chain
from app.findings.models import Finding
from app.findings.queries import by_number
from app.folding import fold
from app.inspections.actions import inspectors, next_seq
from app.inspections.models import OF_FINDINGS, Inspection
from app.people.models import Person
from app.steps import through
from app.tasks.entries import Entry
from app.tasks.erasing import says
from app.tasks.models import Party, Task
from app.tasks.perform import begin, end_children, perform
from app.tasks.record import differing, plain
from app.tasks.refusals import NotYet
from app.tasks.reschedule import reschedule
from app.units.models import Unit
from workflows.grammar import say
from workflows.roles import Role

OF_TASK = ("category", "clause", "weight", "track")
OF_FINDING = ("text", "place", "basis", "demand", "protection", "deadline_on", "deadline_raw")
TITLE_LENGTH = 60
says("finding", "text", "place", "demand", "protection", "deadline_raw")


def draft(
    inspection: Inspection, actor: Person, *, now: datetime, unit: Unit | None,
    supporters: Sequence[Unit] = (), extra: dict[str, Any] | None = None,
    group_key: str | None = None, recurs: Finding | None = None, **fields: Any,
) -> Finding:  # fmt: skip
    """Write a finding down; nobody outside the issuing side sees it before it is issued."""
    perform(inspection, "add_finding", actor, now=now, through="findings")
    finding = made(inspection, actor, next_seq(inspection), now, extra or {})
    finding.group_key, finding.recurs = group_key, recurs
    stand_at(finding, unit)
    write(finding, fields)
    _support(finding, supporters, now)
    begin(finding, actor, now=now)
    return finding


def made(inspection: Inspection, actor: Person, seq: int, now: datetime, extra: dict[str, Any]) -> Finding:
    """A finding with its task, still without words; `begin` writes them."""
    visit = inspection.task
    task = Task(**facts_of(visit, inspection, seq, now), parties=inspectors(visit.issuer_unit, actor, now))
    finding = Finding(task=task, inspection_id=inspection.id, seq=seq, text="", extra=extra)
    set_committed_value(finding, "inspection", inspection)  # the visit itself stays as it is
    db.session.expire(inspection, OF_FINDINGS)
    return finding


def facts_of(visit: Task, inspection: Inspection, seq: int, now: datetime) -> dict[str, Any]:
    """What the task of a new finding says before it has words."""
    return {
        "kind": "finding", "number": f"{visit.number}-{seq:02d}", "title": "", "state": "draft", "created_at": now,
        "issuer_unit_id": visit.issuer_unit_id, "found_on": inspection.starts_on, "parent_id": visit.id,
    }  # fmt: skip


def edit(finding: Finding, actor: Person, *, now: datetime, seen: int | None, unit: Unit | None,
         supporters: Sequence[Unit] = (), undone: Entry | None = None, **fields: Any) -> None:  # fmt: skip
    """Change a draft; what it said before stays in the entry. Without a unit it belongs to nobody again."""
    said = _said(finding, fields) | {"unit": finding.task.unit, "supporters": supporting(finding)}
    given = fields | {"unit": unit, "supporters": sorted(u.id for u in supporters)}
    facts = {"before": plain(differing(said, given))}
    perform(finding, "edit", actor, now=now, seen=seen, through="findings", facts=facts, undone=undone)
    stand_at(finding, unit)
    write(finding, fields)
    _support(finding, supporters, now)


def _said(finding: Finding, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(finding.task if name in OF_TASK else finding, name) for name in names}


def stand_at(finding: Finding, unit: Unit | None) -> None:
    """Where it was found and who is to answer for it; nobody yet when no unit is given."""
    task, (unit_id, path) = finding.task, (unit.id, unit.path) if unit else (None, "")
    task.unit, task.unit_id, task.unit_path, task.inspected_unit_id = unit, unit_id, path, unit_id


def write(finding: Finding, fields: dict[str, Any]) -> None:
    """Put words on a finding."""
    task = finding.task
    for name, value in fields.items():
        setattr(task if name in OF_TASK else finding, name, value)
    task.title, task.folded = names_of(task.number, finding.text)


def names_of(number: str, text: str, folded: str | None = None) -> tuple[str, str]:
    """The title of a finding, and what it is searched by; `folded` are its words where they were folded before."""
    words = fold(text) if folded is None else folded
    return titled(text.strip() or number), f"{number.lower()} {words}".strip()[:400]


def titled(text: str) -> str:
    """Its first line, as far as a title goes."""
    first = text.splitlines()[0]
    return first if len(first) <= TITLE_LENGTH else f"{first[: TITLE_LENGTH - 1]}…"


def supporting(finding: Finding) -> list[int]:
    """The ids of the units that support it now."""
    return sorted(party.unit_id for party in finding.task.parties_as(Role.SUPPORTER) if party.unit_id)


def _support(finding: Finding, units: Sequence[Unit], now: datetime) -> None:
    wanted = {unit.id for unit in units}
    for party in finding.task.parties_as(Role.SUPPORTER):
        if party.unit_id in wanted:
            wanted.discard(party.unit_id)
        else:
            party.until = now
    new = [Party(role=Role.SUPPORTER, unit_id=unit_id, post="head", since=now) for unit_id in sorted(wanted)]
    finding.task.parties.extend(new)


@through("finding", "issue")
def issue(finding: Finding, actor: Any, *, now: datetime, seen: int | None = None) -> None:
    """Issue a draft: its parties are resolved, its first due date is promised."""
    chain.resolve(finding, now)
    perform(finding, "issue", actor, now=now, seen=seen, through="findings")
    reschedule(finding.task, finding.deadline_on or day_of(now), "issued")


@through("finding", "uphold")
def uphold(finding: Finding, actor: Any, *, now: datetime, seen: int | None = None, remark: str) -> None:
    """Uphold a contested finding; the due date moves by the days the objection lasted."""
    wait = finding.task.current_wait
    lasted = day_of(now) - day_of(wait.started_at) if wait else timedelta()
    perform(finding, "uphold", actor, now=now, seen=seen, through="findings", remark=remark)
    if finding.task.due_on and lasted:
        reschedule(finding.task, finding.task.due_on + lasted, "contested")


@through("finding", "transfer")
def transfer(finding: Finding, actor: Any, *, now: datetime, seen: int | None = None,
             unit: Unit, reason: str) -> None:  # fmt: skip
    """Hand the finding to another unit 转办; it begins again at the acknowledgement."""
    if unit.id == finding.task.unit_id:
        raise NotYet(say("It already belongs to this unit."))
    task = finding.task
    task.unit, task.unit_id, task.unit_path = unit, unit.id, unit.path
    task.owner_id, task.resume_level, task.level = None, None, 1
    chain.resolve(finding, now)
    perform(finding, "transfer", actor, now=now, seen=seen, through="findings", unit=unit, reason=reason)
    _leave_behind(finding, now)


def _leave_behind(finding: Finding, now: datetime) -> None:
    """What the former unit had under way for it ends; a measure that serves others too goes on without it."""
    end_children(finding.task, now)
    shared = [link for link in finding.links if link.measure.task.open]
    for link in shared:
        db.session.delete(link)
    db.session.flush()
    for loaded in (finding, *(link.measure for link in shared)):
        db.session.expire(loaded, ["links"])


@through("finding", "merge")
def merge(finding: Finding, actor: Any, *, now: datetime, seen: int | None = None, original: str) -> None:
    """Withdraw a duplicate in favour of the finding that stays; both keep the link."""
    stays = by_number(actor, original)
    if stays is None or stays is finding or not stays.task.open:
        raise NotYet(say("There is no other open finding with the number %(number)s.", number=original))
    perform(finding, "merge", actor, now=now, seen=seen, through="findings", original=original)
    finding.merged_into = stays


def correct(finding: Finding, actor: Any, *, now: datetime, seen: int | None,
            undone: Entry | None = None, **fields: Any) -> None:  # fmt: skip
    """Correct the words of an issued finding; what they said before stays in the entry."""
    changed = differing(_said(finding, fields), fields)
    if not changed:
        raise NotYet(say("Nothing was changed."))
    facts = {"before": plain(changed)}
    perform(finding, "correct", actor, now=now, seen=seen, through="findings", facts=facts, undone=undone)
    write(finding, fields)


def date_after_return(task: Task, now: datetime, chosen: date | None) -> date:
    """The new date of a finding sent back: the one chosen, or the days that were left at submission, at least 3."""
    left = (task.due_on - day_of(task.submitted_at)).days if task.due_on and task.submitted_at else 0
    return chosen or day_of(now) + timedelta(days=max(left, 3))
