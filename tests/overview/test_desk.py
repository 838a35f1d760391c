"""The desk: what waits on whom, in the order in which it presses, and the leader's three numbers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.analysis import queries_week
from app.clock import day_of, now, today
from app.db import db, unit_of_work
from app.findings import filters, ledger
from app.findings.models import Finding
from app.overview import desk
from app.people.models import Post
from app.steps.actions import take
from tests import story
from tests.cast import Cast
from tests.statements import counted
from workflows.book import WORKFLOWS

LONG_AGO = timedelta(days=40)
JSON = {"Accept": "application/json"}


@pytest.fixture
def county(app):
    """One finding late, one due tomorrow, one returned, one being verified; a supporter; a draft."""
    with app.app_context(), unit_of_work():
        cast, before = Cast(), now() - LONG_AGO
        story.rectifying(cast, at=before, text="围墙开裂")
        story.rectifying(cast, text="消防栓无水", deadline_on=today() + timedelta(days=1))
        back = story.verifying(cast, text="灭火器过期")
        take(back.task, "send_back", cast.district, now=now(), method="papers", reason="照片看不清压力表", on=None)
        story.verifying(cast, text="疏散指示缺失")
        story.issued(cast, unit="north", text="宿舍电线老化")
        story.draft(cast, text="食堂留样不全")
    return app


def groups(text: str) -> list[str]:
    return [" ".join(re.sub("<[^>]+>", " ", head).split()) for head in re.findall(r'<h2 class="group">.*?</h2>', text)]


def test_the_owner_reads_overdue_before_soon_before_returned_with_the_reason(county, sign_in):
    page = sign_in("owner").get("/", headers={"Accept-Language": "en"}).get_data(as_text=True)
    order = [page.index(title) for title in ("围墙开裂", "消防栓无水", "灭火器过期")]
    assert order == sorted(order)
    assert "照片看不清压力表" in page
    assert "疏散指示缺失" not in page


def test_a_measure_stays_folded_into_its_finding_while_both_are_hers(county):
    with county.app_context():
        kinds = [slip.kind for slip in desk.slips(Cast().owner, today())]
    assert set(kinds) == {"finding"}


def test_the_reviewer_sees_how_long_it_has_waited_and_only_what_waits_on_her(county, sign_in):
    page = sign_in("district").get("/").get_data(as_text=True)
    assert "疏散指示缺失" in page
    assert "围墙开裂" not in page
    assert "疏散指示缺失" not in sign_in("westerner").get("/").get_data(as_text=True)


def test_whoever_is_above_a_unit_without_an_account_finds_its_work_on_her_desk(county, sign_in):
    with county.app_context(), unit_of_work():
        story.issued(Cast(), unit="stone", text="门卫室无人值守")
    assert "门卫室无人值守" in sign_in("district").get("/").text
    assert "门卫室无人值守" not in sign_in("westerner").get("/").text
    assert "门卫室无人值守" not in sign_in("leader").get("/").text


def test_each_of_the_leaders_numbers_is_the_length_of_the_list_behind_it(county, sign_in):
    leader = sign_in("leader")
    page = leader.get("/").get_data(as_text=True)
    numbers = re.findall(r'<a href="(/findings[^"]*)"><b>(\d+)</b>', page)
    assert len(numbers) == 3
    for address, number in numbers:
        rows = leader.get(address.replace("&amp;", "&"), headers={"Accept": "application/json"}).json["findings"]
        assert len(rows) == int(number), address
    assert [number for _address, number in numbers][:2] == ["5", "1"]


def test_what_needs_the_leader_is_one_list_and_the_week_is_at_most_eight_lines(county, sign_in):
    with county.app_context(), unit_of_work():
        cast = Cast()
        finding = db.session.query(Finding).filter_by(text="宿舍电线老化").one()
        take(finding.task, "propose_withdrawal", cast.inspector, now=now(), reason="重复")
    leader = sign_in("leader")
    desk_said = leader.get("/", headers=JSON).json
    for number in desk_said["numbers"].values():
        assert len(leader.get(number["url"], headers=JSON).json["findings"]) == number["number"]
    for unit in desk_said["units"]:
        assert len(leader.get(unit["url"], headers=JSON).json["findings"]) == unit["late"]
    assert [need["title"] for need in desk_said["to_decide"]] == ["宿舍电线老化"]
    lines = leader.get("/week", headers=JSON).json["lines"]
    assert 4 <= len(lines) <= 8
    assert "5" in lines[0]["text"]
    came = county.test_cli_runner().invoke(args=["week", "leader"], catch_exceptions=False)
    printed = came.output.splitlines()
    assert printed == [line["text"] for line in lines]


def test_a_person_without_a_post_is_told_why_her_desk_is_empty(county, sign_in):
    assert sign_in("admin").get("/").status_code == 200
    assert sign_in("teacher").get("/").status_code == 200


def test_whoever_holds_two_posts_sees_both_sections(app, sign_in):
    with app.app_context(), unit_of_work():
        cast = Cast()
        bureau = cast.units["bureau"]
        db.session.add(Post(person=cast.head, unit=bureau, kind="leader", title="", starts_on=today()))
    page = sign_in("head").get("/").get_data(as_text=True)
    assert 'id="leading"' in page
    assert 'id="mine"' in page


def test_every_waiting_state_has_a_verb_for_its_holder():
    waiting = {(w.kind, s.name) for w in WORKFLOWS.values() for s in w.states if not s.is_end}
    assert waiting == set(desk.VERBS)


def test_the_desk_asks_a_bounded_number_of_statements(county, sign_in):
    for login, most in (("owner", 9), ("district", 10), ("leader", 14)):
        browser = sign_in(login)
        with counted(county) as sent:
            browser.get("/")
        assert len(sent) <= most, (login, len(sent))


def test_units_with_few_findings_are_not_given_a_share():
    rows = [type("Row", (), {"name": n, "code": n, "n": k, "late": late}) for n, k, late in
            (("甲校", 4, 4), ("乙校", 10, 5), ("丙校", 20, 0))]  # fmt: skip
    assert [(unit["name"], unit["few"]) for unit in desk.shares(rows)] == [("乙校", False), ("甲校", True)]


def test_the_desk_is_had_as_json(county, sign_in):
    waiting = sign_in("owner").get("/", headers={"Accept": "application/json"}).json["waiting"]
    assert {"late", "soon", "returned"} == {slip["light"] for slip in waiting}


def numbers(app):
    """The leader's three numbers as their lists count them now."""
    with app.app_context():
        views = [filters.read({"light": light}) for light in ("", "overdue", "week")]
        return tuple(ledger.count(Cast().leader, view, today()) for view in views)


