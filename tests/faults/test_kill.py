"""kill -9 of a process in the middle of its steps: what it acknowledged is there, what it did not is not half there."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from app.db import db
from app.tasks.entries import Entry
from tests.faults.equations import wrong
from tests.faults.stepping import begun, one_step

FINDINGS = 3


@pytest.fixture(params=[pytest.param(30, id="30"), *(pytest.param(50, id=f"50-{n}", marks=pytest.mark.soak)
                                                     for n in range(20))])  # fmt: skip
def rounds(request: pytest.FixtureRequest) -> int:
    """Thirty in every run, a thousand in a soak."""
    return int(request.param)


def test_whatever_was_acknowledged_is_there_and_nothing_is_half_there(app, tmp_path, rounds):
    dice, acknowledged, killed = Random(rounds), 0, 0
    for number in range(rounds):
        if number % 10 == 0:
            with app.app_context():
                findings = begun(FINDINGS)
        said = tmp_path / f"said-{number}"
        killed += killed_in_the_middle(app, findings, dice.random(), said)
        with app.app_context():
            for task_id, seq in (map(int, line.split()) for line in said.read_text().splitlines()):
                assert db.session.query(Entry).filter_by(task_id=task_id, seq=seq).count() == 1
                acknowledged += 1
            assert wrong() == []
            db.session.remove()
    assert killed > rounds / 2
    assert acknowledged > rounds


def killed_in_the_middle(app: Flask, findings: list[int], seed: float, said: Path) -> bool:
    """Whether the process was still stepping when it was killed: in its first to fourth step, or just after it.

    It says each step after its commit.
    """
    said.touch()
    child = os.fork()
    if child == 0:
        try:
            step_on(app, findings, Random(seed), said)
        finally:
            os._exit(0)
    patience = time.monotonic() + 20
    while said.read_text().count("\n") < int(seed * 4) and time.monotonic() < patience:
        time.sleep(0.005)
    time.sleep(seed * 4 % 1 * 0.05)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def step_on(app: Flask, findings: list[int], dice: Random, said: Path) -> None:
    with app.app_context(), said.open("a") as page:
        while True:
            task_id = dice.choice(findings)
            seq = one_step(task_id, dice)
            if seq is None:
                findings.append(begun()[0])
                findings.remove(task_id)
            else:
                page.write(f"{task_id} {seq}\n")
                page.flush()
