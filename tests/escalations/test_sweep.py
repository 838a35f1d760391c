"""The tick: each rung once, the highest speaks, deputies first, then upward; what the machine may not do it drafts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from app.db import db, unit_of_work
from app.escalations.models import Climb, LadderChoice, Proposal
from app.escalations.refilling import settle_filled
from app.escalations.watches import Alert, Gap, SetAside
from app.extensions import actions as extensions
from app.people.models import Deputy, Post
from app.steps.actions import take
from app.tasks.entries import Entry, broken_links
from app.tasks.models import Task
from tests import story
from tests.escalations.scenes import at, listeners, outcomes, promised, spoken, ticked


def test_each_rung_speaks_once_to_those_it_names(cast):
    task = promised(cast).task
    heard = {}
    for day in (15, 16, 17, 18, 21, 22, 23):
        ticked(at(9, day))
        ticked(at(9, day, 9, 1))
        heard[day] = spoken(task)[-1]
    assert spoken(task) == [("reminder", -3), ("reminder", -1), ("urging", 1), ("urging", 3)]
    assert heard[16] == ("reminder", -3)
    assert listeners(task, "remind") == {"owner", "head"}
    assert listeners(task, "urge") == {"owner", "head", "district", "inspector"}
    assert broken_links(task.entries) == []


def test_the_entry_says_it_was_the_system_and_by_which_rule(cast):
    task = promised(cast).task
    ticked(at(9, 21))
    entry = db.session.query(Entry).filter_by(task_id=task.id, step="urge").one()
    assert (entry.actor_id, entry.actor_name, entry.from_state, entry.to_state) == (None, "系统", *["rectifying"] * 2)
    assert entry.facts["rule"] == {"ladder": "Plain", "kind": "urging", "days": 1, "light": "red"}
    assert entry.facts["skipped"] == [-3, -1]


def test_from_the_order_upward_the_machine_drafts_and_a_named_person_decides(cast):
    task = promised(cast).task
    for day in (21, 23, 25):
        ticked(at(9, day))
    proposal = db.session.query(Proposal).one()
    assert (proposal.kind, proposal.decider.login, proposal.decided_at) == ("order", "leader", None)
    assert listeners(task, "propose_order") == {"head", "inspector", "leader"}
    assert task.open
    assert task.state == "rectifying"


def test_nothing_is_said_at_night_or_on_rest_days_and_nothing_is_lost(cast):
    task = promised(cast).task
    assert ticked(at(9, 15, 7, 59)) == 0
    assert ticked(at(9, 19)) == 0  # a Saturday
    assert ticked(at(9, 21, 20)) == 0
    ticked(at(9, 22))
    assert spoken(task) == [("urging", 1)]


def test_submitted_in_time_stays_in_time_and_a_slow_verifier_is_late_in_her_own_name(cast):
    finding = story.verifying(cast, at=at(9, 10), deadline_on=date(2026, 9, 18))
    for day in range(14, 30):
        ticked(at(9, day))
    ticked(at(9, 21))
    assert listeners(finding.task, "remind") == {"district"}
    assert not {"owner", "head"} & listeners(finding.task, "urge")


def test_while_more_time_is_undecided_the_ladder_holds_and_the_deciders_climbs(cast):
    finding = promised(cast)
    asked = extensions.ask(finding, cast.owner, now=at(9, 14), reason="待拨款", proposed_on=date(2026, 10, 30))
    for day in (15, 16, 17, 18, 21):
        ticked(at(9, day))
    assert spoken(finding.task) == []
    assert spoken(asked.task)[-1] == ("urging", 1)
    with unit_of_work():
        take(asked.task, "refuse", cast.district, now=at(9, 22), reason="理由不足")
    for day in (23, 24, 25):
        ticked(at(9, day))
    assert spoken(finding.task) == [("urging", 1), ("urging", 3)]  # counted from the refusal


def test_a_new_date_begins_the_ladder_anew(cast):
    finding = promised(cast)
    ticked(at(9, 15))
    asked = extensions.ask(finding, cast.owner, now=at(9, 16), reason="待拨款", proposed_on=date(2026, 9, 30))
    take(asked.task, "grant", cast.district, now=at(9, 16, 15), on=date(2026, 9, 30), remark="同意")
    for day in (17, 18, 25, 28, 29):
        ticked(at(9, day))
    assert spoken(finding.task) == [("reminder", -3), ("reminder", -3), ("reminder", -1)]


def test_a_measure_has_reminders_and_no_ladder(cast):
    measure = promised(cast).measures[0].task
    for day in (15, 17, 21, 23, 25):
        ticked(at(9, day))
    assert spoken(measure) == [("reminder", -3), ("reminder", -1)]
    assert measure.alarm_at is None


def test_a_draft_is_urged_and_no_paper_is_drafted_about_it(cast):
    task = story.draft(cast, at=at(9, 1)).task
    for day in range(1, 30):
        ticked(at(9, day))
    assert {kind for kind, _days in spoken(task)} == {"reminder", "urging"}
    assert listeners(task, "urge") <= {"inspector", "colleague", "county", "leader"}


def test_an_absent_persons_deputy_hears_first(cast):
    task = promised(cast).task
    first, last = date(2026, 9, 1), date(2026, 9, 30)
    db.session.add(Deputy(person=cast.owner, deputy=cast.teacher, starts_on=first, ends_on=last))
    ticked(at(9, 15))
    assert listeners(task, "remind") == {"teacher"}


def test_a_vacant_post_is_told_upward_and_reported(cast):
    task = promised(cast).task
    db.session.query(Post).filter_by(person_id=cast.head.id).one().ends_on = date(2026, 9, 10)
    ticked(at(9, 17))
    assert listeners(task, "remind") == {"owner", "district"}
    alert = db.session.query(Alert).filter_by(kind="vacancy").one()
    assert "清河县第一小学" in str(alert.given)


def test_a_vacancy_settles_itself_when_the_seat_is_filled(cast):
    promised(cast)
    post = db.session.query(Post).filter_by(person_id=cast.head.id).one()
    post.ends_on, cast.owner.active = date(2026, 9, 10), False
    ticked(at(9, 17))
    assert (filled(at(9, 17, 9, 1)), alerts_open()) == (0, 2), "it lasts as long as nobody is there"
    post.ends_on = None
    assert (filled(at(9, 17, 9, 2)), alerts_open()) == (1, 1)
    (over,) = db.session.query(Alert).filter(Alert.settled_at.is_not(None))
    assert (over.settled_at, "清河县第一小学" in str(over.given)) == (at(9, 17, 9, 2), True)
    assert "Settled by itself" in over.given["over"]["message"]
    cast.owner.active = True
    assert (filled(at(9, 17, 9, 3)), alerts_open()) == (1, 0), "who left is back"


def filled(now) -> int:
    with unit_of_work():
        pass
    return settle_filled(now)


def alerts_open() -> int:
    db.session.expire_all()
    return db.session.query(Alert).filter_by(kind="vacancy", settled_at=None).count()


def test_somebody_who_left_is_told_upward_to_the_head(cast):
    task = promised(cast).task
    cast.owner.active = False
    ticked(at(9, 15))
    assert listeners(task, "remind") == {"head"}


def test_where_a_whole_line_is_vacant_nobody_hears_and_that_is_reported(cast):
    task = promised(cast).task
    db.session.query(Post).update({"ends_on": date(2026, 9, 10)})
    cast.owner.active = False
    ticked(at(9, 15))
    assert listeners(task, "remind") == set()
    assert task.entries[-1].facts["unheard"]
    told = {alert.key: str(alert.given) for alert in db.session.query(Alert).filter_by(kind="vacancy")}
    assert task.number in told["vacancy:unheard"]
    assert len(told) > 1, "and each vacant post"


def test_another_ladder_holds_where_it_was_chosen_for_a_unit_and_a_weight(cast):
    lights = LadderChoice(unit=cast.units["east"], weight="serious", ladder_id=2)
    db.session.add(lights)
    serious, plain = promised(cast, weight="serious", protection="设围挡").task, promised(cast).task
    ticked(at(9, 18))
    assert outcomes(serious) == {-3: "skipped", 0: "spoke"}
    assert outcomes(plain) == {-3: "skipped", -1: "spoke"}


def test_a_poisoned_task_is_set_aside_for_an_hour_and_the_others_go_on(cast):
    sick, well = promised(cast).task, promised(cast).task
    with unit_of_work():
        db.session.execute(text("UPDATE waits SET role = 'nonsense' WHERE task_id = :id AND ended_at IS NULL"),
                           {"id": sick.id})  # fmt: skip
    ticked(at(9, 15))
    assert spoken(well) == [("reminder", -3)]
    aside = db.session.query(SetAside).one()
    assert (aside.task_id, aside.times, "nonsense" in aside.why) == (sick.id, 1, True)
    assert db.session.get(Task, sick.id).alarm_at == at(9, 15) + timedelta(hours=1)
    with unit_of_work():
        db.session.execute(text("UPDATE waits SET role = 'owner' WHERE role = 'nonsense'"))
    ticked(at(9, 15, 10, 1))
    assert spoken(sick) == [("reminder", -3)]
    assert db.session.query(SetAside).count() == 0


def test_what_was_slept_through_is_told_at_once_but_has_a_day_of_grace_before_a_paper(cast):
    task = promised(cast).task
    db.session.add(Gap(from_at=at(9, 14), until_at=at(9, 28, 10)))
    ticked(at(9, 28, 10))
    assert outcomes(task) == {-3: "expired", -1: "expired", 1: "skipped", 3: "skipped", 5: "spoke"}
    assert all(climb.caught_up for climb in db.session.query(Climb).filter_by(task_id=task.id))
    assert db.session.query(Proposal).count() == 0
    assert listeners(task, "urge") == {"head", "inspector", "leader"}
    ticked(at(9, 29, 9, 59))
    assert db.session.query(Proposal).count() == 0
    ticked(at(9, 29, 10))
    assert [(p.kind, p.decider.login) for p in db.session.query(Proposal)] == [("order", "leader")]
    assert listeners(task, "propose_order") == {"head", "inspector", "leader"}
    ticked(at(9, 29, 10, 1))
    assert db.session.query(Entry).filter_by(task_id=task.id, step="propose_order").count() == 1


def test_what_was_done_within_the_day_of_grace_is_not_proposed(cast):
    finding = promised(cast)
    db.session.add(Gap(from_at=at(9, 14), until_at=at(9, 28, 10)))
    ticked(at(9, 28, 10))
    story.done(finding.measures[0], cast, at=at(9, 28, 15))
    take(finding.task, "report_done", cast.owner, now=at(9, 28, 15))
    ticked(at(9, 29, 11))
    assert db.session.query(Proposal).count() == 0


def test_a_wait_in_new_hands_is_not_nagged_for_what_the_one_before_heard(cast):
    finding = promised(cast)
    ticked(at(9, 23))
    story.done(finding.measures[0], cast, at=at(9, 23, 10))
    take(finding.task, "report_done", cast.owner, now=at(9, 23, 10))
    take(
        finding.task,
        "send_back",
        cast.district,
        now=at(9, 23, 11),
        method="papers",
        reason="缺照片",
        on=at(9, 30).date(),
    )
    ticked(at(9, 23, 12))
    assert spoken(finding.task) == [("urging", 3)]


@pytest.mark.parametrize("batch", [1, 500])
def test_many_at_once_are_told_as_one_by_one(cast, monkeypatch, batch):
    monkeypatch.setattr("app.escalations.sweeping.BATCH", batch)
    tasks = [promised(cast).task for _n in range(3)]
    assert ticked(at(9, 21)) >= 3
    assert [spoken(task) for task in tasks] == [[("urging", 1)]] * 3
