"""Many at once on the same findings: whoever comes second is told, and the equations hold."""

from __future__ import annotations

from random import Random
from threading import Barrier, Thread

import pytest
from flask import Flask

from app.clock import now
from app.db import db, unit_of_work
from app.people.queries import by_login
from app.steps.actions import take
from app.tasks.models import Task
from app.tasks.refusals import Refused
from tests.faults.equations import wrong
from tests.faults.stepping import begun, one_step

SOAK = pytest.mark.soak


def at_once(app: Flask, count: int, act) -> list[object]:
    """What became of each of so many threads that start from one barrier."""
    barrier, outcomes = Barrier(count), [None] * count

    def one(place: int) -> None:
        with app.app_context():
            barrier.wait(30)
            try:
                outcomes[place] = act(place)
            except Exception as refusal:
                outcomes[place] = refusal
            finally:
                db.session.remove()

    threads = [Thread(target=one, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return outcomes


@pytest.mark.parametrize("count", [2, 5, 20])
def test_of_many_who_take_the_same_step_one_does(app, count):
    with app.app_context():
        task_id = begun()[0]

    def acknowledge(_place: int) -> str:
        with unit_of_work():
            task = db.session.get_one(Task, task_id)
            take(task, "acknowledge", by_login("head"), now=now(), owner=by_login("owner"))
        return "done"

    outcomes = at_once(app, count, acknowledge)
    assert outcomes.count("done") == 1
    assert all(isinstance(outcome, Refused) for outcome in outcomes if outcome != "done"), outcomes
    with app.app_context():
        assert wrong() == []


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(n, marks=SOAK) for n in range(3, 100))])
def test_many_who_walk_over_the_same_findings_keep_them_whole(app, seed):
    with app.app_context():
        findings = begun(2)

    def walk(place: int) -> int:
        dice, taken = Random(seed * 100 + place), 0
        for _step in range(8):
            try:
                taken += one_step(dice.choice(findings), dice) is not None
            except Refused:
                db.session.rollback()
        return taken

    outcomes = at_once(app, 4 + seed % 3 * 3, walk)
    assert all(isinstance(outcome, int) for outcome in outcomes), outcomes
    assert sum(outcomes) > 8
    with app.app_context():
        assert wrong() == []
