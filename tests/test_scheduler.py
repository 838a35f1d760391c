"""The ticker: one of many ticks at a time, whatever the machine's zone, and vouches outside only when all is well."""

from __future__ import annotations

import os
import signal
import time

import pytest

from app import scheduler
from app.db import db, unit_of_work
from app.escalations import vouching
from app.escalations.auditing import AUDIT
from app.escalations.previewing import preview
from app.escalations.watches import Watch
from app.notices.when import times
from tests.escalations.scenes import at, promised
from tests.notices.catchers import http_catcher

ZONES = ("UTC", "Asia/Shanghai", "America/New_York", "Pacific/Kiritimati")


def ticker(app, results: int) -> int:
    """A scheduler in a process of its own, which says whether it ticks and holds on until it is killed."""
    number = os.fork()
    if number:
        return number
    try:
        with app.app_context():
            db.engine.dispose(close=False)
            db.session.remove()
            with scheduler._alone() as mine:
                os.write(results, b"1" if mine else b"0")
                time.sleep(60 if mine else 0)
    finally:
        os._exit(0)


def said(pipe: int, count: int) -> list[bytes]:
    return sorted(os.read(pipe, 1) for _one in range(count))


@pytest.mark.faults
def test_of_eight_schedulers_one_ticks_and_when_it_dies_another_does(app):
    ours, theirs = os.pipe()
    with app.app_context():
        db.engine.dispose()
    eight = [ticker(app, theirs) for _n in range(8)]
    assert said(ours, 8) == [b"0"] * 7 + [b"1"]
    for number in eight:
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
    until = time.monotonic() + 10
    while True:
        next_one = ticker(app, theirs)
        ticks = said(ours, 1) == [b"1"]
        os.kill(next_one, signal.SIGKILL)
        os.waitpid(next_one, 0)
        if ticks or time.monotonic() > until:
            break
        time.sleep(0.1)  # the database may need a moment to see that its client is gone
    assert ticks


def test_a_chore_that_breaks_does_not_stop_the_others(app, monkeypatch, caplog):
    done = []

    def breaks(_now):
        raise ValueError("broken")

    monkeypatch.setattr(scheduler, "CHORES", (breaks, lambda now: done.append(now) or 1))
    with app.app_context():
        scheduler.tick(at(9, 1))
    assert done == [at(9, 1)]
    assert "breaks failed" in caplog.text


def test_the_machines_own_zone_makes_no_difference(cast, monkeypatch):
    for day in (14, 16, 18):
        promised(cast, due=at(9, day))
    with unit_of_work():
        pass
    found = []
    for zone in ZONES:
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        by = times()
        moments = [at(9, 15), at(9, 17, 8), at(9, 17, 23, 59), at(9, 21, 0, 30), at(10, 1)]
        seen = [preview(moment).as_json() for moment in moments]
        found.append((seen, [(by.may_go(moment), by.digest_after(moment)) for moment in moments]))
    monkeypatch.undo()
    time.tzset()
    assert found[1:] == found[:1] * 3
    assert found[0][0][0]["messages"] > 0


def test_the_dead_man_switch_hears_only_when_nothing_is_missing(app, monkeypatch):
    with http_catcher() as outside, app.app_context():
        monkeypatch.setitem(app.config, "DEADMAN_URL", f"{outside.at}/ping")
        assert vouching.vouch(at(9, 1)) == 0  # nobody has audited yet
        with unit_of_work():
            db.session.add(Watch(name=AUDIT, at=at(9, 1), found={}))
        assert [vouching.vouch(at(9, 1, 9, minute)) for minute in range(6)] == [1, 0, 0, 0, 0, 1]
        assert vouching.vouch(at(9, 1, 12)) == 0  # an old audit vouches for nothing
        with unit_of_work():
            db.session.get(Watch, AUDIT).found = {"unclimbed": [7]}
        assert vouching.vouch(at(9, 1)) == 0
        outside.behaves = "500"
        with unit_of_work():
            db.session.get(Watch, AUDIT).found = {}
        assert vouching.vouch(at(9, 1)) == 0
        assert [path for path, _headers, _body in outside.calls] == ["/ping"] * 3
        monkeypatch.setitem(app.config, "DEADMAN_URL", "http://127.0.0.1:9/")
        assert vouching.vouch(at(9, 1)) == 0
