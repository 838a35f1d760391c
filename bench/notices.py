"""What it costs to put what people heard into the outbox, beside one INSERT … SELECT that writes the same rows."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.db import UtcDateTime, db, table_of, unit_of_work
from app.notices.models import Swept
from app.notices.sweeping import sweep
from app.people.models import Person
from app.pouring import pour
from app.tasks import chronicle, sealing
from app.tasks.chronicle import Note
from app.tasks.models import Task
from bench import seed
from bench.measuring import Figure
from bench.stage import staged

HEARD, PEOPLE = 10_000, 500
NOW = datetime(2026, 9, 21, 2, tzinfo=UTC)  # a Monday, ten in the morning
FACTS = {"channels": ["inbox", "mail"], "rule": {"ladder": "Plain", "kind": "urging", "days": 1, "light": "red"}}
BARE = (
    "INSERT INTO outbox (entry_id, person_id, channel_id, task_id, urgent, duty, late, due_at, skipped) "
    "SELECT l.entry_id, l.person_id, 1, e.task_id, false, true, false, :now, '' FROM seals s "
    "JOIN entries e ON e.id = s.entry_id JOIN listeners l ON l.entry_id = e.id JOIN persons p ON p.id = l.person_id "
    "WHERE s.number > :mark AND p.active AND p.email <> '' AND e.at >= :now"
)


def figures() -> Iterator[Figure]:
    """Ratio on each database, and what a sweep with nothing new costs."""
    for name in os.environ.get("BENCH_DB", "sqlite,postgresql").split(","):
        with staged(name):
            current_app.config["SMTP_HOST"] = "mail.example.org"
            mark = _heard()
            start = time.perf_counter()
            _bare(mark)
            bare = time.perf_counter() - start
            _empty()
            start = time.perf_counter()
            assert sweep(NOW) == HEARD
            took = time.perf_counter() - start
            yield Figure(f"outbox_sweep_{name}", took / bare, "x INSERT SELECT of the same rows", 10.0)
            yield Figure(f"outbox_idle_{name}", _idle() * 1000, "ms", 5.0)


def _idle() -> float:
    """Seconds of a sweep that finds nothing new."""
    took = []
    for _round in range(50):
        start = time.perf_counter()
        assert sweep(NOW) == 0
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def _heard() -> int:
    """So many entries, each heard by one of some hundred people with an address, and sealed; what was swept before."""
    with unit_of_work():
        seed.county(HEARD, date(2026, 9, 20))
        db.session.execute(sa.text("UPDATE tasks SET entry_seq = 0, entry_head = ''"))
        people = {"folded": "", "phone": "", "locale": "", "password_hash": "", "is_admin": False, "is_demo": False,
                  "active": True, "created_at": NOW, "wishes": {}}  # fmt: skip
        pour(Person, [{"id": 100_000 + n, "login": f"p{n}", "name": f"p{n}", "email": f"p{n}@example.org", **people}
                      for n in range(PEOPLE)])  # fmt: skip
        tasks = db.session.scalars(sa.select(table_of(Task).c.id).limit(HEARD))
        chronicle.append([Note(task, "rectifying", 1, 0, "", "urge", FACTS, [100_000 + n % PEOPLE])
                          for n, task in enumerate(tasks)], NOW)  # fmt: skip
        swept = db.session.query(Swept).one()
        swept.since, mark = NOW, swept.number
    while sealing.seal(NOW):
        pass
    return int(mark)


def _bare(mark: int) -> None:
    with unit_of_work():
        typed = sa.text(BARE).bindparams(sa.bindparam("now", type_=UtcDateTime()))
        done: Any = db.session.execute(typed, {"now": NOW, "mark": mark})
        assert done.rowcount == HEARD, done.rowcount


def _empty() -> None:
    with unit_of_work():
        db.session.execute(sa.text("DELETE FROM outbox"))
