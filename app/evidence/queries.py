"""Every look-up of evidence, always as the viewer may see its task."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, func, or_, select, union
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from app.db import Base, db, table_of
from app.evidence.models import HOLDERS, Evidence, Upload
from app.people.models import Person, Seat
from app.pouring import Ready
from app.tasks.models import Task
from app.tasks.queries import seen_from, visible_to
from app.tasks.touching import hold

UPLOADS, PIECES = table_of(Upload), table_of(Evidence)
HELD = Ready(
    select(UPLOADS.c.evidence_id, UPLOADS.c.dropped_at).where(UPLOADS.c.id == bindparam("of")).with_for_update()
)
CALLED = Ready(
    select(UPLOADS.c.id).where(UPLOADS.c.person_id == bindparam("person"), UPLOADS.c.client_id == bindparam("name"))
)
STANDING = Ready(
    select(PIECES.c.id).where(
        PIECES.c.task_id == bindparam("task"), PIECES.c.kind == bindparam("kind"),
        PIECES.c.sha256 == bindparam("sha256"), PIECES.c.superseded_by_id.is_(None), PIECES.c.removed_at.is_(None),
        PIECES.c.erased_at.is_(None), PIECES.c.proof == bindparam("proof"),
        or_(PIECES.c.caption == bindparam("caption"), bindparam("caption", type_=String) == ""),
    ).order_by(PIECES.c.id).limit(1)
)  # fmt: skip
ERASED = Ready(
    select(PIECES.c.id).where(PIECES.c.sha256 == bindparam("sha256"), PIECES.c.erased_at.is_not(None)).limit(1)
)
AWAITED = Ready(
    select(func.count())
    .select_from(UPLOADS)
    .where(UPLOADS.c.person_id == bindparam("person"), UPLOADS.c.evidence_id.is_(None), UPLOADS.c.dropped_at.is_(None))
)


def get(viewer: Person, evidence_id: int) -> Evidence | None:
    """The piece with that id if she may see its task."""
    seen = select(Evidence).join(Evidence.task).where(Evidence.id == evidence_id, visible_to(viewer))
    return db.session.scalar(seen.options(joinedload(Evidence.task)))


def one(evidence_id: int) -> Evidence:
    """The piece with that number, for the machine."""
    return db.session.get_one(Evidence, evidence_id)


def originals() -> Iterator[tuple[str, int]]:
    """SHA-256 and size of every original that a row names, whatever room the row stands in."""
    rows = union(*(select(model.sha256, model.size).where(*_held(model)) for model in HOLDERS))
    for row in db.session.execute(rows.execution_options(yield_per=1000)):
        yield row.sha256, row.size


def named(sha256: list[str]) -> set[str]:
    """Those of the given hashes that a row names."""
    return set(db.session.scalars(union(*(select(m.sha256).where(m.sha256.in_(sha256), *_held(m)) for m in HOLDERS))))


def was_erased(sha256: str) -> bool:
    """Whether that content was erased on some task, so that its file may be gone."""
    return ERASED.send({"sha256": sha256}).first() is not None


def _held(model: Any) -> list[ColumnElement[bool]]:
    """Rows that still want their file: it has not been let go or erased."""
    erased = [model.erased_at.is_(None)] if hasattr(model, "erased_at") else []
    return [model.sha256.is_not(None), *erased, *getattr(model, "named", ())]


def upload_of(viewer: Person, upload_id: int) -> Upload | None:
    """The upload with that id, with its task, if she announced it and still sees that."""
    asked = _hers(viewer.seats, viewer.identities)
    return db.session.scalars(asked, {"of": upload_id, "hers": viewer.id}).unique().one_or_none()


@lru_cache(maxsize=1000)
def _hers(seats: tuple[Seat, ...], identities: frozenset[int]) -> Select[Upload]:
    """Put together once: every piece of every file asks it."""
    hers = select(Upload).join(Upload.task).where(Upload.id == bindparam("of"), Upload.person_id == bindparam("hers"))
    whole = contains_eager(Upload.task).joinedload(Task.parties)
    return hers.where(seen_from(seats, identities)).options(lazyload(Upload.person), whole)


def upload_seen(viewer: Person, upload_id: int) -> Upload | None:
    """The upload with that id, whoever sends it, if she may see its task."""
    return db.session.scalar(select(Upload).join(Upload.task).where(Upload.id == upload_id, visible_to(viewer)))


def upload_called(person: Person, client_id: str) -> Upload | None:
    """What that person's phone announced under that name."""
    known = CALLED.send({"person": person.id, "name": client_id}).scalar()
    return db.session.get(Upload, known) if known else None


def standing(task: Task, **said: str) -> Evidence | None:
    """The first piece on the task that is this very file and is said to be the same, while it stands."""
    known = STANDING.send({"task": task.id, **said}).scalar()
    return db.session.get(Evidence, known) if known else None


def hold_upload(upload: Upload) -> bool:
    """Have the upload for oneself, as it is now, until the transaction ends; false when it is no longer awaited."""
    ended = HELD.send({"of": upload.id}).one_or_none()
    if ended is not None and any(ended):
        db.session.refresh(upload)
    return ended is not None and upload.dropped_at is None


def upload_locked(upload_id: int) -> Upload | None:
    """The upload, nobody else changing it until the transaction ends."""
    whole = joinedload(Upload.task, innerjoin=True).joinedload(Task.parties)
    asked = select(Upload).where(Upload.id == upload_id).options(whole).with_for_update(of=Upload)
    return db.session.scalars(asked.execution_options(populate_existing=True)).unique().one_or_none()


def count_awaited(person: Person) -> int:
    """How many files are on their way from her."""
    return int(AWAITED.send({"person": person.id}).scalar_one())


def unfinished() -> list[Upload]:
    """Every upload of which no evidence has become, the oldest first."""
    return list(db.session.scalars(select(Upload).where(Upload.evidence_id.is_(None)).order_by(Upload.id)))


def held_together(task: Task) -> list[Task]:
    """The task, and the findings that its evidence proves when it is a measure's; nobody else changes them now.

    They are held in the order of their ids by one statement; what changed since it was read is read anew.
    """
    held = db.session.execute(_together(), {"of": task.id}).all()
    for one, version in held:
        if one.version != version:
            hold(one)
    return [task, *(one for one, _version in held if one is not task)]


@lru_cache
def _together() -> Select[Any]:
    """By name: the rooms of measures and findings stand above this one."""
    measures, links, findings = (Base.metadata.tables[name] for name in ("measures", "measure_links", "findings"))
    proven = (
        select(findings.c.task_id)
        .join(links, links.c.finding_id == findings.c.id)
        .join(measures, measures.c.id == links.c.measure_id)
        .where(measures.c.task_id == bindparam("of"))
    )
    version = table_of(Task).c.version.label("now")
    asked = select(Task, version).where(or_(Task.id == bindparam("of"), Task.id.in_(proven)))
    return asked.order_by(Task.id).with_for_update(of=Task)


def lock(tasks: list[Task]) -> None:
    """Have those tasks for oneself, as they are now, until the transaction ends; in the order of their ids."""
    for task in sorted(tasks, key=lambda task: task.id):
        hold(task)
