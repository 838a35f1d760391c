"""Who sees which task: the SQL against the sentence spelled out in Python, for everybody in the cast."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.clock import now, today
from app.db import db
from app.orders import actions as orders
from app.orders.addressing import Letter
from app.people.models import SUPERVISING, Person
from app.steps.actions import take
from app.tasks import reach
from app.tasks.models import Party, Task
from app.tasks.queries import visible_to
from tests import story
from tests.cast import PEOPLE

EVERYBODY = [*PEOPLE, "admin"]


def may_see(viewer: Person, task: Task) -> bool:
    """The rule in plain words."""
    if any(s.kind == "inspector" and s.unit_id == task.issuer_unit_id for s in viewer.seats):
        return True
    if task.kind in ("order", "circular", "talk") and leads(viewer, task):
        return True
    if task.issued_at is None:
        return False
    return any(reaches(seat, task) for seat in viewer.seats) or any(stands(viewer, p) for p in task.parties)


def leads(viewer: Person, task: Task) -> bool:
    """A leader sees the drafts that she decides."""
    asked = [party for party in task.parties if party.role == "leader"]
    return any(seat.kind == "leader" for seat in viewer.seats) and any(stands(viewer, party) for party in asked)


def reaches(seat, task: Task) -> bool:
    over = seat.reach if seat.kind in SUPERVISING else seat.path if seat.kind == "head" else None
    return over is not None and task.unit_path.startswith(over)


def stands(viewer: Person, party: Party) -> bool:
    if party.person_id in viewer.identities:
        return True
    return party.until is None and any((s.unit_id, s.kind) == (party.unit_id, party.post) for s in viewer.seats)


@pytest.fixture
def everything(cast):
    """Tasks of every stage, in both districts, one supported by a third school, one transferred."""
    story.draft(cast)
    story.closed(cast)
    story.verifying(cast)
    story.issued(cast, unit="stone")
    story.issued(cast, unit="north", supporters=[cast.units["willow"]])
    moved = story.issued(cast)
    take(moved.task, "transfer", cast.inspector, now=now(), unit=cast.units["willow"], reason="不是本校的问题")
    late = story.rectifying(cast)
    letter = Letter("order", cast.units["first"], "限期整改", today())
    orders.send(letter, [late.task], cast.leader, now=now())
    orders.write(letter, [late.task], cast.inspector, now=now())
    db.session.flush()
    return cast, list(db.session.scalars(select(Task)))


def test_everybody_sees_what_the_rule_says_and_nothing_else(everything):
    cast, tasks = everything
    for login in EVERYBODY:
        viewer = getattr(cast, login)
        found = set(db.session.scalars(select(Task.id).where(visible_to(viewer))))
        assert found == {task.id for task in tasks if may_see(viewer, task)}, login
    assert {task.id for task in tasks if may_see(cast.stranger, task)} == set()


def test_the_ledgers_way_of_reading_sees_the_same(everything):
    cast, tasks = everything
    for login in EVERYBODY:
        viewer = getattr(cast, login)
        view = reach.of(viewer)
        parts = [*view.in_order(), *view.gathered()]
        found = {task for part in parts for task in db.session.scalars(select(Task.id).where(part))}
        assert found == {task.id for task in tasks if may_see(viewer, task)}, login


def test_a_head_with_units_below_reads_widely_and_a_school_narrowly(cast):
    assert not reach.of(cast.head).wide
    assert not reach.of(cast.owner).wide
    assert reach.of(cast.district).wide
    east = cast.units["east"]
    cast.head.posts[0].unit = east
    db.session.flush()
    db.session.expire_all()
    cast.head.__dict__.pop("seats", None)
    assert reach.of(cast.head).wide


def test_a_supporting_school_finds_what_it_supports_among_its_own(everything):
    cast, _tasks = everything
    view = reach.of(cast.neighbour)
    assert view.beside
    assert (len(view.in_order()), len(view.gathered())) == (1, 1)
