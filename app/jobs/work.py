"""What the work itself sees: who asked, for what, a place for its file, and a way to say how far it is."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from app.clock import now
from app.db import db
from app.evidence.receiving import waiting_room
from app.jobs import lease
from app.jobs.models import Job
from app.people.models import Person
from app.words import told
from workflows.grammar import Sentence

BETWEEN = 1.0  # seconds between two beats; the work may ask as often as it likes
SOONEST = 3.0  # seconds after which a guess at the rest is worth something


class Work:
    """One job being done by one worker."""

    def __init__(self, job: Job, worker: str) -> None:
        self.job_id, self.worker = job.id, worker
        self.params: dict[str, Any] = dict(job.params)
        self.locale, self.asked_at = job.locale, job.asked_at
        self._person_id = job.person_id
        self._at, self._files = 0.0, list[Path]()
        self._doing: Sentence | None = None
        self._since = time.monotonic()
        self.stopping = False

    @property
    def person(self) -> Person:
        """Whoever asked, as she stands now."""
        return db.session.get_one(Person, self._person_id)

    def far(self, done: int, total: int = 0, *, doing: Sentence | None = None, left: int | None = None) -> None:
        """Say how far it is, at least once a minute; raises Stopped when it shall go no further.

        `doing` begins another part of the work, with a bar and a time of its own; `left` are the seconds it will
        take where nothing can be said of it before its end.
        """
        if self.stopping:
            raise lease.Stopped
        begins = doing is not None and doing != self._doing
        if begins:
            self._doing, self._since = doing, time.monotonic()
        if begins or time.monotonic() - self._at >= BETWEEN:
            said = told(self._doing) if self._doing else ""
            left = self._left(done, total) if left is None else left
            lease.beat(self.job_id, self.worker, done, total, now(), seconds_left=left, said=said)
            self._at = time.monotonic()

    def _left(self, done: int, total: int) -> int | None:
        """Seconds that the rest of this part will take if it goes on as it went; None while nobody can say."""
        took = time.monotonic() - self._since
        return round(took * (total - done) / done) if done and took >= SOONEST else None

    def file(self, ending: str) -> Path:
        """An empty file to write into; it is gone when the work has ended."""
        with tempfile.NamedTemporaryFile(dir=waiting_room(), prefix="job-", suffix=ending, delete=False) as made:
            self._files.append(Path(made.name))
        return self._files[-1]

    def clear(self) -> None:
        """Remove whatever it wrote beside."""
        for path in self._files:
            path.unlink(missing_ok=True)
