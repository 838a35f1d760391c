"""Killing the process while a list is taken in leaves the whole batch or none of it."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest
from sqlalchemy import func, select

from app.db import db
from app.findings.models import Finding
from app.intake import commands_load
from app.intake.models import Batch, Taken
from tests.intake.books import book, row

ROWS, SEED = 25, 20261126


def _take_in(app, file) -> int:
    """A process of its own takes the list in; returns its number."""
    child = os.fork()
    if child:
        return child
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        with app.app_context():
            commands_load._load(file, "2026-ZX-0001", "inspector", False, True)
    finally:
        os._exit(0)


def _counted(app) -> tuple[int, int, int]:
    """Batches, rows that know their batch, and findings."""
    with app.app_context():
        return tuple(db.session.scalar(select(func.count()).select_from(what)) for what in (Batch, Taken, Finding))


def _ledger(tmp_path, number: int):
    file = tmp_path / f"台账{number}.xlsx"
    file.write_bytes(book([row(n, text=f"第{number}栋第{n}间教室的灭火器压力不足") for n in range(1, ROWS + 1)]))
    return file


@pytest.mark.faults
@pytest.mark.parametrize("rounds", [6, pytest.param(50, marks=pytest.mark.soak)])
def test_a_killed_import_leaves_the_whole_batch_or_none(app, visit, tmp_path, rounds):
    dice, struck = random.Random(SEED), 0
    began = time.monotonic()
    os.waitpid(_take_in(app, _ledger(tmp_path, 0)), 0)
    lasts, batches = time.monotonic() - began, 1
    assert _counted(app) == (1, ROWS, ROWS)
    for number in range(1, rounds + 1):
        child = _take_in(app, _ledger(tmp_path, number))
        time.sleep(lasts * dice.uniform(0.3, 1.0))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        counted = _counted(app)
        assert counted in {(n, n * ROWS, n * ROWS) for n in (batches, batches + 1)}, f"seed {SEED}, round {number}"
        struck += counted[0] == batches
        batches = counted[0]
    assert struck >= rounds // 4, "hardly any round was struck before its end: the test proves nothing"
