"""Doing the work: claim, run, keep the file, end; a failure ends one job and never the worker."""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale

from app.clock import now
from app.db import db, release, unit_of_work
from app.evidence.alone import spare
from app.evidence.names import display_name
from app.evidence.receiving import put
from app.evidence.storage import BLOCK
from app.jobs import lease, queries
from app.jobs.kinds import KINDS, Made
from app.jobs.models import Job
from app.jobs.work import Work
from app.tasks.refusals import Refused
from app.words import told
from workflows.grammar import say

BROKE = say("Something broke on our side; the administrator finds it in the log. Ask for it again.")


class Worker:
    """One process that takes jobs one after the other until it is told to stop."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.work: Work | None = None
        self.stopping = False

    def stop(self) -> None:
        """Take no further job, and put back the one at hand."""
        self.stopping = True
        if self.work:
            self.work.stopping = True

    def next(self) -> bool:
        """Do one job if any waits; whether there was one."""
        waits = queries.is_waiting()
        release()
        job_id = lease.claim(self.name, now()) if waits and not self.stopping else None
        if job_id is None:
            return False
        job = db.session.get_one(Job, job_id)
        if job.is_open:
            self._run(Work(job, self.name), job.kind)
        return True

    def _run(self, work: Work, kind: str) -> None:
        self.work = work
        try:
            with force_locale(work.locale or current_app.config["BABEL_DEFAULT_LOCALE"]):
                self._done(work, KINDS[kind].run(work))
        except lease.Lost:
            current_app.logger.warning("job %d was taken over by another worker", work.job_id)
        except lease.CalledOff:
            self._ended(work, "cancelled")
        except lease.Stopped:
            release()
            lease.give_back(work.job_id, self.name)
        except Refused as refused:
            self._ended(work, "failed", " ".join(told(sentence) for sentence in refused.sentences))
        except Exception:
            current_app.logger.exception("job %d (%s) failed", work.job_id, kind)
            self._ended(work, "failed", told(BROKE))
        finally:
            self.work = None
            work.clear()

    def _ended(self, work: Work, phase: str, said: str = "") -> None:
        release()
        try:
            with unit_of_work():
                lease.end(work.job_id, self.name, phase, now(), said=said[:1000])
        except lease.Lost:
            current_app.logger.warning("job %d was taken over by another worker", work.job_id)

    def _done(self, work: Work, made: Made) -> None:
        """The file is safe before anybody is told of it; what else is written goes with the end, or not at all."""
        release()
        kept = _kept(made) if made.path else {}
        with unit_of_work():
            if kept:
                spare(kept["sha256"])
            if made.then:
                made.then()
            said = told(made.said) if made.said else ""
            lease.end(work.job_id, self.name, "done", now(), said=said[:1000], came=made.came, **kept)


def _kept(made: Made) -> dict[str, Any]:
    assert made.path is not None
    sha256, size = _hashed(made.path)
    put(made.path, sha256)
    expires_at = now() + timedelta(days=current_app.config["JOB_DAYS"])
    return {"sha256": sha256, "size": size, "name": display_name(made.name, made.path.suffix),
            "media_type": made.media_type, "expires_at": expires_at}  # fmt: skip


def _hashed(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size
