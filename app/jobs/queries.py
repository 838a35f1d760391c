"""Every look-up of jobs: a job is seen by whoever asked for it, and by nobody else."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select

from app.db import db
from app.jobs.models import OPEN, Job
from app.people.models import Person

SHOWN = 30


def get(viewer: Person, job_id: int) -> Job | None:
    """The job with that id if she asked for it."""
    return db.session.scalar(select(Job).where(Job.id == job_id, Job.person_id == viewer.id))


def newest(viewer: Person, limit: int = SHOWN) -> list[Job]:
    """Her latest jobs, newest first."""
    return list(db.session.scalars(select(Job).where(Job.person_id == viewer.id).order_by(Job.id.desc()).limit(limit)))


def to_collect(viewer: Person, now: datetime, limit: int = 5) -> list[Job]:
    """What waits for her: still being made, made and not yet thrown away, or ended within a day by itself."""
    ended = and_(Job.ended_at > now - timedelta(days=1), Job.phase != "cancelled")
    waits = Job.person_id == viewer.id, or_(Job.ended_at.is_(None), Job.sha256.is_not(None), ended)
    return list(db.session.scalars(select(Job).where(*waits).order_by(Job.id.desc()).limit(limit)))


def is_waiting() -> bool:
    """Whether any job is open; a plain read, so that an idle worker locks nothing."""
    return db.session.scalar(select(Job.id).where(Job.ended_at.is_(None)).limit(1)) is not None


def open_ones(person: Person) -> int:
    """How many jobs of hers are open."""
    hers = select(func.count()).select_from(Job).where(Job.person_id == person.id, Job.phase.in_(OPEN))
    return db.session.scalar(hers) or 0


def open_about(person: Person, kinds: Collection[str], **params: Any) -> Job | None:
    """Open work of hers of one of these kinds that was asked for with these parameters, among others."""
    hers = select(Job).where(Job.person_id == person.id, Job.kind.in_(kinds), Job.ended_at.is_(None))
    return next((job for job in db.session.scalars(hers) if params.items() <= job.params.items()), None)


def same_open(person: Person, kind: str, params: dict[str, Any]) -> Job | None:
    """The same thing, asked for by her and not yet finished."""
    hers = select(Job).where(Job.person_id == person.id, Job.kind == kind, Job.ended_at.is_(None))
    return next((job for job in db.session.scalars(hers) if job.params == params), None)
