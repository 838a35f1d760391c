"""Every look-up of findings, always as the viewer may see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.db import UtcDateTime, db, table_of
from app.evidence.models import Evidence
from app.findings.models import Finding
from app.inspections.models import Inspection
from app.people.models import Person, Seat
from app.tasks.models import Party, Task, Wait
from app.tasks.queries import WHOLE, seen_from, visible_to
from app.units.models import Unit
from app.units.queries import at_work_below, who_may_answer

DOUBLE_CLICK = timedelta(minutes=1)
TWIN = (
    select(table_of(Finding).c.id)
    .join(table_of(Task))
    .where(Finding.inspection_id == bindparam("visit"), Finding.text == bindparam("text"),
           Finding.place == bindparam("place"), Task.unit_id.is_not_distinct_from(bindparam("unit")),
           Finding.group_key.is_not(None) == bindparam("many"),
           Task.created_at > bindparam("since", type_=UtcDateTime()))
    .order_by(Finding.id).limit(1)
)  # fmt: skip


def get(viewer: Person, finding_id: int) -> Finding | None:
    """The finding with that id if she may see it."""
    return db.session.scalar(_seen_by(viewer).where(Finding.id == finding_id))


def of_task(viewer: Person, task_id: int) -> Finding | None:
    """The finding that hangs on that task if she may see it."""
    return db.session.scalar(_seen_by(viewer).where(Finding.task_id == task_id))


def by_number(viewer: Person, number: str) -> Finding | None:
    """The finding with that number if she may see it."""
    return db.session.scalar(_seen_by(viewer).where(Task.number == number.strip()))


def _seen_by(viewer: Person) -> Select[Finding]:
    return (
        select(Finding)
        .join(Finding.task)
        .where(visible_to(viewer))
        .options(contains_eager(Finding.task).options(*WHOLE, selectinload(Task.evidence)))
    )


def ready_to_issue(tasks: Sequence[Task]) -> list[Finding]:
    """The findings of these tasks in their order, with everything that issuing them looks at."""
    for at in range(0, len(tasks), 500):
        whole = (
            joinedload(Task.unit), joinedload(Task.issuer_unit), *WHOLE,
            selectinload(Task.entries), selectinload(Task.evidence),
            joinedload(Task.finding).joinedload(Finding.inspection).selectinload(Inspection.levels),
            joinedload(Task.finding).selectinload(Finding.links),
        )  # fmt: skip
        ids = [task.id for task in tasks[at : at + 500]]
        db.session.scalars(select(Task).where(Task.id.in_(ids)).options(*whole)).all()
    return [task.finding for task in tasks]


def opened(viewer: Person, finding_id: int) -> Finding | None:
    """The finding with everything its page shows, in a number of statements that does not grow with it."""
    found = (
        select(Finding)
        .join(Finding.task)
        .where(Finding.id == finding_id, visible_to(viewer))
        .options(
            contains_eager(Finding.task).options(joinedload(Task.issuer_unit)),
            joinedload(Finding.inspection).joinedload(Inspection.task),
            joinedload(Finding.recurs).joinedload(Finding.task),
            joinedload(Finding.merged_into).joinedload(Finding.task),
            joinedload(Finding.merged).joinedload(Finding.task),
            selectinload(Finding.links),
            selectinload(Finding.verifications),
        )
    )
    finding = db.session.scalars(found).unique().one_or_none()
    return _gathered(finding) if finding else None


def _gathered(finding: Finding) -> Finding:
    """Its task, those of its measures and those below it, each with all that hangs on it, read together."""
    own = [finding.task_id, *(link.measure.task_id for link in finding.links)]
    below = and_(Task.parent_id == finding.task_id, Task.kind.in_(("extension", "report")))
    tasks = db.session.scalars(select(Task).where(or_(Task.id.in_(own), below)).options(*_all_of_it())).unique().all()
    by_id = {task.id: task for task in tasks}
    for link in finding.links:
        set_committed_value(link.measure, "task", by_id[link.measure.task_id])
        set_committed_value(link.measure.task, "measure", link.measure)
    children = sorted((task for task in tasks if task.parent_id == finding.task_id), key=lambda task: task.id)
    set_committed_value(finding.task, "finding", finding)
    set_committed_value(finding.task, "children", children)
    set_committed_value(finding, "extensions", [task.extension for task in children if task.extension])
    set_committed_value(finding, "reports", [task.report for task in children if task.report])
    return finding


def _all_of_it() -> tuple[Any, ...]:
    who = joinedload(Party.unit), joinedload(Party.person)
    holders = joinedload(Wait.unit), joinedload(Wait.person)
    return (
        joinedload(Task.unit), joinedload(Task.owner), joinedload(Task.extension), joinedload(Task.report),
        joinedload(Task.due_dates), joinedload(Task.awaited), selectinload(Task.parties).options(*who),
        selectinload(Task.waits).options(*holders), selectinload(Task.evidence).joinedload(Evidence.facts),
        selectinload(Task.entries),
    )  # fmt: skip


def written_just_now(
    viewer: Person, inspection: Inspection, now: datetime, *, text: str, place: str, unit: Unit | None, many: bool
) -> Finding | None:
    """The same finding of the same place and unit, sent a moment ago: a double click, not a second finding."""
    said = {"visit": inspection.id, "text": text, "place": place, "unit": unit.id if unit else None, "many": many}
    twin = db.session.connection().execute(TWIN, said | {"since": now - DOUBLE_CLICK}).scalar()
    return get(viewer, twin) if twin else None


def numbers_written_with(finding: Finding) -> list[str]:
    """The numbers of the same finding at all its units, in the order in which they were written down."""
    if not finding.group_key:
        return [finding.task.number]
    alike = Finding.group_key == finding.group_key, Finding.inspection_id == finding.inspection_id
    return list(db.session.scalars(select(Task.number).join(Finding).where(*alike).order_by(Finding.seq)))


def visit_of_task(viewer: Person, task_id: int) -> Inspection | None:
    """The visit into which a finding is written."""
    found = select(Inspection).join(Inspection.task).where(Inspection.task_id == task_id, visible_to(viewer))
    return db.session.scalar(found.options(contains_eager(Inspection.task).options(*WHOLE)))


def visit_written_into(viewer: Person, task_id: int) -> Inspection | None:
    """The same with who stands in which relation to it, in one statement, for a finding that is being sent."""
    found = db.session.scalars(_written_into(viewer.seats, viewer.identities), {"of": task_id})
    visit = found.unique().one_or_none()
    if visit is not None:
        set_committed_value(visit.task, "inspection", visit)
    return visit


@lru_cache(maxsize=1000)
def _written_into(seats: tuple[Seat, ...], identities: frozenset[int]) -> Select[Inspection]:
    seen = select(Inspection).join(Inspection.task).where(Task.id == bindparam("of"), seen_from(seats, identities))
    whole = contains_eager(Inspection.task)
    return seen.options(whole.joinedload(Task.parties), whole.joinedload(Task.issuer_unit))


def units_among(issuer: Unit, ids: Iterable[int], names: Sequence[str] = ()) -> list[Unit]:
    """Those of the units to choose that were chosen, by id or by name."""
    wanted = sorted(set(ids))
    found = list(db.session.scalars(_among(issuer.reach), {"wanted": wanted})) if wanted else []
    if names:
        called = at_work_below(issuer.reach).where(Unit.name.in_(names))
        found += [unit for unit in db.session.scalars(called) if unit not in found]
    return found


@lru_cache(maxsize=1000)
def _among(reach: str) -> Select[Unit]:
    return at_work_below(reach).where(Unit.id.in_(bindparam("wanted", expanding=True)))


def units_to_choose(issuer: Unit) -> list[Unit]:
    """The units that may be made responsible or asked to support."""
    return list(db.session.scalars(who_may_answer(issuer)))
