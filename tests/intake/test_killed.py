"""Killing the process while a list is taken in leaves the whole batch or none of it, by command and by the worker."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest
from sqlalchemy import func, select, update

from app.clock import now
from app.db import db, release, unit_of_work
from app.findings.models import Finding
from app.findings.queries import visit_of_task
from app.intake import actions, commands_load, previewing
from app.intake.actions import Sent
from app.intake.long_lists import TAKEN
from app.intake.models import Batch, Taken
from app.jobs import actions as jobs
from app.jobs.models import Job
from app.jobs.working import Worker
from tests.cast import Cast
from tests.intake.books import book, row
from tests.intake.pasting import ROWS as PASTED

ROWS, SEED = 25, 20261126
OF_PASTED = PASTED.count("\n") - 1


def _apart(app, work) -> int:
    """A process of its own does that; returns its number."""
    child = os.fork()
    if child:
        return child
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        with app.app_context():
            work()
    finally:
        os._exit(0)


def _counted(app) -> tuple[int, int, int]:
    """Batches, rows that know their batch, and findings."""
    with app.app_context():
        return tuple(db.session.scalar(select(func.count()).select_from(what)) for what in (Batch, Taken, Finding))


def _by_command(_app, _task_id, tmp_path, number: int):
    file = tmp_path / f"台账{number}.xlsx"
    file.write_bytes(book([row(n, text=f"第{number}栋第{n}间教室的灭火器压力不足") for n in range(1, ROWS + 1)]))
    return lambda: commands_load._load(file, "2026-ZX-0001", "inspector", False, True)


def _by_worker(app, task_id, _tmp_path, number: int):
    """A list that lies on the table, and the worker that is to take it in."""
    text = PASTED.replace("间教室", f"间教室（{number}栋）")
    with app.app_context(), unit_of_work():
        db.session.execute(update(Job).values(phase="cancelled", ended_at=now(), locked_until=None))
        inspector = Cast().inspector
        visit = visit_of_task(inspector, task_id)
        rule, sent = previewing.rule_of(visit), Sent(actions.digest(text), text)
        preview = actions.open_preview(visit, inspector, sent, now=now(), rule=rule, columns={})
        jobs.ask(TAKEN, inspector, {"task": task_id, "preview": preview.id, "how": "good", "gone": []}, now=now())

    def work() -> None:
        Worker().next()
        release()

    return work


@pytest.mark.faults
@pytest.mark.parametrize(("way", "many"), [(_by_command, ROWS), (_by_worker, OF_PASTED)], ids=("command", "worker"))
@pytest.mark.parametrize("rounds", [4, pytest.param(100, marks=[pytest.mark.soak, pytest.mark.timeout(1800)])])
def test_a_killed_import_leaves_the_whole_batch_or_none(app, visit, tmp_path, rounds, way, many):
    dice, struck = random.Random(SEED), 0
    work = way(app, visit, tmp_path, 0)
    began = time.monotonic()
    os.waitpid(_apart(app, work), 0)
    lasts, batches = time.monotonic() - began, 1
    assert _counted(app) == (1, many, many)
    for number in range(1, rounds + 1):
        child = _apart(app, way(app, visit, tmp_path, number))
        time.sleep(lasts * dice.uniform(0.2, 1.0))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        counted = _counted(app)
        assert counted in {(n, n * many, n * many) for n in (batches, batches + 1)}, f"seed {SEED}, round {number}"
        struck += counted[0] == batches
        batches = counted[0]
    assert struck >= rounds // 4, "hardly any round was struck before its end: the test proves nothing"
