"""Two at once, with real connections: one goes through, the other is told, and nothing slips between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from sqlalchemy import text

from app.clock import now
from app.db import db, unit_of_work
from app.findings.models import Finding
from app.inspections.actions import next_number
from app.people.queries import by_login
from app.steps.actions import take
from app.tasks.models import Task
from app.tasks.refusals import OutOfTurn, Refused
from tests import story
from tests.cast import Cast


@pytest.fixture
def at_once(app) -> Callable[..., list[Any]]:
    """Runs functions in threads of their own, each in its own unit of work, from one barrier."""

    def run(*acts: Callable[[], Any]) -> list[Any]:
        barrier, outcomes = Barrier(len(acts)), [None] * len(acts)

        def one(place: int, act: Callable[[], Any]) -> None:
            with app.app_context():
                barrier.wait(10)
                try:
                    with unit_of_work():
                        outcomes[place] = act()
                except Refused as refusal:
                    outcomes[place] = refusal
                finally:
                    db.session.remove()

        threads = [Thread(target=one, args=item) for item in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return outcomes

    return run


def made(app, walk) -> int:
    with app.app_context(), unit_of_work():
        return walk(Cast()).task.id


def taking(task_id: int, name: str, login: str, seen: int | None = None, **given: Any) -> Callable[[], str]:
    def act() -> str:
        task = db.session.get_one(Task, task_id)
        take(task, name, by_login(login), now=now(), seen=seen, **given)
        return "done"

    return act


def test_of_two_verdicts_at_once_one_counts_and_the_other_is_told(app, at_once):
    task_id = made(app, story.verifying)
    back = {"method": "papers", "reason": "照片不清"}
    outcomes = at_once(
        taking(task_id, "pass_on", "district", method="papers", remark=""),
        taking(task_id, "send_back", "district", **back),
    )
    assert outcomes.count("done") == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    with app.app_context():
        finding = db.session.get_one(Task, task_id).finding
        assert len(finding.verifications) == 1


def test_a_form_sent_twice_is_taken_once(app, at_once):
    task_id = made(app, story.rectifying)
    with app.app_context():
        seen = db.session.get_one(Task, task_id).version
    ask = taking(task_id, "comment", "owner", seen=seen, text="能否提供图纸？")
    assert at_once(ask, ask).count("done") == 1


def test_a_measure_dropped_while_its_finding_applies_cannot_slip_through(app, at_once):
    with app.app_context(), unit_of_work():
        cast = Cast()
        finding = story.rectifying(cast)
        story.done(finding.measures[0], cast)
        second = story.planned(finding, cast, "补充护栏")
        story.evidence(second.task, cast.owner)
        finding_id, measure_id = finding.id, second.task.id
        finding_task = finding.task.id
    at_once(
        taking(measure_id, "finish", "owner", result="好了", finished_on=date(2026, 1, 5)),
        taking(measure_id, "drop", "head", reason="不需要"),
        taking(finding_task, "report_done", "owner", remark=""),
    )
    with app.app_context():
        finding = db.session.get_one(Finding, finding_id)
        undone = [measure for measure in finding.live_measures if measure.task.state == "planned"]
        assert finding.task.state == "rectifying" or not undone


def test_no_two_visits_get_the_same_number(app, at_once):
    numbers = at_once(*[lambda: next_number("ZX", 2026)] * 4)
    given = [number for number in numbers if isinstance(number, str)]
    assert len(set(given)) == len(given) >= 1


def test_who_gives_way_in_a_deadlock_is_told_as_in_any_race(app, at_once):
    """A measure locks its findings after itself; here somebody holds the finding and then wants the measure."""
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        pytest.skip("one writer at a time: nobody can hold one row and wait for another")
    with app.app_context(), unit_of_work():
        finding = story.rectifying(Cast())
        story.evidence(finding.measures[0].task, Cast().owner)
        rows = {"finding": finding.task.id, "measure": finding.measures[0].task.id}
    held = Event()

    def in_the_way() -> str:
        with db.engine.begin() as connection:
            connection.execute(text("SET LOCAL deadlock_timeout = '60s'"))  # so that the other one gives way
            connection.execute(text("SELECT 1 FROM tasks WHERE id = :finding FOR UPDATE"), rows)
            held.set()
            while not connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                pass
            connection.execute(text("SELECT 1 FROM tasks WHERE id = :measure FOR UPDATE"), rows)
        return "done"

    def finishing() -> str:
        held.wait(10)
        return taking(rows["measure"], "finish", "owner", result="好了", finished_on=date(2026, 1, 5))()

    outcomes = at_once(in_the_way, finishing)
    assert outcomes[0] == "done"
    assert isinstance(outcomes[1], OutOfTurn), outcomes
