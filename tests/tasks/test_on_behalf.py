"""Acting for a unit without an account 代签收、代报: from its receipt to its report, each on its signed paper."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.clock import now
from app.db import db, unit_of_work
from app.findings.actions_many import issue_all
from app.people.queries import who_may_own
from app.steps.actions import take
from app.tasks.models import Task
from app.tasks.refusals import NotYet, NotYours, OutOfTurn
from tests import story
from tests.cast import Cast
from workflows.roles import Role


def may_own(unit) -> set[str]:
    return {person.login for person in db.session.scalars(who_may_own(unit))}


def test_who_acts_for_a_unit_without_an_account_may_own_what_it_puts_right(cast):
    assert may_own(cast.units["first"]) == {"head", "owner", "teacher"}
    assert may_own(cast.units["stone"]) == {"leader", "inspector", "colleague", "county", "district"}
    assert may_own(None) == set()


def test_a_unit_without_an_account_is_led_to_verification_by_forms_alone(app, sign_in):
    with app.app_context(), unit_of_work():
        cast = Cast()
        finding = story.issued(cast, unit="stone")
        task, number, me = finding.task_id, finding.id, str(cast.district.id)
        due = {"owner": me, "due_on": finding.task.due_on.isoformat()}
    district, county = sign_in("district"), sign_in("county")
    takes = f"/tasks/{task}/steps"
    assert district.post(f"{takes}/acknowledge", data={"owner": me}).status_code == 422
    assert panels(district, number).index('value="scan"') < panels(district, number).index('value="paper"')
    with app.app_context(), unit_of_work():
        story.evidence(db.session.get(Task, task), Cast().district, kind="scan")
    assert panels(district, number).index('value="scan"') > panels(district, number).index('value="paper"')
    assert district.post(f"{takes}/acknowledge", data={"owner": me}).status_code == 303
    measure = {"text": "改造厕所", "kind": "repair"} | due
    assert district.post(f"/tasks/{task}/measures/new", data=measure).status_code == 303
    assert "为此前步骤" in district.get(f"/findings/{number}").get_data(as_text=True)
    assert district.post(f"{takes}/submit_plan", data={}).status_code == 422, "one paper, one act"
    with app.app_context():
        scan = db.session.get(Task, task).live_evidence[0].id
    covers = f"/evidence/{scan}/covers"
    assert covers in district.get(f"/evidence/{scan}").get_data(as_text=True)
    assert district.post(covers).status_code == 303
    assert district.post(covers).status_code == 409
    assert district.post(f"{takes}/submit_plan", data={}).status_code == 303
    assert district.post(f"{takes}/approve_plan", data={}).status_code == 403
    assert "教育督导室" in county.get(f"/findings/{number}").get_data(as_text=True)
    assert county.post(f"{takes}/approve_plan", data={}).status_code == 303
    with app.app_context():
        entries = db.session.get(Task, task).entries
        assert [e.facts["reviewed_by"] for e in entries if e.step == "submit_plan"] == ["清河县教育督导室"]
        assert [e.facts["scans"] for e in entries if "scans" in e.facts] == [[scan], [scan]]
        assert [e.step for e in entries].index("cover_by_scan") > 0
        assert {e.on_behalf_name for e in entries if e.step in ("acknowledge", "submit_plan")} == {"石桥教学点"}


def panels(browser, finding: int) -> str:
    """Where evidence is added on the page of a finding."""
    return browser.get(f"/findings/{finding}").get_data(as_text=True).split('id="evidence"')[1]


def test_measures_that_nobody_else_may_review_are_not_handed_in(cast):
    finding = story.planning(cast, levels=(("issuer", None),))
    story.planned(finding, cast)
    finding.task.give(Role.OWNER, person=cast.county, now=now())
    with pytest.raises(NotYet, match="Nobody is left"):
        take(finding.task, "submit_plan", cast.head, now=now())


def test_who_never_acknowledges_is_served_by_the_issuer_when_the_time_is_over(cast):
    finding = story.issued(cast)
    story.evidence(finding.task, cast.inspector, kind="scan")
    db.session.expire(finding.task, ["evidence"])
    with pytest.raises(NotYet, match="still has time"):
        take(finding.task, "serve", cast.inspector, now=now(), owner=cast.owner)
    later = now() + timedelta(days=10)
    with pytest.raises(NotYours):
        take(finding.task, "serve", cast.district, now=later, owner=cast.owner)
    take(finding.task, "serve", cast.inspector, now=later, owner=cast.owner)
    assert (finding.task.state, finding.task.owner) == ("planning", cast.owner)
    assert cast.inspector.id not in {party.person_id for party in finding.task.parties_as(Role.OWNER)}


def test_a_unit_without_an_account_is_not_served_but_acted_for(cast):
    finding = story.issued(cast, unit="stone")
    with pytest.raises(OutOfTurn):
        take(finding.task, "serve", cast.inspector, now=now() + timedelta(days=10), owner=cast.district)


def told_of(task, step) -> set[str]:
    entry = next(entry for entry in task.entries if entry.step == step)
    return {listener.person.login for listener in entry.listeners}


def test_whoever_stands_in_for_a_unit_without_an_account_is_told_what_it_gets(cast):
    ordinary, mute = story.issued(cast), story.issued(cast, unit="stone")
    assert told_of(ordinary.task, "issue") == {"head"}
    assert told_of(mute.task, "issue") == {"district"}
    drafts = [story.draft(cast, unit=unit) for unit in ("first", "stone")]
    assert issue_all([finding.task for finding in drafts], cast.inspector, now=now()) == [None, None]
    assert [told_of(finding.task, "issue") for finding in drafts] == [{"head"}, {"district"}]
