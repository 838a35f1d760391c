"""The ledger in full, some hundred findings at a time: a fixed number of statements each, plain rows, flat memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.db import db
from app.evidence.models import Evidence
from app.findings import ledger
from app.findings.filters import Filters
from app.findings.models import Finding
from app.findings.narrowing import conditions
from app.inspections.models import Inspection
from app.measures.models import Measure, MeasureLink
from app.people.models import Person
from app.tasks.due import DueDate
from app.tasks.models import Task
from app.tasks.queries import visible_to
from app.units.models import Unit
from app.verifications.models import Verification

BATCH = 400
FACTS = (
    Finding.id, Finding.task_id, Finding.text, Finding.place, Finding.basis, Finding.demand, Finding.deadline_raw,
    Finding.deadline_on, Task.number, Task.category, Task.clause, Task.weight, Task.track, Task.state, Task.due_on,
    Task.closed_at, Task.returns, Unit.name.label("unit"), Unit.code.label("unit_code"), Person.name.label("owner"),
    Inspection.purpose, Inspection.starts_on, Inspection.ends_on, Finding.extra,
)  # fmt: skip


@dataclass
class Full:
    """One finding with everything a ledger says of it."""

    row: Any
    measures: list[Any] = field(default_factory=list)
    pieces: list[Evidence] = field(default_factory=list)
    verdict: Any = None
    original: date | None = None

    def pictures(self, kind: str) -> list[Evidence]:
        """Its photos of that kind that may be shown to everybody."""
        return [piece for piece in self.pieces if piece.kind == kind and piece.is_picture and piece.may_leave]


def findings(viewer: Person, filters: Filters, today: date) -> Iterator[list[Full]]:
    """Every finding of that view as she may see it, in the order of the ledger page, batch by batch."""
    view = replace(filters, size=str(BATCH), after="")
    while True:
        shown = ledger.page(viewer, view, today)
        if shown.rows:
            yield _full(viewer, [row.finding_id for row in shown.rows])
        if shown.after is None:
            return
        view = replace(view, after=shown.after)


def lists(viewer: Person, filters: Filters, today: date) -> Iterator[Any]:
    """What the lists said that the findings of that view were read from."""
    said = select(Finding.extra, Finding.deadline_raw, Finding.deadline_on).join(Task, Task.id == Finding.task_id)
    asked = said.where(*conditions(filters, viewer, today), visible_to(viewer))
    return iter(db.session.execute(asked.execution_options(yield_per=BATCH)))


def _full(viewer: Person, ids: list[int]) -> list[Full]:
    found = {full.row.id: full for full in map(Full, _facts(ids))}
    by_task = {full.row.task_id: full for full in found.values()}
    for one in _measures(ids):
        found[one.finding_id].measures.append(one)
    for piece in _pieces(viewer, found, by_task):
        piece[0].pieces.append(piece[1])
    for verdict in _verdicts(ids):
        found[verdict.finding_id].verdict = verdict
    for due in _originals(list(by_task)):
        by_task[due.task_id].original = by_task[due.task_id].original or due.on
    return [found[one] for one in ids if one in found]


def _facts(ids: list[int]) -> Any:
    asked = (
        select(*FACTS).join(Task, Task.id == Finding.task_id).join(Inspection, Inspection.id == Finding.inspection_id)
        .outerjoin(Unit, Unit.id == Task.unit_id).outerjoin(Person, Person.id == Task.owner_id)
    )  # fmt: skip
    return db.session.execute(asked.where(Finding.id.in_(ids)))


def _measures(ids: list[int]) -> Any:
    owner = aliased(Person)
    asked = (
        select(MeasureLink.finding_id, Measure.task_id, Measure.text, Measure.result, Measure.finished_on,
               owner.name.label("owner"))
        .join(Measure, Measure.id == MeasureLink.measure_id).join(Task, Task.id == Measure.task_id)
        .outerjoin(owner, owner.id == Task.owner_id)
        .where(MeasureLink.finding_id.in_(ids), Task.state != "dropped").order_by(Measure.id)
    )  # fmt: skip
    return db.session.execute(asked)


def _pieces(viewer: Person, found: dict[int, Full], by_task: dict[int, Full]) -> list[tuple[Full, Evidence]]:
    """Each standing piece beside every finding it proves."""
    whose: dict[int, list[Full]] = defaultdict(list)
    for task, full in by_task.items():
        whose[task].append(full)
    for full in found.values():
        for one in full.measures:
            whose[one.task_id].append(full)
    standing = (
        Evidence.superseded_by_id.is_(None),
        Evidence.removed_at.is_(None),
        Evidence.erased_at.is_(None),
        visible_to(viewer),
    )
    asked = select(Evidence).join(Task, Task.id == Evidence.task_id).where(Evidence.task_id.in_(list(whose)), *standing)
    rows = db.session.scalars(asked.order_by(Evidence.id))
    return [(full, piece) for piece in rows for full in whose[piece.task_id]]


def shared_files() -> set[int]:
    """The first piece of every file that is openly used for several tasks."""
    return set(
        db.session.scalars(select(Evidence.shared_from_id).where(Evidence.shared_from_id.is_not(None)).distinct())
    )


def _verdicts(ids: list[int]) -> Any:
    columns = Verification.finding_id, Verification.remark, Verification.verdict, Verification.at, Person.name
    asked = select(*columns).join(Person, Person.id == Verification.person_id).where(Verification.finding_id.in_(ids))
    return db.session.execute(asked.order_by(Verification.id))


def _originals(tasks: list[int]) -> Any:
    asked = select(DueDate.task_id, DueDate.on).where(DueDate.task_id.in_(tasks)).order_by(DueDate.id)
    return db.session.execute(asked)
