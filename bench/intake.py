"""What it costs to look at a ledger of ten thousand rows once it was read, and to take it in while others work."""

from __future__ import annotations

import hashlib
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.clock import now, today
from app.db import db, release, unit_of_work
from app.evidence import receiving
from app.intake import actions, previewing, queries, sources
from app.intake.actions import Sent
from app.intake.long_lists import TAKEN
from app.intake.long_undoing import TAKEN_BACK
from app.intake.models import Batch
from app.intake.previewing import Table
from app.jobs import actions as jobs
from app.jobs.models import Job
from app.jobs.working import Worker
from app.tasks.models import Task
from bench.measuring import Figure
from bench.stage import staged
from tests import story
from tests.cast import Cast
from tests.intake.books import usual

ROWS, ROUNDS = 10_000, 5


def figures() -> Iterator[Figure]:
    """CPU of everything after the read, and how much memory it takes."""
    with staged("sqlite") as folder:
        file = folder / "ledger.xlsx"
        file.write_bytes(usual(ROWS))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        preview_id, visit_id = _laid(file)
        yield Figure("intake_look_at_10000_rows", _least(lambda: _looked_at(preview_id, visit_id)), "CPU s", 2)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        yield Figure("intake_look_at_10000_rows_memory", grown / 1024, "MiB", 300)
        whole, longest = _taken_in(preview_id, visit_id)
        yield Figure("intake_take_in_10000_rows", whole, "CPU s", 15)
        yield Figure("intake_take_in_others_wait", longest, "CPU s", 5)
        whole, longest = _taken_back()
        yield Figure("intake_take_back_10000_rows", whole, "CPU s", 5)
        yield Figure("intake_take_back_others_wait", longest, "CPU s", 3)


def _least(call: Callable[[], object]) -> float:
    """CPU seconds of the cheapest of some rounds."""
    took = []
    for _round in range(ROUNDS):
        begun = time.process_time()
        call()
        took.append(time.process_time() - begun)
    return min(took)


def _laid(file: Path) -> tuple[int, int]:
    """The ledger on the table of the inspector."""
    with file.open("rb") as stream:
        kept = receiving.keep(stream, 50 * 1024 * 1024)
    assert kept.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    with unit_of_work():
        cast = Cast()
        visit = story.visit(cast)
        sent = Sent(kept.sha256, name=file.name, size=kept.size)
        rule = previewing.rule_of(visit)
        preview = actions.open_preview(visit, cast.inspector, sent, now=now(), rule=rule, columns={})
        return preview.id, visit.task.id


def _looked_at(preview_id: int, visit_task: int) -> Table:
    """What a request does once the file was read: laid on the table, matched, compared, one page of it."""
    from app.findings.queries import visit_of_task

    inspector = Cast().inspector
    visit = visit_of_task(inspector, visit_task)
    assert visit is not None
    preview = queries.preview(inspector, visit, preview_id)
    assert preview is not None
    table = previewing.lay(preview, visit, inspector)
    assert len(table.page(table.look(today()), 1, False).problems) == 50
    sources._read.clear()  # as in a process that has not seen it
    release()
    return table


def _taken_in(preview_id: int, visit_task: int) -> tuple[float, float]:
    """Everything that is ticked is written down by the worker."""
    return _worked(TAKEN, {"task": visit_task, "preview": preview_id, "how": "good", "gone": []})


def _taken_back() -> tuple[float, float]:
    """The whole of it is taken back by the worker."""
    batch = db.session.query(Batch).one()
    came = _worked(TAKEN_BACK, {"task": batch.inspection.task_id, "batch": batch.id})
    assert db.session.query(Task).filter_by(kind="finding", state="withdrawn").count() == ROWS
    return came


def _worked(kind: str, asked: dict[str, Any]) -> tuple[float, float]:
    """CPU of the whole, and of the longest transaction, during which nobody else writes to SQLite."""
    with unit_of_work():
        job_id = jobs.ask(kind, Cast().inspector, asked, now=now()).id
    begun, lasted = dict[int, float](), [0.0]

    def begins(connection: sa.Connection) -> None:
        begun[id(connection)] = time.process_time()

    def ends(connection: sa.Connection) -> None:
        lasted.append(time.process_time() - begun[id(connection)])

    sa.event.listen(db.engine, "begin", begins)
    sa.event.listen(db.engine, "commit", ends)
    started = time.process_time()
    Worker().next()
    whole = time.process_time() - started
    sa.event.remove(db.engine, "begin", begins)
    sa.event.remove(db.engine, "commit", ends)
    assert db.session.get_one(Job, job_id).phase == "done"
    return whole, max(lasted)
