"""Recording a visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.clock import day_of
from app.db import db, table_of
from app.inspections.models import Inspection, InspectionLevel, Register, TeamMember
from app.people.models import Person
from app.pouring import Ready, put_if_missing
from app.steps import action_for_all
from app.tasks.models import Party, Task
from app.tasks.perform import begin, perform
from app.tasks.refusals import NotYours
from app.units.models import Unit
from workflows.grammar import Case, Sentence, say
from workflows.roles import Role

VISITS = table_of(Inspection)
COUNT_ON = Ready(
    sa.update(VISITS).where(VISITS.c.id == sa.bindparam("of"))
    .values(last_seq=VISITS.c.last_seq + sa.bindparam("many")).returning(VISITS.c.last_seq)
)  # fmt: skip
CODES = {
    "special": "ZX", "routine": "JC", "comprehensive": "ZH", "random": "SJ", "safety": "AQ",
    "term": "KX", "look_back": "HT", "self_check": "ZC", "outside": "WB",
}  # fmt: skip


def record_visit(
    actor: Person, unit: Unit, *, now: datetime, kind: str, purpose: str, place: str,
    starts_on: date, ends_on: date, levels: Sequence[tuple[str, int | None]], team: Sequence[Person] = (),
) -> Inspection:  # fmt: skip
    """A new visit of `unit`; `levels` is the closing chain, each ("own_head"|"district"|"issuer"|"unit", unit id)."""
    if not actor.sits("inspector", unit.id):
        raise NotYours(say("Only inspectors of the issuing unit record its visits."))
    task = Task(
        kind="inspection", number=next_number(CODES[kind], starts_on.year), title=purpose, state="recording",
        unit_id=unit.id, unit_path=unit.path, issuer_unit_id=unit.id, created_at=now, issued_at=now,
        found_on=starts_on, parties=inspectors(unit, actor, now),
    )  # fmt: skip
    inspection = Inspection(
        task=task, kind=kind, purpose=purpose, place=place, starts_on=starts_on, ends_on=ends_on,
        levels=chain(levels), team=[TeamMember(person=person) for person in team],
    )  # fmt: skip
    db.session.add(inspection)
    begin(inspection, actor, now=now)
    return inspection


def change_visit(
    inspection: Inspection, actor: Person, *, now: datetime, seen: int | None,
    purpose: str, place: str, ends_on: date,
) -> None:  # fmt: skip
    """Change what was said about a visit while it is being recorded."""
    perform(inspection, "edit", actor, now=now, seen=seen, through="inspections")
    inspection.purpose = inspection.task.title = purpose
    inspection.place, inspection.ends_on = place, ends_on


@dataclass(frozen=True)
class Outcome:
    """What became of one draft when all were issued at once; `why` is empty when it went out."""

    number: str
    title: str
    task_id: int
    why: tuple[Sentence, ...] = ()


def not_yet(drafts: Sequence[Task], actor: Person, now: datetime) -> list[Outcome]:
    """What issuing all of them would leave behind, and why."""
    return [outcome for task in drafts if (outcome := _outlook(task, actor, now)).why]


def _outlook(task: Task, actor: Person, now: datetime) -> Outcome:
    step = task.workflow.step("issue", task)
    missing = step.missing(Case(task, actor, now, day_of(now))) if step else []
    return Outcome(task.number, task.title, task.id, tuple(missing))


def issue_all(drafts: Sequence[Task], actor: Person, *, now: datetime) -> list[Outcome]:
    """Issue every draft by itself: what cannot go out yet stays, with its reason, and holds up nothing."""
    named = [(task.number, task.title, task.id) for task in drafts]
    refusals = action_for_all("finding", "issue")(drafts, actor, now=now)
    whys = (tuple(refusal.sentences) if refusal else () for refusal in refusals)
    return [Outcome(*name, why) for name, why in zip(named, whys, strict=True)]


def inspectors(unit: Unit, actor: Person, now: datetime) -> list[Party]:
    """The issuing side: the inspectors of the unit, and by name the one who recorded it."""
    return [
        Party(role=Role.INSPECTOR, unit_id=unit.id, post="inspector", since=now),
        Party(role=Role.INSPECTOR, person_id=actor.id, unit_id=unit.id, since=now),
    ]


def chain(levels: Sequence[tuple[str, int | None]]) -> list[InspectionLevel]:
    """The closing chain as rows, numbered from 1."""
    return [
        InspectionLevel(level=number, by=by, unit_id=unit_id) for number, (by, unit_id) in enumerate(levels, start=1)
    ]


def next_number(code: str, year: int) -> str:
    """The next number of a register, such as 2026-ZX-0012; locked until the transaction ends."""
    name = f"{year}-{code}"
    put_if_missing(Register, name=name, last=0)
    counted = sa.update(Register).where(Register.name == name).values(last=Register.last + 1)
    return f"{name}-{db.session.scalars(counted.returning(Register.last)).one():04d}"


def next_seq(inspection: Inspection) -> int:
    """The next number of a finding within its visit."""
    return next_seqs(inspection, 1)


def next_seqs(inspection: Inspection, many: int) -> int:
    """The first of the next `many` numbers of findings within their visit."""
    return int(COUNT_ON.send({"of": inspection.id, "many": many}).scalar_one()) - many + 1
