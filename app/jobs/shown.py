"""A job as pages and JSON show it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import url_for

from app.evidence.serving import size_in_words
from app.jobs.kinds import KINDS
from app.jobs.models import Job
from app.words import told
from workflows.grammar import say

PHASES = {
    "queued": (say("Waits for its turn"), "waiting"), "running": (say("Being made"), "active"),
    "done": (say("Ready"), "done"), "failed": (say("Not made"), "returned"), "cancelled": (say("Cancelled"), "ended"),
}  # fmt: skip
WITHOUT_FILE = {"running": say("Under way"), "done": say("Done"), "failed": say("Not done")}
A_WHILE = 90  # seconds
EXHAUSTED = say("The worker was stopped three times while at it. Tell the administrator, then ask for it again.")


def shown(job: Job) -> dict[str, Any]:
    """Its state in words, how far it is, and where its file is fetched."""
    label, tone = PHASES[job.phase]
    leading = _leading(job)
    label = label if leading["files"] else WITHOUT_FILE.get(job.phase, label)
    calling_off = job.is_open and job.cancel_asked_at is not None
    return {
        "id": job.id, "kind": job.kind, "label": told(KINDS[job.kind].label) if job.kind in KINDS else job.kind,
        "phase": job.phase, "open": job.is_open, "tone": tone,
        "word": told(say("Being cancelled") if calling_off else label), "calling_off": calling_off,
        "done": job.done, "total": job.total, "percent": job.percent, "left": _left(job), "asked_at": job.asked_at,
        "ended_at": job.ended_at, "said": job.said or (told(EXHAUSTED) if job.phase == "failed" else ""),
        "name": job.name, "size": size_in_words(job.size) if job.size else "",
        "expires_at": job.expires_at, "gone": job.phase == "done" and _gone(job),
        **leading, "url": url_for("jobs.show", job_id=job.id),
        "file": url_for("jobs.file", job_id=job.id) if job.sha256 else None,
    }  # fmt: skip


def _left(job: Job) -> str:
    """How long it may still take, in words that promise no more than is known."""
    seconds = job.seconds_left if job.phase == "running" else None
    if seconds is None:
        return ""
    if seconds < A_WHILE:
        return told(say("less than %(n)d seconds left", n=10 * (seconds // 10 + 1)))
    return told(say("about %(n)d minutes left", n=round(seconds / 60)))


def _leading(job: Job) -> dict[str, Any]:
    """The way on where the work makes no file; `files` says whether it does."""
    kind = KINDS.get(job.kind)
    if kind is None or kind.leads is None:
        return {"files": True, "leads": None, "on": ""}
    word, url = kind.leads(job.params, job.came)
    return {"files": False, "leads": url if job.phase in ("done", "failed") else None, "on": told(word)}


def _gone(job: Job) -> bool:
    return bool(job.name) and job.sha256 is None


def as_json(job: dict[str, Any]) -> dict[str, Any]:
    """The same for machines."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in job.items()}
