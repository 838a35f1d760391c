"""Asking for long work, calling it off, and throwing away what was made of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update

from app.db import db, unit_of_work
from app.evidence.alone import let_go
from app.evidence.sealed import Erasure
from app.jobs import queries
from app.jobs.models import Job, seats_of
from app.people.models import Person
from app.tasks.refusals import OutOfTurn, Refused
from workflows.grammar import say

MOST = 5


class TooMany(Refused):
    """More long work at once than one person is given."""

    status = 429


def ask(kind: str, person: Person, params: dict[str, Any], *, now: datetime, locale: str = "") -> Job:
    """Put work in the queue; asked for twice while it is open, it is the same work."""
    if same := queries.same_open(person, kind, params):
        return same
    if queries.open_ones(person) >= MOST:
        raise TooMany(say("%(n)d pieces of background work of yours are not done yet. Wait for one of them, "
                          "or cancel it.", n=MOST))  # fmt: skip
    job = Job(kind=kind, person_id=person.id, params=params, seats=seats_of(person), locale=locale, asked_at=now)
    db.session.add(job)
    db.session.flush()
    return job


def cancel(job: Job, *, now: datetime) -> None:
    """Call it off: at once while it waits, at the next stop of its worker while it is being done."""
    if not job.is_open:
        raise OutOfTurn(say("It has ended already; nothing was changed."))
    job.cancel_asked_at = now
    waiting = update(Job).where(Job.id == job.id, Job.phase == "queued")
    db.session.execute(waiting.values(phase="cancelled", ended_at=now).execution_options(synchronize_session=False))
    db.session.flush()
    db.session.refresh(job)


def _last_erasure() -> Any:
    """When content was last erased: exports made before may carry it."""
    return select(func.max(Erasure.decided_at)).where(Erasure.outcome == "erased").scalar_subquery()


def expire(now: datetime) -> int:
    """Let go of the files nobody may fetch any more; what a killed process leaves behind the sweep clears away."""
    passed = or_(Job.expires_at < now, and_(Job.kind == "ledger", Job.asked_at < _last_erasure()))
    with unit_of_work():
        old = list(db.session.scalars(select(Job.sha256).where(Job.sha256.is_not(None), passed)))
        db.session.execute(update(Job).where(Job.sha256.in_(old), passed).values(sha256=None))
    for sha256 in old:
        let_go(sha256 or "")
    return len(old)
