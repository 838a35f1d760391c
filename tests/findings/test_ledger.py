"""The ledger: by date, narrowed by its address, page after page, for a bounded number of statements."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.clock import now, today
from app.db import unit_of_work
from tests import story
from tests.cast import Cast
from tests.statements import counted

JSON = {"Accept": "application/json"}
COUNT = 23


@pytest.fixture
def county(app):
    """Twenty-three issued findings with dates in no order, one closed, one draft, one supported elsewhere."""
    with app.app_context(), unit_of_work():
        cast = Cast()
        visit = story.visit(cast)
        for n in range(COUNT):
            due = today() + timedelta(days=(n * 7) % 23 + 1)
            story.issued(
                cast, inspection=visit, text=f"问题第{n}条", deadline_on=due, category="安全" if n % 2 else "食堂"
            )
        story.closed(cast, text="已经销号的围墙")
        story.draft(cast, inspection=visit, text="尚未下达")
        story.issued(cast, unit="north", supporters=[cast.units["willow"]], text="北山的问题", weight="ordinary")
        story.rectifying(cast, text="逾期的问题", at=now() - timedelta(days=60))
    return app


def rows(browser, **asked):
    return browser.get("/findings", query_string=asked, headers=JSON).json["findings"]


def every_page(browser, **asked):
    found, address = [], "/findings"
    while address:
        answer = browser.get(address, query_string=asked if address == "/findings" else None, headers=JSON).json
        found += answer["findings"]
        address = answer["next"]
    return found


def test_open_findings_come_by_date_and_no_page_skips_or_repeats_one(county, sign_in):
    for login in ("inspector", "head", "owner", "leader", "district"):
        found = every_page(sign_in(login), size="20")
        keys = [(row["due_on"] or "9999", row["task_id"]) for row in found]
        assert keys == sorted(keys), login
        assert len({row["id"] for row in found}) == len(found) >= 1, login
        assert found == rows(sign_in(login), size="100"), login


def test_a_supporting_school_reads_its_own_and_what_it_supports(county, sign_in):
    assert [row["title"] for row in rows(sign_in("neighbour"))] == ["北山的问题"]
    assert rows(sign_in("stranger")) == []
    assert sign_in("stranger").get("/findings").status_code == 200


def test_drafts_are_seen_by_the_issuing_side_only(county, sign_in):
    assert [row["title"] for row in rows(sign_in("inspector"), state="draft")] == ["尚未下达"]
    assert rows(sign_in("head"), state="draft") == []


NARROWED = (
    ({"light": "overdue"}, 1), ({"state": "closed"}, 1), ({"state": "all", "q": "圍墻"}, 1),
    ({"unit": "北山"}, 1), ({"unit": "north"}, 1), ({"unit": "没有这所"}, 0), ({"category": "安全"}, 11),
    ({"weight": "major"}, 0), ({"track": "deadline", "unit": "北山"}, 1), ({"light": "returned"}, 0),
    ({"mine": "1", "state": "all"}, 1), ({"inspection": "没有这个编号"}, 0), ({"q": "%"}, 0),
)  # fmt: skip
STRANGE = (
    {"state": "nonsense"}, {"size": "7"}, {"after": "x"}, {"after": "2026-13-40.9"}, {"light": "🔴"}, {"q": "\x00"},
    {"after": "9999-12-31.99999999999999999999999"},
)  # fmt: skip


def test_each_filter_narrows_the_list(county, sign_in):
    inspector = sign_in("inspector")
    for asked, count in NARROWED:
        assert len(rows(inspector, size="100", **asked)) == count, asked


def test_an_address_that_says_nothing_readable_is_left_out(county, sign_in):
    inspector = sign_in("inspector")
    for strange in STRANGE:
        assert inspector.get("/findings", query_string=strange).status_code == 200, strange


def test_the_ledger_costs_at_most_eight_statements_whatever_the_page(county, sign_in):
    for login in ("inspector", "head", "owner", "neighbour"):
        for size in ("20", "100"):
            browser = sign_in(login)
            with counted(county) as sent:
                browser.get("/findings", query_string={"size": size, "unit": "清河"})
            assert len(sent) <= 8, (login, sent)


def test_every_row_says_state_date_and_whom_it_waits_on_in_words(county, sign_in):
    page = sign_in("inspector").get("/findings").get_data(as_text=True)
    assert "▲" in page
    assert "清河县第一小学" in page
    assert date.today().isoformat()[:4] in page
    assert 'rel="next"' not in page
    assert page.count("<tr data-tone") == COUNT + 3


def test_a_filter_chosen_stays_chosen(county, sign_in):
    page = sign_in("inspector").get("/findings?state=issued&unit=北山&light=week").get_data(as_text=True)
    for chosen in ('value="issued" selected', 'value="北山"', 'value="week" selected'):
        assert chosen in page
