"""Looking up erasures, and what a year's report says of originals, pictures of minors, exports and erasures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from app.db import db
from app.evidence.models import Evidence, Upload
from app.evidence.sealed import VIEW, Access, Erasure
from app.people.models import SUPERVISING, Person, Post
from app.tasks.entries import Entry
from app.tasks.models import Task
from app.tasks.queries import visible_to
from app.units.models import Unit

MOST = 500  # lines of each part of a report; how many there are in all is always said
Lines = tuple[list[Any], int]


def erasure(viewer: Person, erasure_id: int) -> Erasure | None:
    """The erasure with that id if she may see its task."""
    found = select(Erasure).where(Erasure.id == erasure_id, _seen(viewer))
    return db.session.scalar(found)


def _seen(viewer: Person) -> ColumnElement[bool]:
    pieces = select(Evidence.id).join(Evidence.task).where(visible_to(viewer))
    entries = select(Entry.id).join(Entry.task).where(visible_to(viewer))
    return or_(Erasure.evidence_id.in_(pieces), Erasure.entry_id.in_(entries))


def open_of(piece: Evidence) -> Erasure | None:
    """What is proposed for that piece."""
    return db.session.scalar(select(Erasure).where(Erasure.evidence_id == piece.id, Erasure.outcome == "open"))


def last_of(piece: Evidence) -> Erasure | None:
    """How that piece was erased."""
    done = select(Erasure).where(Erasure.evidence_id == piece.id, Erasure.outcome == "erased")
    return db.session.scalar(done.order_by(Erasure.id.desc()).limit(1))


def open_of_entry(entry: Entry) -> Erasure | None:
    """What is proposed for that entry."""
    return db.session.scalar(select(Erasure).where(Erasure.entry_id == entry.id, Erasure.outcome == "open"))


def to_clear() -> list[Erasure]:
    """Erased pieces of whose files something may still lie on the storage."""
    left = Erasure.outcome == "erased", Erasure.evidence_id.is_not(None), Erasure.cleared_at.is_(None)
    return list(db.session.scalars(select(Erasure).where(*left).options(joinedload(Erasure.evidence))))


def parts_of(sha256: str) -> list[str]:
    """The part files of uploads that became such a piece before it was erased, or were left out when it was."""
    pieces = select(Evidence.id).where(Evidence.sha256 == sha256, Evidence.erased_at.is_not(None))
    left_out = and_(Upload.sha256 == sha256, Upload.dropped_at.is_not(None))
    came = or_(Upload.evidence_id.in_(pieces), Upload.repeats_id.in_(pieces), left_out)
    return [upload.part for upload in db.session.scalars(select(Upload).where(came))]


def within(viewer: Person | None) -> ColumnElement[bool]:
    """The tasks whose report she reads: of everything for an administrator, of all below her for a leader."""
    if viewer is None or viewer.is_admin:
        return true()
    reaches = [seat.reach for seat in viewer.seats if seat.kind in SUPERVISING]
    return or_(*(Task.unit_path.startswith(reach) for reach in reaches))


def opened(viewer: Person | None, since: datetime, until: datetime) -> Lines:
    """Originals opened: entries with their words, the latest first."""
    asked = select(Entry, Task.number).join(Task, Task.id == Entry.task_id)
    return _lines(asked.where(Entry.step == "open_original", Entry.at >= since, Entry.at < until, within(viewer)),
                  Entry.id)  # fmt: skip


def looked(viewer: Person | None, since: datetime, until: datetime) -> list[Row[Any]]:
    """Looks at pictures of minors by person: how many, at how many pictures, the last one when."""
    counted = func.count().label("looks"), func.count(Access.evidence_id.distinct()).label("pictures")
    asked = (
        select(Person.name, *counted, func.max(Access.at).label("last"))
        .join(Person, Person.id == Access.person_id)
        .join(Evidence, Evidence.id == Access.evidence_id)
        .join(Task, Task.id == Evidence.task_id)
        .where(Access.what == VIEW, Access.at >= since, Access.at < until, within(viewer))
        .group_by(Person.id, Person.name)
        .order_by(func.count().desc(), Person.id)
    )
    return list(db.session.execute(asked.limit(MOST)))


def exported(viewer: Person | None, since: datetime, until: datetime) -> Lines:
    """Exports, the latest first; a leader reads of those by people who sit below her."""
    asked = select(Access).where(Access.what != VIEW, Access.at >= since, Access.at < until)
    asked = asked.options(joinedload(Access.person))
    if viewer is not None and not viewer.is_admin:
        asked = asked.where(Access.person_id.in_(_below(viewer)))
    return _lines(asked, Access.id)


def _below(viewer: Person) -> Any:
    reaches = [seat.reach for seat in viewer.seats if seat.kind in SUPERVISING]
    below = or_(*(Unit.path.startswith(reach) for reach in reaches))
    return select(Post.person_id).join(Unit, Unit.id == Post.unit_id).where(below)


def erased(viewer: Person | None, since: datetime, until: datetime) -> Lines:
    """What was erased, or was proposed and kept, the latest first."""
    piece, entry = aliased(Evidence), aliased(Entry)
    asked = (
        select(Erasure, Task.number)
        .outerjoin(piece, piece.id == Erasure.evidence_id)
        .outerjoin(entry, entry.id == Erasure.entry_id)
        .join(Task, Task.id == func.coalesce(piece.task_id, entry.task_id))
        .where(Erasure.proposed_at < until, or_(Erasure.decided_at.is_(None), Erasure.decided_at >= since))
        .where(within(viewer))
        .options(joinedload(Erasure.proposed_by), joinedload(Erasure.decided_by), joinedload(Erasure.evidence))
    )
    return _lines(asked, Erasure.id)


def _lines(asked: Any, latest: Any) -> Lines:
    """The latest of them, and how many there are in all."""
    count = db.session.scalar(select(func.count()).select_from(asked.order_by(None).subquery())) or 0
    return list(db.session.execute(asked.order_by(latest.desc()).limit(MOST)).unique().all()), count