def test_what_changed_since_last_week_is_reckoned_from_how_it_stood_then(app, sign_in):
    then = datetime(2026, 3, 4, 2, tzinfo=UTC)
    with time_machine.travel(then - timedelta(days=20), tick=False), app.app_context(), unit_of_work():
        cast, near = Cast(), day_of(then) + timedelta(days=2)
        late = [story.rectifying(cast, deadline_on=day_of(then) - timedelta(days=3)).id for _one in range(2)]
        story.rectifying(cast, deadline_on=near)
        handed_in = story.verifying(cast, deadline_on=near).id
        story.draft(cast)
    with time_machine.travel(then, tick=False):
        before = numbers(app)
    assert before == (4, 2, 1)
    with time_machine.travel(then + timedelta(days=3), tick=False), app.app_context(), unit_of_work():
        cast = Cast()
        for measure in db.session.get_one(Finding, late[0]).measures:
            story.done(measure, cast)
        take(db.session.get_one(Finding, late[0]).task, "report_done", cast.owner, now=now(), remark="")
        given = {"method": "papers", "reason": "照片不清", "on": None}
        take(db.session.get_one(Finding, handed_in).task, "send_back", cast.district, now=now(), **given)
        story.issued(cast, deadline_on=today() + timedelta(days=60))
    with time_machine.travel(then + timedelta(days=7), tick=False):
        with app.app_context():
            assert queries_week.stood(Cast().leader, then) == before
            assert queries_week.stood(Cast().stranger, then) == (0, 0, 0)
        page = sign_in("leader").get("/").text
        assert numbers(app) == (5, 2, 0)
        assert re.findall(r"<small>(.*?)</small>", page) == ["较上周+1", "与上周持平", "较上周-1"]
