"""The heartbeat: a time in which nobody ticked is recorded and told, never silently healed."""

from __future__ import annotations

from datetime import timedelta

from app.db import db
from app.escalations import beating
from app.escalations.watches import Alert, Gap
from tests.escalations.scenes import at


def test_ticks_that_follow_each_other_leave_no_gap(cast):
    found = [beating.beat(at(9, 1, 9) + timedelta(minutes=n)) for n in range(4)]
    assert found == [1, 0, 0, 0]  # before the first tick nobody ever ticked
    assert db.session.query(Alert).count() == 0


def test_more_than_two_intervals_are_a_gap_that_administrators_hear_of(cast):
    for moment in (at(9, 1, 9), at(9, 1, 9, 3), at(9, 11, 9)):
        beating.beat(moment)
    gaps = db.session.query(Gap).order_by(Gap.from_at).all()
    assert [(gap.from_at, gap.until_at) for gap in gaps[1:]] == [(at(9, 1, 9), at(9, 1, 9, 3)),
                                                                  (at(9, 1, 9, 3), at(9, 11, 9))]  # fmt: skip
    assert {alert.kind for alert in db.session.query(Alert)} == {"gap"}


def test_a_clock_set_back_is_no_gap(cast):
    for moment in (at(9, 1, 9), at(8, 31, 9), at(8, 31, 9, 1)):
        beating.beat(moment)
    assert db.session.query(Gap).count() == 1


def test_a_long_sweep_is_no_sleep(cast):
    beating.beat(at(9, 1, 9))
    beating.still_here(at(9, 1, 9, 30))
    assert beating.beat(at(9, 1, 9, 31)) == 0
