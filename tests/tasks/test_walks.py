"""Guided random walks: whoever may go on goes on, until an end; the invariants hold after every step."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app.clock import day_of, now
from app.db import db
from app.extensions import actions as extensions
from app.measures import actions as measures
from app.orders import actions as orders
from app.orders.addressing import Letter
from app.orders.models import CODES, Order
from app.reports import actions as reports
from app.steps.actions import take
from app.tasks.entries import broken_links
from app.tasks.models import Task
from app.tasks.refusals import Refused
from app.tasks.standing import standing_for
from tests import story
from tests.cast import PEOPLE, Cast
from workflows.book import WORKFLOWS
from workflows.finding import ISSUED
from workflows.grammar import Ask, Case

FEWEST, WALKS, LENGTHS = 12, 120, (80, 80, 40)
OPENED_ELSEWHERE = {"edit", "correct", "change", "paste", "add_finding", "undo_batch"}  # pages with forms of their own
STRANGERS = {"stranger", "sandhead", "westerner", "northerner"}
ENDING = {
    "discard", "merge", "confirm_withdrawal", "propose_withdrawal", "transfer", "cancel", "decline", "withdraw", "file",
}  # fmt: skip


def test_every_step_of_the_law_is_taken_and_nothing_breaks(cast):
    taken: Counter[tuple[str, str]] = Counter()
    wanted = {(w.kind, s.name) for w in WORKFLOWS.values() for s in w.steps if s.name not in OPENED_ELSEWHERE}
    everything = db.engine.dialect.name == "sqlite"  # the law is the same above both; the other walks the fewest
    for seed in range(WALKS):
        with db.session.begin_nested() as walk:
            Walk(cast, random.Random(seed), taken).go()
            walk.rollback()
        db.session.expire_all()
        if seed >= FEWEST and (not everything or not wanted - set(taken)):
            break
    assert not everything or wanted - set(taken) == set()


class Walk:
    """One finding and what hangs on it, led on by dice."""

    def __init__(self, cast: Cast, dice: random.Random, taken: Counter[tuple[str, str]]) -> None:
        self.cast, self.dice, self.taken = cast, dice, taken
        track = dice.choice(["immediate", "deadline", "long_term", "long_term"])
        self.visit = story.visit(cast, dice.choice([(("issuer", None),), *[story.TWO_LEVELS] * 3]))
        self.finding = story.draft(cast, inspection=self.visit, track=track)
        self.other = story.draft(cast, inspection=self.visit, text="相同的问题")
        self.empty = story.visit(cast) if dice.random() < 0.3 else None
        for kind in ("before", "after"):
            story.evidence(self.finding.task, cast.inspector, kind)
        self.orders: list[Order] = []
        self.seen: dict[int, int] = {}
        self.people = [getattr(cast, login) for login in PEOPLE if login not in STRANGERS]

    def go(self) -> None:
        """Walk until everything has ended or the walk is long enough; then the finding is withdrawn."""
        for _step in range(self.dice.choice(LENGTHS)):
            tasks = [task for task in self.tasks() if task.open]
            if tasks and self.one_step(self.dice.choice(self.untried(tasks) or tasks)):
                self.all_must_hold()
        if self.finding.task.state in ISSUED:
            self.withdraw()
            self.all_must_hold()

    def untried(self, tasks: list[Task]) -> list[Task]:
        """Tasks that stand before a step no walk has taken, most of the time."""
        open_to = [t for t in tasks for step in t.workflow.steps_for(t) if (t.kind, step.name) not in self.taken]
        return open_to if self.dice.random() < 0.7 else []

    def withdraw(self) -> None:
        task, cast = self.finding.task, self.cast
        if task.withdrawal_by_id is None:
            take(task, "propose_withdrawal", cast.inspector, now=now(), reason="说明")
        second = cast.colleague if task.withdrawal_by_id != cast.colleague.id else cast.inspector
        take(task, "confirm_withdrawal", second, now=now(), reason="说明")

    def all_must_hold(self) -> None:
        for task in self.tasks():
            if self.seen.get(task.id) != task.version:
                self.must_hold(task)
                self.seen[task.id] = task.version

    def tasks(self) -> list[Task]:
        visits = [visit.task for visit in (self.visit, self.empty) if visit]
        hanging = [*(measure.task for measure in self.finding.measures), *self.finding.task.children]
        return [*visits, self.finding.task, self.other.task, *hanging, *(order.task for order in self.orders)]

    def one_step(self, task: Task) -> bool:
        """Take a step that somebody may take now; one that no walk has taken yet goes first."""
        self.lend_a_hand(task)
        way = next(self.ways(task), None)
        if way is None:
            return False
        step, person = way
        try:
            with db.session.begin_nested():
                self.take(task, step, person)
        except Refused:
            return False
        self.report_is_asked_for()
        self.somebody_orders()
        return True

    def ways(self, task: Task) -> Iterator[tuple[Any, Any]]:
        """Steps that somebody may take now, in any order, but what no walk has taken yet goes first."""
        steps = [step for step in task.workflow.steps_for(task) if step.name not in OPENED_ELSEWHERE]
        self.dice.shuffle(steps)
        for step in sorted(steps, key=lambda step: (task.kind, step.name) in self.taken):
            people = [person for person in self.people if standing_for(person, task, step)]
            for person in self.dice.sample(people, len(people)) if self.dares(task, step.name) else ():
                if not step.missing(Case(task, person, now(), day_of(now()))):
                    yield step, person

    def report_is_asked_for(self) -> None:
        """As the clock does each month, only sooner."""
        of = self.finding.task
        asked = [child for child in of.children if child.kind == "report"]
        if (of.track, of.state) == ("long_term", "rectifying") and not any(report.open for report in asked):
            reports.ask_for(self.finding, day_of(now()) + timedelta(days=31 * len(asked)), now=now())

    def somebody_orders(self) -> None:
        """An order, a circular or a talk is written about the finding, now and then."""
        if self.finding.task.issued_at is None or not self.finding.task.open or len(self.orders) > 4:
            return
        if self.dice.random() < 0.4:
            kind = self.dice.choice(["order", "circular", "talk"])
            letter = Letter(kind, self.cast.units["first"], "限期整改", day_of(now()), "局二楼")
            by = self.dice.choice([self.cast.leader, self.cast.inspector])
            self.orders.append(orders.write(letter, [self.finding.task], by, now=now()))

    def dares(self, task: Task, name: str) -> bool:
        """Ending early is rare, and nothing ends before the way behind it was tried."""
        rare = 0.05 if task is self.finding.task else 0.5
        return name not in ENDING or self.dice.random() < rare

    def take(self, task: Task, step: Any, person: Any) -> None:
        if step.name == "add_measure":
            measures.add([self.finding], person, now=now(), text="整改", owner=self.cast.owner, due_on=task.due_on)
        elif step.name == "ask_extension":
            later = task.due_on + timedelta(days=20)
            extensions.ask(self.finding, person, now=now(), reason="待拨款", proposed_on=later)
        elif step.name == "issue" and task.kind in CODES:
            letter = Letter(task.kind, task.unit, "限期整改", day_of(now()) + timedelta(days=3), "局二楼")
            orders.sign(task.subject, person, letter, now=now())
        elif not step.opens:
            take(task, step.name, person, now=now(), **{ask.name: self.answer(ask) for ask in step.asks})

    def answer(self, ask: Ask) -> Any:
        if ask.kind == "date":
            today = day_of(now())
            return today if ask.bound == "past" else self.finding.task.due_on + timedelta(days=60)
        if ask.kind == "choice":
            return self.dice.choice(ask.choices)[0]
        known = {
            "person": self.cast.owner,
            "unit": self.cast.units["willow"],
            "number": 50,
            "task": self.other.task.number,
        }
        return known.get(ask.kind, "说明")

    def lend_a_hand(self, task: Task) -> None:
        """Evidence where only that is missing."""
        if task.kind == "measure" and task.state == "planned" and not task.live_evidence:
            story.evidence(task, self.cast.owner)
            db.session.expire(task, ["evidence"])
        if task is self.finding.task and task.state == "issued" and self.dice.random() < 0.1:
            self.nobody_acknowledges(task)

    def nobody_acknowledges(self, task: Task) -> None:
        """Its time to acknowledge is over, and the issuer holds a signed receipt."""
        task.current_wait.until = now() - timedelta(seconds=1)
        story.evidence(task, self.cast.inspector, "scan")
        db.session.expire(task, ["evidence"])

    def must_hold(self, task: Task) -> None:
        """One state and one open wait while it is open; an unbroken chain that tells every change, always."""
        db.session.expire(task, ["waits", "entries"])
        self.taken.update((task.kind, entry.step) for entry in task.entries)
        assert sum(wait.ended_at is None for wait in task.waits) == int(task.open), task.number
        assert task.open == (task.closed_at is None)
        assert broken_links(task.entries) == []
        told = [entry.to_state for entry in task.entries]
        assert [entry.from_state for entry in task.entries] == [None, *told[:-1]]
        assert told[-1] == task.state
        if task.kind == "finding" and task.state == "closed":
            accepted = [v for v in self.finding.verifications if v.verdict in ("accepted", "on_the_spot")]
            assert task is not self.finding.task or accepted
