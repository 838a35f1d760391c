"""Planning, finishing and dropping measures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from app.clock import day_of, today
from app.db import db
from app.evidence.models import PROOFS
from app.findings.actions import titled
from app.findings.models import Finding
from app.folding import fold
from app.measures.models import Measure, MeasureLink, ProofAsked
from app.people.models import Person
from app.steps import through
from app.steps.usual import proposes
from app.tasks.entries import Entry
from app.tasks.erasing import says
from app.tasks.models import Party, Task
from app.tasks.perform import begin, perform
from app.tasks.record import differing, plain
from app.tasks.refusals import NotYet
from app.tasks.reschedule import reschedule
from app.tasks.touching import touch
from app.tasks.undoing import undoes
from workflows.grammar import say
from workflows.roles import Role

says("measure", "text", "result")


def add(
    findings: Sequence[Finding], actor: Any, *, now: datetime, text: str, owner: Person | None,
    due_on: date | None, kind: str = "other", budget: float | None = None, proofs: Sequence[str] = (),
    seen: int | None = None,
) -> Measure:  # fmt: skip
    """Plan a measure for one or several findings of the same unit."""
    _of_one_unit(findings)
    for finding in sorted(findings, key=lambda finding: finding.task.id):
        only = seen if len(findings) == 1 else None
        perform(finding, "add_measure", actor, now=now, seen=only, through="measures")
    measure = _new(findings, text, kind, budget, now)
    measure.asked = _asked(measure, proofs)
    _give(measure, owner, now)
    begin(measure, actor, now=now)
    if due_on:
        reschedule(measure.task, due_on, "planned")
    return measure


def _of_one_unit(findings: Sequence[Finding]) -> None:
    if len({finding.task.unit_id for finding in findings}) != 1:
        raise NotYet(say("A measure serves findings of one unit only."))


def _new(
    findings: Sequence[Finding], text: str, kind: str, budget: float | None, now: datetime, **fields: Any
) -> Measure:
    lead = findings[0].task
    count = len(findings[0].links) + 1
    task = Task(
        kind="measure", number=_number(findings[0], count), title=titled(text), folded=fold(text)[:400],
        **({"state": "planned"} | fields), unit=lead.unit, unit_id=lead.unit_id, unit_path=lead.unit_path,
        issuer_unit_id=lead.issuer_unit_id, created_at=now, issued_at=now,
        parties=[Party(role=Role.HEAD, unit_id=lead.unit_id, post="head", since=now)],
    )  # fmt: skip
    measure = Measure(task=task, text=text, kind=kind, budget=budget)
    measure.links = [MeasureLink(finding=finding) for finding in findings]
    db.session.add(measure)
    return measure


def _asked(measure: Measure, proofs: Sequence[str]) -> list[ProofAsked]:
    """The rows that say so; what was asked before keeps its row."""
    if set(proofs) - set(PROOFS):
        raise NotYet(say("Say which kinds of evidence will show it."))
    there = {one.proof: one for one in measure.asked}
    return [there.get(proof) or ProofAsked(proof=proof) for proof in dict.fromkeys(proofs)]


def _number(finding: Finding, count: int) -> str:
    return f"{finding.task.number}-M{count}"


def _give(measure: Measure, owner: Person | None, now: datetime) -> None:
    measure.task.owner_id = owner.id if owner else None
    if owner:
        measure.task.give(Role.OWNER, person=owner, now=now)


def change(
    measure: Measure, actor: Any, *, now: datetime, seen: int | None, text: str, owner: Person | None,
    due_on: date | None, kind: str, budget: float | None, proofs: Sequence[str] = (), undone: Entry | None = None,
) -> None:  # fmt: skip
    """Change a planned measure; the findings it serves take notice, what it said before stays in the entry."""
    wanted = [proof for proof in PROOFS if proof in proofs]
    given = {"text": text, "owner": owner, "due_on": due_on, "kind": kind, "budget": budget, "proofs": wanted}
    facts = {"before": plain(differing(_said(measure), given))}
    perform(measure, "change", actor, now=now, seen=seen, through="measures", facts=facts, undone=undone)
    measure.text, measure.task.title, measure.kind, measure.budget = text, titled(text), kind, budget
    measure.asked = _asked(measure, proofs)
    if owner is not measure.task.owner:
        _give(measure, owner, now)
    if due_on and due_on != measure.task.due_on:
        reschedule(measure.task, due_on, "planned")
    touch(finding.task for finding in measure.findings)


def _said(measure: Measure) -> dict[str, Any]:
    task = measure.task
    return {"text": measure.text, "owner": task.owner, "due_on": task.due_on, "kind": measure.kind,
            "budget": measure.budget, "proofs": measure.proofs}  # fmt: skip


def give_to(measure: Measure, owner: Person, actor: Any, *, now: datetime) -> None:
    """Nothing but another owner."""
    change(measure, actor, now=now, seen=None, **(_said(measure) | {"owner": owner}))


@undoes("change", say("The measure was changed."), "measure")
def changed_back(entry: Entry, actor: Any, *, now: datetime) -> None:
    """Undo a change that was just made."""
    measure, before = entry.task.measure, dict(entry.before)
    if "owner" in before:
        before["owner"] = db.session.get(Person, before["owner"]["id"]) if before["owner"] else None
    if before.get("due_on"):
        before["due_on"] = date.fromisoformat(before["due_on"])
    change(measure, actor, now=now, seen=None, undone=entry, **(_said(measure) | before))


@proposes("finished_on")
def as_of_today(_task: Task, _doer: Any) -> date:
    """What is reported is mostly finished the same day."""
    return today()


@through("measure", "finish")
def finish(measure: Measure, actor: Any, *, now: datetime, seen: int | None = None,
           result: str, finished_on: date) -> None:  # fmt: skip
    """Say that a measure is done, on its evidence."""
    perform(
        measure,
        "finish",
        actor,
        now=now,
        seen=seen,
        through="measures",
        result=result,
        finished_on=finished_on,
    )
    touch(finding.task for finding in measure.findings)


@through("measure", "drop")
def drop(measure: Measure, actor: Any, *, now: datetime, seen: int | None = None, reason: str) -> None:
    """Drop a measure; its findings take notice, so that none of them closes on it unseen."""
    perform(measure, "drop", actor, now=now, seen=seen, through="measures", reason=reason)
    touch(finding.task for finding in measure.findings)


@through("finding", "report_done")
def report_at_once(finding: Finding, actor: Any, *, now: datetime, seen: int | None = None, result: str) -> None:
    """What was put right at once: the sentence becomes the measure, its photos are the finding's."""
    measure = _new([finding], result, "other", None, now, state="done", open=False, closed_at=now)
    measure.result, measure.finished_on = result, day_of(now)
    _give(measure, finding.task.owner, now)
    begin(measure, actor, now=now)
    perform(finding, "report_done", actor, now=now, seen=seen, through="measures", result=result)


def link(measure: Measure, finding: Finding, actor: Any, *, now: datetime, seen: int | None = None) -> None:
    """Let a measure serve one more finding of its unit."""
    _of_one_unit([*measure.findings, finding])
    perform(finding, "add_measure", actor, now=now, seen=seen, through="measures")
    measure.links.append(MeasureLink(finding=finding))


def unlink(measure: Measure, finding: Finding, actor: Any, *, now: datetime) -> None:
    """Take a finding from a measure that serves several; the last one is dropped instead."""
    if len(measure.links) < 2:
        raise NotYet(say("It serves only this finding; drop the measure instead."))
    perform(measure, "change", actor, now=now, through="measures", facts={"unlinked": finding.task.number})
    measure.links = [row for row in measure.links if row.finding is not finding]
    touch([finding.task])
