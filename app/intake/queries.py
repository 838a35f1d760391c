"""Every look-up for taking a list in: previews, batches, what findings it may repeat, and how it is assigned."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.clock import today
from app.db import db
from app.findings.models import Finding
from app.inspections.models import Inspection
from app.intake.differing import Before
from app.intake.likeness import Known
from app.intake.models import Assignment, Batch, Columns, Days, Preview, Taken
from app.intake.owners import Holder
from app.people.models import Person, Post
from app.people.queries import holding
from app.pouring import among
from app.tasks.models import Task
from app.tasks.queries import WHOLE, visible_to
from app.units.models import Unit, end_of_range

MOST_COMPARED = 2000
BATCHES_SHOWN = 100


def visit_numbered(viewer: Person, number: str) -> Inspection | None:
    """The visit with that number if she may see it."""
    found = select(Inspection).join(Inspection.task).where(Task.number == number.strip(), visible_to(viewer))
    return db.session.scalar(found.options(contains_eager(Inspection.task).options(*WHOLE)))


def preview(viewer: Person, inspection: Inspection, preview_id: int) -> Preview | None:
    """What she herself is looking at for that visit."""
    hers = Preview.id == preview_id, Preview.inspection_id == inspection.id, Preview.person_id == viewer.id
    return db.session.scalar(select(Preview).options(joinedload(Preview.against)).where(*hers))


def preview_to_change(viewer: Person, inspection: Inspection, preview_id: int) -> Preview | None:
    """The same, locked: whoever presses a button twice waits for the first press to be done."""
    hers = Preview.id == preview_id, Preview.inspection_id == inspection.id, Preview.person_id == viewer.id
    found = select(Preview).options(joinedload(Preview.against)).where(*hers)
    return db.session.scalar(found.with_for_update(of=Preview))


def preview_of(viewer: Person, inspection: Inspection, sha256: str) -> Preview | None:
    """The same list, if she looked at it before."""
    hers = Preview.sha256 == sha256, Preview.inspection_id == inspection.id, Preview.person_id == viewer.id
    return db.session.scalar(select(Preview).where(*hers))


def previews(viewer: Person, inspection: Inspection) -> list[Preview]:
    """The lists she has begun to look at for that visit, the latest first."""
    hers = Preview.inspection_id == inspection.id, Preview.person_id == viewer.id
    return list(db.session.scalars(select(Preview).where(*hers).order_by(Preview.at.desc()).limit(BATCHES_SHOWN)))


def taken(inspection: Inspection, sha256: str) -> Batch | None:
    """The standing batch of exactly this list for this visit."""
    same = Batch.inspection_id == inspection.id, Batch.sha256 == sha256, Batch.undone_at.is_(None)
    return db.session.scalar(select(Batch).options(joinedload(Batch.person)).where(*same))


def of_preview(inspection: Inspection, preview_id: int) -> Batch | None:
    """The batch that a preview became: for whoever presses the button twice."""
    same = Batch.inspection_id == inspection.id, Batch.preview_id == preview_id
    return db.session.scalar(select(Batch).options(joinedload(Batch.person)).where(*same))


def batches(inspection: Inspection) -> list[Batch]:
    """What was taken in for a visit, the latest first."""
    found = select(Batch).where(Batch.inspection_id == inspection.id).order_by(Batch.id.desc()).limit(BATCHES_SHOWN)
    return list(db.session.scalars(found.options(joinedload(Batch.person), joinedload(Batch.undone_by))))


def batch(viewer: Person, batch_id: int) -> Batch | None:
    """The batch with that id if she may see its visit."""
    found = (
        select(Batch)
        .join(Batch.inspection)
        .join(Inspection.task)
        .where(Batch.id == batch_id, visible_to(viewer))
        .options(
            contains_eager(Batch.inspection).contains_eager(Inspection.task).joinedload(Task.issuer_unit),
            joinedload(Batch.person), joinedload(Batch.undone_by),
        )
    )  # fmt: skip
    return db.session.scalar(found)


def of_source(inspection: Inspection, source: str) -> Batch | None:
    """The latest standing batch that came of another version of the same file."""
    same = Batch.inspection_id == inspection.id, Batch.source == source, Batch.undone_at.is_(None)
    return db.session.scalar(select(Batch).where(*same).order_by(Batch.id.desc()).limit(1)) if source else None


def before(batch: Batch) -> list[Before]:
    """What came of this batch and of the earlier ones of the same source, as their rows said."""
    of_same = Batch.id == batch.id
    if batch.source:
        of_same = and_(Batch.inspection_id == batch.inspection_id, Batch.source == batch.source)
    found = (
        select(Taken.finding_id, Task.id, Task.number, Task.state, Taken.number.label("row"), Taken.said)
        .join(Taken.batch)
        .join(Finding, Finding.id == Taken.finding_id)
        .join(Task, Task.id == Finding.task_id)
        .where(of_same, Batch.undone_at.is_(None), Batch.id <= batch.id)
        .order_by(Taken.finding_id)
    )
    return [Before(*row) for row in db.session.execute(found)]


def came_of(batch: Batch, limit: int | None = None) -> list[Finding]:
    """The findings of a batch, in order."""
    found = select(Finding).join(Taken, Taken.finding_id == Finding.id).where(Taken.batch_id == batch.id)
    return list(db.session.scalars(found.options(joinedload(Finding.task)).order_by(Finding.seq).limit(limit)))


def with_ids(finding_ids: Iterable[int]) -> dict[int, Finding]:
    """Those findings by id."""
    found = select(Finding).where(Finding.id.in_(among(finding_ids))).options(joinedload(Finding.task))
    return {one.id: one for one in db.session.scalars(found)}


def rows_of(finding_ids: Iterable[int]) -> dict[int, Taken]:
    """The rows that those findings came of."""
    return {one.finding_id: one for one in db.session.scalars(
        select(Taken).where(Taken.finding_id.in_(among(finding_ids)))
    )}  # fmt: skip


def already_there(viewer: Person, inspection: Inspection, unit_ids: Iterable[int]) -> list[Known]:
    """What the visit wrote down before, and what is open at these units; the newest first."""
    here = Finding.inspection_id == inspection.id
    open_there = and_(Task.open, Task.unit_id.in_(sorted(unit_ids)))
    found = (
        select(Task.id, Task.number, Finding.text, Task.unit_id, here.label("here"))
        .join(Finding, Finding.task_id == Task.id)
        .where(or_(here, open_there), visible_to(viewer), Task.state != "withdrawn")
        .order_by(Task.id.desc())
        .limit(MOST_COMPARED)
    )
    return [Known(row.id, row.number, row.text, row.unit_id, bool(row.here)) for row in db.session.execute(found)]


def holders(unit_ids: Iterable[int]) -> list[Holder]:
    """The active people who hold a post today in one of these units."""
    found = _holding().where(Post.unit_id.in_(sorted(unit_ids)))
    return [Holder(row.id, row.name, row.title, row.unit_id) for row in db.session.execute(found)]


def _holding() -> Select[int, str, str, int]:
    held = select(Person.id, Person.name, Post.title, Post.unit_id).join(Post, Post.person_id == Person.id)
    return held.where(Person.active, holding(today())).order_by(Person.id)


def holders_below(issuer: Unit) -> list[Holder]:
    """The same for everything an issuing unit reaches."""
    within = and_(Unit.path >= issuer.reach, Unit.path < end_of_range(issuer.reach))
    found = _holding().join(Unit, Unit.id == Post.unit_id).where(within)
    return [Holder(row.id, row.name, row.title, row.unit_id) for row in db.session.execute(found)]


def days_of(issuer_id: int) -> Days | None:
    """The days by weight of an issuing unit, if it set any."""
    return db.session.get(Days, issuer_id)


def assignments(issuer_id: int) -> list[Assignment]:
    """The rules of an issuing unit, by unit and category."""
    found = select(Assignment).join(Assignment.unit).where(Assignment.issuer_unit_id == issuer_id)
    whole = joinedload(Assignment.unit), joinedload(Assignment.owner)
    return list(db.session.scalars(found.options(*whole).order_by(Unit.path, Assignment.category)))


def remembered(issuer_id: int, headings: str) -> Columns | None:
    """What the columns under these headings were taken for."""
    return db.session.scalar(select(Columns).where(Columns.unit_id == issuer_id, Columns.headings == headings))


def mark_of(headings: Iterable[str]) -> str:
    """What makes two lists of the same source: the headings of their columns."""
    return hashlib.sha256("\n".join(headings).encode()).hexdigest()


def count_of(inspection: Inspection) -> int:
    """How many lists were taken in for a visit."""
    counted = select(func.count()).select_from(Batch).where(Batch.inspection_id == inspection.id)
    return db.session.scalar(counted) or 0
