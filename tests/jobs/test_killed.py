"""A worker that dies, at whatever moment: its job is done by another, and its effect happens once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from app.clock import now
from app.db import db, unit_of_work
from app.jobs import actions
from app.jobs.models import Job
from app.people.models import Attempt, Person

pytestmark = pytest.mark.faults


class Nursery:
    """Where workers come from: one process that has loaded the house and forks."""

    def __init__(self, app) -> None:
        command = [
            sys.executable,
            "-m",
            "tests.jobs.slow",
            app.config["DATA_DIR"],
            app.config["SQLALCHEMY_DATABASE_URI"],
        ]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.born: list[int] = []

    def worker(self) -> int:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.born.append(int(self.process.stdout.readline()))
        return self.born[-1]

    def close(self) -> None:
        for pid in self.born:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.communicate()


@pytest.fixture(scope="module")
def nursery(application):
    one = Nursery(application)
    yield one
    one.close()


def ask(app, number: int) -> int:
    with app.app_context(), unit_of_work():
        person = db.session.query(Person).filter_by(login="owner").one()
        return actions.ask("slow", person, {"n": number, "pause": 0.02}, now=now()).id


def wait(app, job_id: int, reached, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with app.app_context():
            if reached(db.session.get_one(Job, job_id)):
                return
        time.sleep(0.02)
    raise AssertionError("it did not get there in time")


def killed_now_and_then(app, nursery, rounds: int, dice: random.Random) -> list[int]:
    """Each job loses its first worker at a random moment of its 0.6 seconds; the next one finishes it."""
    jobs, worker = [], nursery.worker()
    for number in range(rounds):
        jobs.append(ask(app, number))
        wait(app, jobs[-1], lambda job: job.phase != "queued")
        time.sleep(dice.random() * 0.8)
        os.kill(worker, signal.SIGKILL)
        worker = nursery.worker()
        wait(app, jobs[-1], lambda job: job.phase == "done")
    os.kill(worker, signal.SIGKILL)
    return jobs


def check(app, jobs: list[int]) -> None:
    with app.app_context():
        for job_id in jobs:
            assert db.session.query(Attempt).filter_by(login=f"job-{job_id}").count() == 1
        assert {job.phase for job in db.session.query(Job)} == {"done"}


def test_a_killed_worker_leaves_its_work_to_the_next_and_it_ends_once(app, nursery):
    check(app, killed_now_and_then(app, nursery, 2, random.Random(5)))


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_however_often_workers_are_killed_each_job_ends_once(app, nursery):
    check(app, killed_now_and_then(app, nursery, 100, random.Random(7)))


def test_a_worker_told_to_end_ends_soon_and_its_work_waits_for_the_next(app, nursery):
    job_id, worker = ask(app, 0), nursery.worker()
    wait(app, job_id, lambda job: job.phase == "running")
    os.kill(worker, signal.SIGTERM)
    wait(app, job_id, lambda job: job.phase in ("queued", "done"), 5)
