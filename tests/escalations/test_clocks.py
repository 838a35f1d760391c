"""Waits are settings with their source; open ones are reckoned anew as a previewed and recorded act."""

from __future__ import annotations

from datetime import date

from app.calendars import actions as calendars
from app.clock import day_of
from app.db import db
from app.escalations.actions_clocks import set_clock
from app.steps.actions import take
from app.tasks import reckoning
from app.tasks.entries import Entry, broken_links
from app.tasks.models import Task
from tests import story
from tests.cast import Cast
from tests.escalations.scenes import at

SET = {"track": "", "weight": "", "unit": "working", "source": "县督办〔2026〕3号"}


def ends(task: Task) -> date:
    db.session.expire(task, ["waits"])
    return day_of(task.current_wait.until)


def test_what_was_set_holds_for_waits_that_begin_and_the_closest_fit_wins(cast):
    for days, more in ((1, {}), (4, {"weight": "serious"}), (6, {"track": "long_term"}), (2, {"unit": "calendar"})):
        given = SET | more | ({"track": "immediate"} if "unit" in more else {})
        set_clock(cast.admin, at(9, 1), state="finding.issued", days=days, **given)
    due = {"at": at(9, 14), "deadline_on": date(2026, 12, 31), "protection": "设围挡"}
    tracks = ("deadline", "long_term", "immediate")
    assert [ends(story.issued(cast, track=track, **due).task) for track in tracks] == [
        date(2026, 9, 15), date(2026, 9, 22), date(2026, 9, 16),
    ]  # fmt: skip
    assert ends(story.issued(cast, weight="serious", **due).task) == date(2026, 9, 18)


def test_whoever_is_handed_it_after_the_due_date_is_given_her_own_days(cast):
    finding = story.planning(cast, at=at(9, 14), deadline_on=date(2026, 9, 16))
    story.planned(finding, cast, at=at(9, 14))
    take(finding.task, "submit_plan", cast.owner, now=at(9, 21))
    assert ends(finding.task) == date(2026, 9, 24)
    take(finding.task, "return_plan", cast.district, now=at(9, 22), reason="再细化")
    assert ends(finding.task) == date(2026, 9, 16)  # back in the unit's hands the unit's date counts


def test_a_changed_calendar_moves_open_waits_only_when_somebody_reckons_them_anew(cast):
    finding = story.issued(cast, at=at(9, 14), deadline_on=date(2026, 12, 31))
    calendars.set_days(date(2026, 9, 15), date(2026, 9, 18), "off", "校庆")
    assert ends(finding.task) == date(2026, 9, 16)
    moved = [(one.row.number, day_of(one.after)) for one in reckoning.changes() if one.row.kind == "finding"]
    assert moved == [(finding.task.number, date(2026, 9, 22))]
    assert ends(finding.task) == date(2026, 9, 16)
    assert reckoning.reckon(cast.admin, "校庆放假", at(9, 14, 12)) >= 1
    assert ends(finding.task) == date(2026, 9, 22)
    assert list(reckoning.changes()) == []
    db.session.expire_all()
    entry = db.session.query(Entry).filter_by(task_id=finding.task.id, step="reckon").one()
    assert (entry.actor_name, entry.facts["why"], entry.facts["ends"][:10]) == ("管理员", "校庆放假", "2026-09-22")
    assert broken_links(finding.task.entries) == []


def test_the_page_sets_shows_and_takes_back(app, sign_in):
    browser = sign_in("admin")
    typed = {"state": "finding.issued", "days": "4", **SET}
    assert browser.post("/clocks", data=typed).status_code == 303
    assert "县督办〔2026〕3号" in browser.get("/clocks").text
    assert browser.post("/clocks", data=typed | {"source": " "}).status_code == 422
    assert browser.post("/clocks", data=typed | {"days": "0"}).status_code == 422
    assert browser.post("/clocks", data=typed | {"state": "finding.closed"}).status_code == 422
    with app.app_context():
        story.issued(Cast(), deadline_on=date(2030, 1, 1))
        db.session.commit()
        db.session.remove()
    browser.post("/clocks/1/remove")
    told = browser.get("/clocks/open", headers={"Accept": "application/json"}).json
    assert told["moved"] == 1
    assert browser.post("/clocks/open", data={"why": "恢复默认"}).status_code == 303
    assert browser.get("/clocks/open", headers={"Accept": "application/json"}).json["moved"] == 0
