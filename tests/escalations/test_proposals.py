"""What the ladder proposes is decided by the person named: sent out, changed first, or declined with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.clock import now
from app.db import db, unit_of_work
from app.escalations import actions_proposals as actions
from app.escalations.looking import house
from app.escalations.models import Proposal
from app.escalations.sweeping import climb_all
from app.orders.addressing import Letter
from app.orders.forms import in_days
from app.orders.models import Order
from app.steps.actions import take
from app.tasks.entries import Entry
from app.tasks.models import Task, Wait
from app.tasks.refusals import NotYours, OutOfTurn
from tests import story
from tests.cast import Cast
from tests.statements import counted

JSON = {"Accept": "application/json"}
SAID = {"kind": "order", "days": "5", "demand": "限期整改，书面反馈。"}


@pytest.fixture
def proposed(app) -> dict[str, list[int]]:
    """Two findings of one school seven working days late, so that an order is proposed for each."""
    with app.app_context():
        with unit_of_work():
            late = {"at": now() - timedelta(days=40), "deadline_on": (now() - timedelta(days=11)).date()}
            found = [story.rectifying(Cast(), text=text, **late) for text in ("围墙开裂", "电线老化")]
            db.session.flush()
            tasks = [finding.task_id for finding in found]
        climb_all(now(), house(now()))
        papers = db.session.query(Proposal).order_by(Proposal.task_id).all()
        assert [(p.task_id, p.kind, p.decider.login) for p in papers] == [(task, "order", "leader") for task in tasks]
        return {"tasks": tasks, "papers": [paper.id for paper in papers]}


def test_one_signature_decides_what_is_proposed_for_both_and_the_machine_stays_the_author(app, sign_in, proposed):
    leader = sign_in("leader")
    first, second = proposed["papers"]
    assert f"/proposals/{first}" in leader.get("/").get_data(as_text=True)
    page = leader.get(f"/proposals/{first}").get_data(as_text=True)
    assert all(said in page for said in ("围墙开裂", "电线老化", "李秀云"))
    made = leader.post(f"/proposals/{first}/adopt", data={**SAID, "tasks": proposed["tasks"]}, headers=JSON).json
    with app.app_context():
        papers = db.session.query(Proposal).order_by(Proposal.id).all()
        assert [(p.outcome, p.decided_by.login, p.order_id) for p in papers] == [("adopted", "leader", made["id"])] * 2
        begun, issued = db.session.query(Entry).filter_by(task_id=made["task_id"]).order_by(Entry.seq).all()
        assert (begun.actor_name, begun.facts["proposal"], issued.actor_name) == ("系统", first, "周明达")
        order = db.session.get(Order, made["id"])
        assert (order.light, [each.task_id for each in order.covered]) == ("red", proposed["tasks"])
    again = leader.post(f"/proposals/{second}/adopt", data={**SAID, "tasks": proposed["tasks"]}, headers=JSON)
    assert again.status_code == 409
    assert f"/proposals/{first}" not in leader.get("/").get_data(as_text=True)


def test_the_decider_changes_it_into_a_talk_with_another_day_for_one_of_the_two(app, sign_in, proposed):
    leader, (first, second) = sign_in("leader"), proposed["papers"]
    said = {"kind": "talk", "days": "3", "demand": "请到局里说明情况。", "tasks": proposed["tasks"][:1]}
    assert leader.post(f"/proposals/{first}/adopt", data=said).status_code == 422  # where and when?
    made = leader.post(f"/proposals/{first}/adopt", data={**said, "place": "局二楼"}, headers=JSON).json
    with app.app_context():
        assert (made["kind"], made["due_on"]) == ("talk", in_days(3).isoformat())
        assert db.session.get(Proposal, first).outcome == "adopted"
        assert db.session.get(Proposal, second).decided_at is None


def test_declining_needs_a_reason_that_stays_on_the_task_and_tells_the_inspector(app, sign_in, proposed):
    leader, first = sign_in("leader"), proposed["papers"][0]
    assert leader.post(f"/proposals/{first}/decline", data={"reason": "  "}).status_code == 422
    assert leader.post(f"/proposals/{first}/decline", data={"reason": "资金本周拨付，暂不督办。"}).status_code == 303
    with app.app_context():
        assert db.session.query(Order).count() == 0
        assert (db.session.get(Proposal, first).outcome, db.session.get(Proposal, first).order_id) == (
            "dismissed",
            None,
        )
    page = sign_in("inspector").get(f"/tasks/{proposed['tasks'][0]}", follow_redirects=True).get_data(as_text=True)
    assert "资金本周拨付，暂不督办。" in page
    assert "资金本周拨付" in sign_in("inspector").get("/inbox").get_data(as_text=True)


def test_nobody_else_decides_and_nothing_is_decided_twice(app, sign_in, proposed):
    first = proposed["papers"][0]
    for login in ("head", "inspector", "district", "stranger", "admin"):
        browser = sign_in(login)
        assert browser.get(f"/proposals/{first}").status_code == 404, login
        assert browser.post(f"/proposals/{first}/decline", data={"reason": "不"}).status_code == 404, login
    with app.app_context(), unit_of_work():
        cast, one = Cast(), db.session.get(Proposal, first)
        letter = Letter("order", cast.units["first"], "限期整改", in_days(3))
        with pytest.raises(NotYours):
            actions.adopt(one, letter, [one.task], cast.inspector, now=now())
        actions.decline(one, cast.leader, "暂不督办", now=now())
        with pytest.raises(OutOfTurn):
            actions.decline(one, cast.leader, "再说一次", now=now())


def test_what_moved_on_leaves_the_list_with_its_reason_and_makes_room_for_the_next(app, sign_in, proposed):
    leader, (first, second), (walls, wires) = sign_in("leader"), proposed["papers"], proposed["tasks"]
    with app.app_context(), unit_of_work():
        cast, task = Cast(), db.session.get(Task, walls)
        story.done(task.finding.measures[0], cast)
        take(task, "report_done", cast.owner, now=now())
    assert [one["id"] for one in leader.get("/proposals", headers=JSON).json["proposals"]] == [second]  # at once
    refused = leader.post(f"/proposals/{first}/adopt", data={**SAID, "tasks": [walls]}, headers=JSON)
    assert (refused.status_code, "已进入下一环节" in refused.text) == (409, True)
    with app.app_context():
        assert actions.lapse(now()) == 1
        one = db.session.get(Proposal, first)
        assert (one.outcome, one.decided_by_id) == ("lapsed", None)
    leader.post(f"/tasks/{wires}/orders/new", data={**SAID, "tasks": [wires]})
    with app.app_context():
        assert (actions.lapse(now()), actions.lapse(now())) == (1, 0)
    page = leader.get("/proposals").text
    assert all(said in page for said in ("围墙开裂", "电线老化", "已进入下一环节", "已另行签发"))
    assert leader.get(f"/proposals/{second}").status_code == 409
    with app.app_context(), unit_of_work():
        cast, task = Cast(), db.session.get(Task, walls)
        take(task, "send_back", cast.district, now=now(), method="papers", reason="重做", on=None)
        late = {"started_at": now() - timedelta(days=40), "until": now() - timedelta(days=11)}
        db.session.execute(update(Wait).where(Wait.task_id == walls, Wait.ended_at.is_(None)).values(late))
        db.session.execute(update(Task).where(Task.id == walls).values(alarm_at=now()))
    with app.app_context():
        climb_all(now(), house(now()))
        assert db.session.query(Proposal).filter_by(task_id=walls, decided_at=None).one().id > second


def test_what_waits_at_the_reviewer_is_proposed_to_the_reviewer_and_not_to_the_school(app, sign_in):
    with app.app_context():
        with unit_of_work():
            story.verifying(Cast(), at=now() - timedelta(days=40), deadline_on=now().date() + timedelta(days=90))
        climb_all(now(), house(now()))
        paper, task = db.session.query(Proposal.id, Proposal.task_id).filter_by(kind="talk").one()
    data = {"kind": "order", "days": "3", "demand": "请尽快验收。", "tasks": [task]}
    made = sign_in("leader").post(f"/proposals/{paper}/adopt", data=data, headers=JSON).json
    assert made["unit"] == "东片学区"
    with app.app_context(), unit_of_work():
        order = db.session.get(Order, made["id"])
        take(order.task, "acknowledge", Cast().district, now=now())


def test_the_page_of_a_proposal_asks_a_bounded_number_of_statements(app, sign_in, proposed):
    leader = sign_in("leader")
    for address, most in ((f"/proposals/{proposed['papers'][0]}", 16), ("/proposals", 4)):
        with counted(app) as sent:
            assert leader.get(address).status_code == 200
        assert len(sent) <= most, (address, len(sent))
