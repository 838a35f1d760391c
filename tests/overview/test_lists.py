"""The inbox, the coverage view, the search box and the frame around every page."""

from __future__ import annotations

import pytest

from app.clock import now
from app.db import unit_of_work
from app.steps.actions import take
from tests import story
from tests.cast import Cast
from tests.statements import counted

JSON = {"Accept": "application/json"}


@pytest.fixture
def county(app):
    """One finding planned without evidence, one without measures, one foreign to the west."""
    with app.app_context(), unit_of_work():
        cast = Cast()
        story.rectifying(cast, text="围墙开裂，有倒塌危险")
        story.planning(cast, text="消防栓无水")
    return app


def test_the_inbox_lists_the_newest_first_and_is_read_one_by_one_or_at_once(county, sign_in):
    owner = sign_in("owner")
    messages = owner.get("/inbox", headers=JSON).json["messages"]
    assert [m["id"] for m in messages] == sorted((m["id"] for m in messages), reverse=True)
    assert not any(m["read"] for m in messages)
    assert owner.post("/inbox/read", data={"entry": messages[0]["id"]}).status_code == 303
    assert [m["read"] for m in owner.get("/inbox", headers=JSON).json["messages"]] == [True] + [False] * (
        len(messages) - 1
    )
    owner.post("/inbox/read")
    assert all(m["read"] for m in owner.get("/inbox", headers=JSON).json["messages"])
    assert owner.get("/inbox").status_code == 200


def test_nobody_marks_what_somebody_else_was_told(county, sign_in):
    unread = sign_in("owner").get("/inbox", headers=JSON).json["messages"]
    sign_in("head").post("/inbox/read", data={"entry": unread[0]["id"]})
    assert sign_in("owner").get("/inbox", headers=JSON).json["messages"] == unread
    assert sign_in("owner").post("/inbox/read", data={"entry": "x", "person": "1"}).status_code == 422


def test_the_bell_counts_what_is_unread(county, sign_in):
    owner = sign_in("owner")
    count = len(owner.get("/inbox", headers=JSON).json["messages"])
    assert f'<span class="bell-count">{count}<' in owner.get("/inbox").get_data(as_text=True)


def test_coverage_shows_each_gap_to_whom_it_concerns_and_to_nobody_else(county, sign_in):
    gaps = sign_in("inspector").get("/coverage", headers=JSON).json["gaps"]
    assert [row["title"] for row in gaps["findings_without_measures"]] == ["消防栓无水"]
    assert [row["title"] for row in gaps["measures_without_evidence"]] == ["拆除并重砌围墙"]
    assert gaps["measures_without_findings"] == []
    assert not any(sign_in("westerner").get("/coverage", headers=JSON).json["gaps"].values())
    assert sign_in("inspector").get("/coverage").status_code == 200


def test_evidence_fills_the_gap_that_a_measure_left(county, sign_in):
    with county.app_context(), unit_of_work():
        cast = Cast()
        measure = cast.owner and story.db.session.query(story.Measure).one()
        story.evidence(measure.task, cast.owner)
    assert sign_in("inspector").get("/coverage", headers=JSON).json["gaps"]["measures_without_evidence"] == []


@pytest.mark.parametrize("words", ["围墙", "圍墻", "ＷＡＬＬ围墙"[4:]])
def test_search_makes_no_difference_between_forms_of_a_character(county, sign_in, words):
    found = sign_in("inspector").get("/search", query_string={"q": words}, headers=JSON).json
    assert "围墙开裂，有倒塌危险" in [task["title"] for task in found["tasks"]]


def test_search_finds_units_and_people_only_within_reach(county, sign_in):
    asked = {"q": "清河县第一小学"}
    assert [u["name"] for u in sign_in("district").get("/search", query_string=asked, headers=JSON).json["units"]] == [
        "清河县第一小学"
    ]
    assert sign_in("westerner").get("/search", query_string=asked, headers=JSON).json["units"] == []
    people = {"q": "张明远"}
    assert sign_in("head").get("/search", query_string=people, headers=JSON).json["people"][0]["name"] == "张明远"
    assert sign_in("northerner").get("/search", query_string=people, headers=JSON).json["people"] == []
    assert sign_in("stranger").get("/search", query_string={"q": "围墙"}, headers=JSON).json["tasks"] == []


@pytest.mark.parametrize("words", ["", "墙", "%_", "\x00\x00墙", "a" * 300])
def test_short_or_strange_words_find_nothing_and_break_nothing(county, sign_in, words):
    answer = sign_in("inspector").get("/search", query_string={"q": words})
    assert answer.status_code == 200


def test_a_number_is_found(county, sign_in):
    with county.app_context():
        number = story.db.session.query(story.Finding).first().task.number
    found = sign_in("inspector").get("/search", query_string={"q": number.lower()}, headers=JSON).json["tasks"]
    assert number in [task["number"] for task in found]


def test_the_menu_holds_what_ones_posts_need_and_never_more_than_seven(county, sign_in):
    for login in ("owner", "inspector", "leader", "admin"):
        page = sign_in(login).get("/search").get_data(as_text=True)
        menu = page.split('<ul class="menu-list">')[1].split("</ul>")[0]
        assert 2 <= menu.count("<li>") <= 7, login
        assert ("/people" in menu) == (login == "admin")


def test_pages_that_look_across_the_house_ask_little(county, sign_in):
    for address, most in (("/inbox", 8), ("/coverage", 7), ("/search?q=围墙", 7)):
        browser = sign_in("inspector")
        with counted(county) as sent:
            browser.get(address)
        assert len(sent) <= most, (address, sent)


def test_what_is_written_in_a_finding_never_becomes_part_of_a_page(app, sign_in):
    with app.app_context(), unit_of_work():
        cast = Cast()
        finding = story.verifying(cast, text='<img src=x onerror="alert(1)">', clause="<b>3.2</b>")
        take(finding.task, "send_back", cast.district, now=now(), method="papers", reason="<i>重拍</i>", on=None)
    browser = sign_in("owner")
    for address in ("/", "/findings", "/inbox", "/search?q=onerror"):
        page = browser.get(address).get_data(as_text=True)
        assert "<img src=x" not in page, address
        assert "<b>3.2" not in page
        assert "<i>重拍" not in page
