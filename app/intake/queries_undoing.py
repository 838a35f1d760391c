"""What became of a list that was taken in: what is still a draft, and what moved on."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager

from app.db import db
from app.findings.models import Finding
from app.intake.models import Batch, Taken
from app.pouring import among
from app.tasks.models import Task


def drafts_to_end(batch: Batch) -> list[int]:
    """The tasks of what came of a batch and is still a draft; nobody moves them on until the transaction ends."""
    found = select(Task.id).join(Finding, Finding.task_id == Task.id).join(Taken, Taken.finding_id == Finding.id)
    drafts = found.where(Taken.batch_id == batch.id, Task.state == "draft").order_by(Task.id)
    return list(db.session.scalars(drafts.with_for_update(of=Task)))


def numbers_of(batch: Batch) -> list[str]:
    """The numbers of the findings of a batch, in order."""
    found = select(Task.number).join(Finding, Finding.task_id == Task.id).join(Taken, Taken.finding_id == Finding.id)
    return list(db.session.scalars(found.where(Taken.batch_id == batch.id).order_by(Finding.seq)))


def moved_on(batch: Batch, limit: int) -> tuple[int, list[Finding]]:
    """How much came of a batch, or was changed by it, and is no draft any more; and the first of it."""
    changed = [one["finding"] for one in batch.changes if one["what"] == "changed"]
    of_batch = Finding.id.in_(select(Taken.finding_id).where(Taken.batch_id == batch.id))
    moved = (
        select(Finding)
        .join(Finding.task)
        .where(or_(of_batch, Finding.id.in_(among(changed))), Task.state.not_in(("draft", "withdrawn")))
    )
    many = db.session.scalar(moved.with_only_columns(func.count())) or 0
    first = moved.options(contains_eager(Finding.task)).order_by(Finding.seq).limit(limit)
    return many, list(db.session.scalars(first)) if many else []
