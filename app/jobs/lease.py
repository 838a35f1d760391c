"""Who works at a job: claimed for a while, held by saying so, and ended by its holder alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import and_, or_, select, update

from app.db import beside, db, unit_of_work
from app.jobs.models import Job

TRIES = 3


class Stopped(Exception):
    """The work goes no further: called off, taken over by another worker, or the worker itself is to end."""


class CalledOff(Stopped):
    """Its person does not want it any more."""


class Lost(Stopped):
    """The lease ran out and somebody else has it."""


def lease() -> timedelta:
    """How long a worker may be silent before its job is given to another."""
    return timedelta(seconds=current_app.config["JOB_LEASE_SECONDS"])


def claim(worker: str, now: datetime) -> int | None:
    """Take the oldest job that waits, or that a silent worker left behind; None when there is none."""
    with unit_of_work():
        job = db.session.scalar(_free(now))
        if job is None:
            return None
        if job.tries >= TRIES or job.cancel_asked_at:
            _given_up(job, now)
        else:
            job.phase, job.worker, job.locked_until = "running", worker, now + lease()
            job.started_at, job.tries = job.started_at or now, job.tries + 1
        return job.id


def _free(now: datetime) -> Any:
    left_behind = and_(Job.phase == "running", Job.locked_until < now)
    free = select(Job).where(Job.ended_at.is_(None), or_(Job.phase == "queued", left_behind))
    return free.order_by(Job.id).limit(1).with_for_update(skip_locked=True)


def _given_up(job: Job, now: datetime) -> None:
    job.phase = "cancelled" if job.cancel_asked_at else "failed"
    job.locked_until, job.ended_at, job.worker = None, now, ""


def beat(job_id: int, worker: str, done: int, total: int, now: datetime, **more: Any) -> None:
    """Say that it goes on and how far it is; raises Lost or CalledOff when it does not."""
    with beside() as connection:
        held = (
            update(Job).where(*_held(job_id, worker)).values(done=done, total=total, locked_until=now + lease(), **more)
        )
        called_off = connection.execute(held.returning(Job.cancel_asked_at)).one_or_none()
    if called_off is None:
        raise Lost
    if called_off[0] is not None:
        raise CalledOff


def end(job_id: int, worker: str, phase: str, now: datetime, **values: Any) -> None:
    """End it within the transaction that is open; raises Lost when it is not this worker's any more."""
    ended = update(Job).where(*_held(job_id, worker))
    ended = ended.values(phase=phase, ended_at=now, locked_until=None, **values)
    if db.session.execute(ended).rowcount != 1:  # type: ignore[attr-defined]
        raise Lost


def give_back(job_id: int, worker: str) -> None:
    """Put it back in the queue untried: the worker ends, not the work."""
    with unit_of_work():
        back = update(Job).where(*_held(job_id, worker))
        db.session.execute(back.values(phase="queued", locked_until=None, tries=Job.tries - 1))


def _held(job_id: int, worker: str) -> tuple[Any, ...]:
    return Job.id == job_id, Job.worker == worker, Job.phase == "running"
