"""Verifying: each verdict is a record of its own and freezes the evidence it rests on."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from app.db import db
from app.findings import chain
from app.findings.actions import date_after_return
from app.findings.models import Finding
from app.steps import through
from app.steps.usual import proposes
from app.tasks.entries import Entry
from app.tasks.erasing import keeps_a_copy
from app.tasks.models import Task
from app.tasks.perform import perform
from app.tasks.refusals import NotYet
from app.tasks.reschedule import reschedule
from app.verifications.models import Verification
from app.verifications.queries import last_method
from workflows.grammar import say


@proposes("method")
def as_last_time(task: Task, verifier: Any) -> str:
    """How she verified last stands ready; she sees it and may say otherwise, and the entry keeps what was said."""
    return last_method(verifier, task.finding) if task.kind == "finding" else ""


@through("finding", "pass_on")
def pass_on(finding: Finding, actor: Any, *, now: datetime, seen: int | None = None,
            method: str, remark: str = "") -> None:  # fmt: skip
    """This level is content; the next one looks."""
    must_be_looked_at(finding)
    level = finding.task.level
    perform(finding, "pass_on", actor, now=now, seen=seen, through="verifications", method=method, remark=remark)
    _keep(finding, actor, "passed_on", method, remark, level, now)


@through("finding", "accept")
def accept(finding: Finding, actor: Any, *, now: datetime, seen: int | None = None,
           method: str, remark: str) -> None:  # fmt: skip
    """The last level accepts: the finding is closed 销号."""
    must_be_looked_at(finding)
    level = finding.task.level
    perform(finding, "accept", actor, now=now, seen=seen, through="verifications", method=method, remark=remark)
    _keep(finding, actor, "accepted", method, remark, level, now)


@through("finding", "send_back")
def send_back(finding: Finding, actor: Any, *, now: datetime, seen: int | None = None,
              method: str, reason: str, on: date | None = None) -> None:  # fmt: skip
    """Not put right yet: back to the owner with the reason and a date that can be kept."""
    level, due = finding.task.level, date_after_return(finding.task, now, on)
    perform(finding, "send_back", actor, now=now, seen=seen, through="verifications",
            method=method, reason=reason, on=on)  # fmt: skip
    reschedule(finding.task, due, "returned")
    _keep(finding, actor, "sent_back", method, reason, level, now)


@through("finding", "close_on_the_spot")
def close_on_the_spot(finding: Finding, actor: Any, *, now: datetime, seen: int | None = None,
                      remark: str) -> None:  # fmt: skip
    """Seen put right while the inspector stood there 当场销号: both photos, one verdict."""
    must_be_looked_at(finding)
    chain.resolve(finding, now)
    perform(finding, "close_on_the_spot", actor, now=now, seen=seen, through="verifications", remark=remark)
    _keep(finding, actor, "on_the_spot", "on_site", remark, finding.task.level, now)


def must_be_looked_at(finding: Finding) -> None:
    """Refuse a verdict that rests on a photo nobody has opened yet: it may turn out to be none."""
    tasks = [finding.task, *(measure.task for measure in finding.live_measures)]
    due = [piece for task in tasks for piece in task.live_evidence if piece.is_due]
    if due:
        raise NotYet(say("%(n)d photos or papers are still being looked at. Try again in a moment.", n=len(due)))


def _keep(finding: Finding, actor: Any, verdict: str, method: str, remark: str, level: int, now: datetime) -> None:
    db.session.add(
        Verification(
            finding=finding, person_id=actor.id, level=level, verdict=verdict, method=method, remark=remark or "",
            evidence_hash=frozen(finding), entry_seq=finding.task.entry_seq, at=now,
        )
    )  # fmt: skip


@keeps_a_copy("pass_on", "accept", "send_back", "close_on_the_spot")
def forget_remark(entry: Entry) -> None:
    """What was remarked stands on the verdict as well."""
    for verdict in entry.task.finding.verifications:
        if verdict.entry_seq == entry.seq:
            verdict.remark = ""


def frozen(finding: Finding) -> str:
    """SHA-256 over the originals a verdict rests on, of the finding and its live measures."""
    tasks = [finding.task, *(measure.task for measure in finding.live_measures)]
    hashes = sorted(piece.sha256 for task in tasks for piece in task.evidence if piece.is_kept)
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()
