"""Every look-up of papers and of what they tell, always as the viewer may see it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.db import db
from app.extensions.models import Extension
from app.findings.models import Finding
from app.inspections.models import Inspection, TeamMember
from app.measures.models import Measure, MeasureLink
from app.papers.models import Paper, PaperMark, PaperTask, PaperTemplate
from app.people.models import SUPERVISING, Person
from app.tasks.models import Party, Task
from app.tasks.queries import visible_to, within
from app.units.models import Unit, end_of_range
from app.verifications.models import Verification

PER_PAGE = 30
MOST = 500  # findings in one paper; a visit to one unit never has more


def told() -> tuple[Any, ...]:
    """Everything a paper tells of a finding, in a number of statements that does not grow with them."""
    who = joinedload(Party.unit), joinedload(Party.person)
    task = (
        joinedload(Task.unit), joinedload(Task.owner), joinedload(Task.issuer_unit), selectinload(Task.due_dates),
        selectinload(Task.evidence), selectinload(Task.entries), selectinload(Task.parties).options(*who),
    )  # fmt: skip
    measured = joinedload(Task.owner), selectinload(Task.evidence)
    visit = joinedload(Finding.inspection)
    return (
        contains_eager(Finding.task).options(*task),
        selectinload(Finding.links).joinedload(MeasureLink.measure).joinedload(Measure.task).options(*measured),
        selectinload(Finding.verifications).joinedload(Verification.person),
        visit.joinedload(Inspection.task).joinedload(Task.issuer_unit),
        visit.joinedload(Inspection.task).selectinload(Task.parties).options(*who),
        visit.selectinload(Inspection.team).joinedload(TeamMember.person),
    )  # fmt: skip


def finding(viewer: Person, finding_id: int) -> Finding | None:
    """The issued finding with that id if she may see it."""
    issued = Finding.id == finding_id, Task.issued_at.is_not(None), Task.unit_id.is_not(None), visible_to(viewer)
    return db.session.scalar(select(Finding).join(Finding.task).where(*issued).options(*told()))


def of_same_visit(viewer: Person, one: Finding) -> list[Finding]:
    """What that visit found at the unit of that finding and issued to it, in order; withdrawn ones left out."""
    same = (
        Finding.inspection_id == one.inspection_id, Task.unit_id == one.task.unit_id, Task.issued_at.is_not(None),
        Task.state.not_in(("draft", "withdrawn")), visible_to(viewer),
    )  # fmt: skip
    found = select(Finding).join(Finding.task).where(*same).options(*told())
    return list(db.session.scalars(found.order_by(Finding.seq).limit(MOST)).unique())


def extension(viewer: Person, extension_id: int) -> Extension | None:
    """The request for more time with that id if she may see it."""
    asked = select(Extension).join(Extension.task).where(Extension.id == extension_id, visible_to(viewer))
    return db.session.scalar(asked)


def unit(viewer: Person, unit_id: int) -> Unit | None:
    """The unit with that id if one of her supervising posts reaches it."""
    found = db.session.get(Unit, unit_id)
    return found if found and viewer.supervises(found.path) else None


def rows_within(viewer: Person, path: str) -> Any:
    """Bare facts of every finding at or below `path` that she may see, withdrawn ones left out, by unit."""
    columns = (
        Task.number, Task.title, Task.state, Task.open, Task.due_on, Task.issued_at, Task.submitted_at,
        Task.closed_at, Unit.name.label("unit"), Finding.id,
    )  # fmt: skip
    counted = Task.kind == "finding", Task.issued_at.is_not(None), Task.state != "withdrawn", within(path)
    found = (
        select(*columns).join(Finding, Finding.task_id == Task.id).join(Unit, Unit.id == Task.unit_id)
        .where(*counted, visible_to(viewer))
        .order_by(Unit.path, Task.due_key, Task.id)
    )  # fmt: skip
    return db.session.execute(found.execution_options(yield_per=2000))


def readable(viewer: Person) -> ColumnElement[bool]:
    """Papers of which every task is visible to her; those about no task: of what she supervises."""
    speaks_of = select(PaperTask.task_id).join(Task, Task.id == PaperTask.task_id)
    hidden = exists(speaks_of.where(PaperTask.paper_id == Paper.id, not_(visible_to(viewer))).correlate(Paper))
    any_task = exists(select(PaperTask.task_id).where(PaperTask.paper_id == Paper.id).correlate(Paper))
    reaches = [
        and_(Unit.path >= s.reach, Unit.path < end_of_range(s.reach)) for s in viewer.seats if s.kind in SUPERVISING
    ]
    supervised = Paper.about_unit_id.in_(select(Unit.id).where(or_(*reaches))) if reaches else Paper.id < 0
    return or_(and_(any_task, not_(hidden)), and_(not_(any_task), supervised))


def get(viewer: Person, paper_id: int) -> Paper | None:
    """The paper with that id if she may read it."""
    return db.session.scalar(select(Paper).where(Paper.id == paper_id, readable(viewer)).options(*_row()))


def register(viewer: Person, before: int | None = None) -> list[Paper]:
    """The register as far as she may read it, newest first; one more than a page when there are more."""
    found = select(Paper).where(readable(viewer)).options(*_row()).order_by(Paper.id.desc()).limit(PER_PAGE + 1)
    return list(db.session.scalars(found.where(Paper.id < before) if before else found))


def given(viewer: Person, kind: str, subject_id: int) -> list[Paper]:
    """The numbers given to that paper before, newest first."""
    same = Paper.kind == kind, Paper.subject_id == subject_id, readable(viewer)
    return list(db.session.scalars(select(Paper).where(*same).options(*_row()).order_by(Paper.id.desc()).limit(10)))


def unwritten_about(tasks: list[int]) -> list[Paper]:
    """The papers that speak of one of those tasks and whose files nobody has opened yet; held until the end."""
    about = exists().where(PaperTask.paper_id == Paper.id, PaperTask.task_id.in_(tasks))
    return list(db.session.scalars(select(Paper).where(Paper.unwritten.is_not(None), about).with_for_update()))


def held(paper_id: int) -> Paper:
    """That paper as it stands now, held until the end."""
    found = select(Paper).where(Paper.id == paper_id).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def _row() -> tuple[Any, ...]:
    return joinedload(Paper.unit), joinedload(Paper.about_unit), joinedload(Paper.person), joinedload(Paper.voided_by)


def last_number(unit_id: int, kind: str, year: int) -> int:
    """The last number given in that register; 0 before the first."""
    row = Paper.unit_id == unit_id, Paper.kind == kind, Paper.year == year
    return db.session.scalar(select(func.max(Paper.number)).where(*row)) or 0


def mark_of(unit_id: int) -> str:
    """What stands before the year in that unit's numbers; empty where nobody has said it."""
    return db.session.scalar(select(PaperMark.mark).where(PaperMark.unit_id == unit_id)) or ""


def marks() -> list[tuple[Unit, str]]:
    """Every unit that issues papers with its mark."""
    found = (
        select(Unit, func.coalesce(PaperMark.mark, "")).outerjoin(PaperMark, PaperMark.unit_id == Unit.id)
        .where(Unit.closed_on.is_(None)).order_by(Unit.path).limit(1000)
    )  # fmt: skip
    return [(row[0], row[1]) for row in db.session.execute(found)]


def template(kind: str) -> PaperTemplate | None:
    """The template that stands in the place of ours, if any."""
    current = PaperTemplate.kind == kind, PaperTemplate.ended_at.is_(None)
    return db.session.scalar(select(PaperTemplate).where(*current).options(joinedload(PaperTemplate.person)))


def templates() -> dict[str, PaperTemplate]:
    """All of those, by kind."""
    current = select(PaperTemplate).where(PaperTemplate.ended_at.is_(None)).options(joinedload(PaperTemplate.person))
    return {one.kind: one for one in db.session.scalars(current)}


def is_late(row: Any, today: date) -> bool:
    """Open, not submitted, past its date."""
    return bool(row.open and row.submitted_at is None and row.due_on and row.due_on < today)
