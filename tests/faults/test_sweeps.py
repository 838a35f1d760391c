"""The tick under fire: killed at any moment and run by many at once, each rung is climbed and told exactly once."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import bindparam, text

from app.db import UtcDateTime, db, unit_of_work
from app.escalations import queries, speaking, sweeping
from app.escalations.checks_ladder import OF_THE_LADDER
from app.escalations.looking import look
from app.escalations.previewing import preview
from bench import seed

pytestmark = pytest.mark.faults
NOW = datetime(2026, 9, 21, 2, tzinfo=UTC)  # a Monday, ten in the morning
UNTIL = datetime(2026, 9, 18, 15, 59, 59, tzinfo=UTC)
ROUNDS, SOAK = 30, 1000
SEED = int(os.environ.get("FAULT_SEED", "20261126"))


@pytest.fixture
def late(app, monkeypatch):
    """Makes so many findings, all newly late in their owners' or heads' hands."""

    def made(count: int) -> int:
        monkeypatch.setattr(sweeping, "BATCH", 10)
        with app.app_context(), unit_of_work():
            seed.county(count * 3, date(2026, 9, 20))
            db.session.execute(text("UPDATE tasks SET entry_seq = 0, alarm_at = NULL"))
            ours = "SELECT task_id FROM waits WHERE role IN ('owner', 'head') AND task_id <= :n"
            for statement in (
                f"UPDATE waits SET until = :at WHERE task_id IN ({ours}) AND ended_at IS NULL",
                f"UPDATE tasks SET alarm_at = :at WHERE id IN ({ours})",
            ):
                typed = text(statement).bindparams(bindparam("at", type_=UtcDateTime()))
                db.session.execute(typed, {"at": UNTIL, "n": count * 3})
            return db.session.scalar(text(f"SELECT count(*) FROM tasks WHERE id IN ({ours})"), {"n": count * 3})

    return made


def child(app, act: Callable[[], object]) -> tuple[int, int]:
    """A process that does `act` and says when each batch begins; returns its id and the pipe it speaks through."""
    ours, theirs = os.pipe()
    number = os.fork()
    if number:
        os.close(theirs)
        return number, ours
    try:
        with app.app_context():
            db.engine.dispose(close=False)
            db.session.remove()
            sweeping._climb = saying(sweeping._climb, theirs)
            act()
    finally:
        os._exit(0)


def saying(climb: Callable[..., int], pipe: int) -> Callable[..., int]:
    """The same, saying so first each time."""

    def said(*given: object) -> int:
        os.write(pipe, b"!")
        return climb(*given)

    return said


def killed(app, act: Callable[[], object], rng: random.Random) -> bool:
    """Whether the child was still at work when it was killed."""
    number, ready = child(app, act)
    for _batch in range(rng.randint(1, 3)):
        os.read(ready, 1)
    time.sleep(rng.uniform(0, 0.06))
    os.kill(number, signal.SIGKILL)
    os.close(ready)
    return os.WIFSIGNALED(os.waitpid(number, 0)[1])


def numbers(app) -> dict[str, int]:
    """Every count that must agree, and everything the auditor says of the ladder."""
    asked = {
        "climbs": "SELECT count(*) FROM climbs WHERE outcome = 'spoke'",
        "tasks": "SELECT count(DISTINCT task_id) FROM climbs WHERE outcome = 'spoke'",
        "entries": "SELECT count(*) FROM entries",
        "heads": "SELECT count(*) FROM tasks t JOIN entries e ON e.task_id = t.id AND e.hash = t.entry_head",
        "told": "SELECT count(DISTINCT entry_id) FROM listeners",
        "due": "SELECT count(*) FROM tasks WHERE alarm_at <= '2026-09-21 02:00:00'",
    }
    with app.app_context():
        found = {name: db.session.scalar(text(statement)) for name, statement in asked.items()}
        broken = [c.name for c in OF_THE_LADDER if list(db.session.scalars(c.broken(NOW).limit(1)))]
        db.session.remove()
    return found | {"broken": len(broken)}


def expected(count: int) -> dict[str, int]:
    return dict.fromkeys(("climbs", "tasks", "entries", "heads", "told"), count) | {"due": 0, "broken": 0}


def under_fire(app, count: int, rounds: int, act: Callable[[], object]) -> int:
    """Kill so many sweeps; returns how many kills hit while work was under way."""
    rng = random.Random(SEED)
    with app.app_context():
        preview(NOW)  # what every child then knows already
        db.session.remove()
    return sum(killed(app, act, rng) for _round in range(rounds))


@pytest.mark.parametrize("rounds", [ROUNDS, pytest.param(SOAK, marks=[pytest.mark.soak, pytest.mark.timeout(7200)])])
def test_killed_sweeps_lose_nothing_and_double_nothing(app, late, rounds):
    count = late(rounds * 8)
    hits = under_fire(app, count, rounds, lambda: sweeping.sweep(NOW))
    assert hits >= rounds * 0.6, f"only {hits} of {rounds} kills hit (seed {SEED})"
    assert numbers(app)["climbs"] >= count / 10, "the kills came before anything was done"
    with app.app_context():
        sweeping.sweep(NOW)
        db.session.remove()
    assert numbers(app) == expected(count), f"seed {SEED}"


def test_the_harness_finds_a_sweep_that_marks_before_it_writes(app, late, monkeypatch):
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("one database is enough for the harness; a commit without fsync is too quick to be hit")

    def marks_first(ids, now, at):
        with unit_of_work():
            mine = queries.locked(ids, now)
            looks = look(queries.looked_at(mine), now, at)
            db.session.execute(text(f"UPDATE tasks SET alarm_at = NULL WHERE id IN ({','.join(map(str, mine))})"))
        with unit_of_work():
            speaking.write(looks, mine, now, at)
        return len(mine)

    monkeypatch.setattr(sweeping, "_climb", marks_first)
    count = late(ROUNDS * 8)
    under_fire(app, count, ROUNDS, lambda: sweeping.sweep(NOW))
    with app.app_context():
        sweeping.sweep(NOW)
        db.session.remove()
    assert numbers(app) != expected(count)


def test_eight_schedulers_at_once_double_nothing(app, late):
    count = late(200)
    sweepers = [child(app, lambda: sweeping.sweep(NOW)) for _n in range(8)]
    for number, ready in sweepers:
        assert os.waitpid(number, 0)[1] == 0
        os.close(ready)
    with app.app_context():
        sweeping.sweep(NOW)
        db.session.remove()
    assert numbers(app) == expected(count)
