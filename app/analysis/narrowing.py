"""Two filters of the ledger that only this room can answer: the rung a finding stands on, and hints at its photos."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, union_all
from sqlalchemy.orm import aliased

from app.escalations.models import Climb
from app.evidence.likeness import JUDGING
from app.evidence.models import Evidence
from app.evidence.traces import Likeness
from app.findings.models import Finding
from app.findings.narrowing import narrows
from app.measures.models import Measure, MeasureLink
from app.people.models import SUPERVISING, Person
from app.tasks.models import Party, Task, Wait
from app.tasks.queries import within


def answer() -> None:
    """From here on the ledger knows both."""
    narrows("rung")(lambda said, _viewer: stands_on(said))
    narrows("hints")(lambda _said, viewer: has_hints(viewer))


def stands_on(kind: str) -> ColumnElement[bool]:
    """The gravest rung that its open wait has climbed is of that kind, or there is none."""
    rung = highest()
    return rung.is_(None) if kind == "none" else rung == kind


def highest() -> Any:
    """The kind of the highest rung that came for the open wait as it ends now; spoken or skipped."""
    climbed = (
        select(Climb.kind)
        .join(Wait, Wait.id == Climb.wait_id)
        .where(Climb.task_id == Task.id, Wait.ended_at.is_(None), Climb.until == Wait.until)
        .order_by(Climb.days.desc())
        .limit(1)
    )
    return climbed.correlate(Task).scalar_subquery()


def climbed() -> Any:
    """The same for all findings at once: a row for each that stands on a rung."""
    standing = (
        select(Climb.task_id, Climb.until, func.max(Climb.days).label("days"))
        .join(Wait, Wait.id == Climb.wait_id)
        .where(Wait.ended_at.is_(None), Climb.until == Wait.until)
        .group_by(Climb.task_id, Climb.until)
        .subquery()
    )
    same = Climb.task_id == standing.c.task_id, Climb.until == standing.c.until, Climb.days == standing.c.days
    highest = select(Climb.task_id, func.max(Climb.kind).label("kind")).join(standing, and_(*same))
    return highest.group_by(Climb.task_id).subquery()


def has_hints(viewer: Person | None) -> ColumnElement[bool]:
    """A hint that stands is on a photo of the finding or of its measures; for who judges it, and nobody else."""
    if viewer is None:
        return false()
    plan = aliased(Task)
    shown = (
        select(Evidence.task_id)
        .join(Likeness, Likeness.evidence_id == Evidence.id)
        .where(Likeness.dismissed_at.is_(None), Evidence.superseded_by_id.is_(None), Evidence.removed_at.is_(None))
    )
    by_measure = (
        select(Finding.task_id)
        .join(MeasureLink, MeasureLink.finding_id == Finding.id)
        .join(Measure, Measure.id == MeasureLink.measure_id)
        .join(plan, plan.id == Measure.task_id)
        .where(plan.id.in_(shown))
    )
    return and_(Task.id.in_(union_all(shown, by_measure)), _judged_by(viewer))


def _judged_by(viewer: Person) -> ColumnElement[bool]:
    seats = viewer.seats
    reached = [within(seat.reach) for seat in seats if seat.kind in SUPERVISING]
    sat = [and_(Party.unit_id == seat.unit_id, Party.post == seat.kind) for seat in seats]
    stands = or_(Party.person_id.in_(viewer.identities), *sat)
    judging = select(Party.id).where(
        Party.task_id == Task.id, Party.until.is_(None), Party.role.in_(JUDGING), stands
    )  # fmt: skip
    return or_(*reached, exists(judging.correlate(Task)))
