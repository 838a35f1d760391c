"""Visits: recording one, its page, and issuing everything it found at once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from app.clock import now, today
from app.db import db, unit_of_work
from app.findings.actions_many import Drafted, draft_all
from app.inspections.models import Inspection
from app.tasks.entries import Entry, Listener, broken_links
from app.tasks.models import Task
from tests import story
from tests.cast import Cast
from tests.statements import counted

MOST, ISSUING = 15, 55
JSON = {"Accept": "application/json"}


@pytest.fixture
def given(app) -> dict[str, str]:
    """A visit as an inspector fills it in."""
    with app.app_context():
        day = today().isoformat()
    return {"kind": "special", "purpose": "消防安全专项检查", "starts_on": day, "ends_on": day, "chain": "three"}


def visits(app) -> list[Inspection]:
    with app.app_context():
        return db.session.query(Inspection).all()


def test_a_visit_is_recorded_with_its_chain_and_opens_its_page(app, sign_in, given):
    browser = sign_in("inspector")
    answer = browser.post("/inspections/new", data=given)
    assert answer.status_code == 303
    assert "消防安全专项检查" in browser.get(answer.location).get_data(as_text=True)
    with app.app_context():
        levels = db.session.query(Inspection).one().levels
        assert [level.by for level in levels] == ["own_head", "district", "issuer"]


def test_a_chain_set_by_hand_names_a_unit(app, sign_in, given):
    with app.app_context():
        west = Cast().unit("west").id
    own = {"chain": "custom", "level_1": f"unit:{west}", "level_2": "issuer"}
    assert sign_in("inspector").post("/inspections/new", data=given | own).status_code == 303
    with app.app_context():
        levels = db.session.query(Inspection).one().levels
    assert [(level.by, level.unit_id) for level in levels] == [("unit", west), ("issuer", None)]


def test_a_double_click_records_one_visit(app, sign_in, given):
    browser = sign_in("inspector")
    places = {browser.post("/inspections/new", data=given).location for _click in range(2)}
    assert len(places) == len(visits(app)) == 1


BAD = [
    {"purpose": ""}, {"purpose": "长" * 201}, {"starts_on": "yesterday"}, {"ends_on": "2020-01-01"}, {"kind": "raid"},
    {"unit": "999999"}, {"unit": "x"}, {"team": "999999"}, {"chain": "custom"}, {"chain": "none"}, {"number": "1"},
    {"chain": "custom", "level_1": "issuer", "level_2": "issuer"}, {"starts_on": "0002-01-01"},
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD, ids=[" ".join(bad) + f" {n}" for n, bad in enumerate(BAD)])
def test_bad_input_is_refused_and_what_was_typed_stays(app, sign_in, given, bad):
    answer = sign_in("inspector").post("/inspections/new", data=given | {"place": "东片学区各校"} | bad)
    assert answer.status_code == 422
    assert "东片学区各校" in answer.get_data(as_text=True)
    assert visits(app) == []


@pytest.mark.parametrize("login", ["head", "owner", "county", "leader", "admin"])
def test_only_inspectors_record_visits(sign_in, given, login):
    assert sign_in(login).post("/inspections/new", data=given).status_code == 403


def with_drafts(app) -> tuple[int, list[int]]:
    """A visit with two drafts that can go out and a hazard without protection."""
    with app.app_context(), unit_of_work():
        cast = Cast()
        visit = story.visit(cast)
        drafts = [story.draft(cast, inspection=visit, text=f"问题{n}") for n in range(2)]
        drafts.append(story.draft(cast, inspection=visit, text="危墙", weight="major"))
        return visit.id, [draft.task_id for draft in drafts]


def test_issuing_all_sends_what_can_go_out_and_says_why_the_rest_stays(app, sign_in):
    visit, tasks = with_drafts(app)
    told = sign_in("inspector").post(f"/inspections/{visit}/issue-drafts", headers=JSON).get_json()["results"]
    assert [one["issued"] for one in told] == [True, True, False]
    assert told[2]["why"]
    with app.app_context():
        steps = [e.step for e in db.session.query(Entry).filter(Entry.task_id.in_(tasks)).order_by(Entry.id)]
        assert steps.count("issue") == 2


def test_the_page_says_beforehand_what_will_stay_and_afterwards_what_went(app, sign_in):
    visit, _tasks = with_drafts(app)
    browser = sign_in("inspector")
    assert 'id="drafts"' in browser.get(f"/inspections/{visit}").get_data(as_text=True)
    page = browser.post(f"/inspections/{visit}/issue-drafts").get_data(as_text=True)
    assert page.split('id="outcomes"')[1].split("</section>")[0].count('<li class="outcome">') == 3
    assert browser.post(f"/inspections/{visit}/issue-drafts").status_code == 200


@pytest.mark.parametrize(("login", "status"), [("county", 403), ("head", 404), ("stranger", 404)])
def test_nobody_else_issues_them(app, sign_in, login, status):
    visit, _tasks = with_drafts(app)
    assert sign_in(login).post(f"/inspections/{visit}/issue-drafts").status_code == status


def test_a_stale_edit_keeps_what_was_typed(app, sign_in, given):
    with app.app_context(), unit_of_work():
        task = story.visit(Cast()).task_id
    said = {"purpose": "改后的内容", "place": "", "ends_on": given["ends_on"], "seen": 99}
    answer = sign_in("inspector").post(f"/tasks/{task}/edit-visit", data=said)
    assert answer.status_code == 409
    assert "改后的内容" in answer.get_data(as_text=True)
    assert sign_in("inspector").post(f"/tasks/{task}/edit-visit", data=said | {"seen": ""}).status_code == 303


def test_a_visit_never_ends_before_it_began(app, sign_in):
    with app.app_context(), unit_of_work():
        task = story.visit(Cast()).task_id
    said = {"purpose": "内容", "place": "", "ends_on": "2020-01-01"}
    assert sign_in("inspector").post(f"/tasks/{task}/edit-visit", data=said).status_code == 422


def test_a_visit_costs_the_same_however_much_it_found_before_while_and_after_it_is_issued(app, sign_in):
    with app.app_context(), unit_of_work():
        cast, on = Cast(), today()
        visit, units = story.visit(cast), [cast.units[code] for code in ("first", "willow", "stone")]
        said = [{"text": f"问题{n}", "deadline_on": on + timedelta(days=30)} for n in range(110)]
        draft_all(visit, cast.inspector, [Drafted(units[n % 3], fields) for n, fields in enumerate(said)], now=now())
        shown, task = visit.id, visit.task_id
    browser, page = sign_in("inspector"), f"/inspections/{shown}"
    for most, ask in ((MOST, partial(browser.get, page)), (ISSUING, partial(browser.post, f"{page}/issue-drafts")),
                      (MOST, partial(browser.get, page))):  # fmt: skip
        with counted(app) as sent:
            assert ask().status_code == 200
        assert len(sent) <= most, "\n\n".join(sent)
    with app.app_context():
        found = db.session.query(Task).filter_by(parent_id=task).all()
        assert {one.state for one in found} == {"issued"}
        for one in found:
            assert (one.due_on, [due.entry_seq for due in one.due_dates]) == (on + timedelta(days=30), [one.entry_seq])
            assert [wait.state for wait in one.waits if wait.ended_at is None] == ["issued"]
            assert (broken_links(one.entries), len(one.parties_as("head"))) == ([], 1)
        told = db.session.query(Listener).join(Entry).filter(Entry.step == "issue").count()
        assert told == 110, "the heads, and for the unit without an account whoever stands in"
    assert browser.post(f"/tasks/{task}/steps/conclude", data={}).status_code == 303


def test_the_list_and_the_page_as_json(app, sign_in):
    visit, _tasks = with_drafts(app)
    browser = sign_in("inspector")
    assert "2026" in browser.get("/inspections").get_data(as_text=True)
    told = browser.get(f"/inspections/{visit}", headers=JSON).get_json()
    assert (told["inspection_id"], told["state"], len(told["findings"])) == (visit, "recording", 3)
