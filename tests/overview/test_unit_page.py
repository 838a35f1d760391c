"""The page per unit shows what the viewer may see of it, and nothing to strangers."""

from __future__ import annotations

import re

import pytest

from app.db import db, unit_of_work
from app.units.models import Unit
from tests import story
from tests.cast import Cast
from tests.statements import counted


@pytest.fixture
def school(app):
    """The id of a school with one open, one overdue and one closed finding."""
    with app.app_context(), unit_of_work():
        from datetime import timedelta

        from app.clock import now

        cast = Cast()
        story.issued(cast, text="消防通道堆放杂物")
        story.issued(cast, text="栏杆松动", at=now() - timedelta(days=60))
        story.closed(cast, text="灭火器过期")
        return db.session.query(Unit).filter_by(code="first").one().id


@pytest.mark.parametrize("login", ["head", "district", "county", "leader"])
def test_whoever_reaches_the_unit_reads_its_numbers_findings_and_posts(sign_in, school, login):
    text = sign_in(login).get(f"/units/{school}").text
    assert all(said in text for said in ("消防通道堆放杂物", "栏杆松动", "灭火器过期", "李秀云", "校长"))
    tally = text.split('class="tally"')[1].split("</p>")[0]
    assert re.findall(r"<b[^>]*>(\d+)</b>", tally) == ["2", "1", "1"]


@pytest.mark.parametrize("login", ["neighbour", "northerner", "stranger", "westerner"])
def test_whoever_does_not_reach_it_finds_nothing(sign_in, school, login):
    assert sign_in(login).get(f"/units/{school}").status_code == 404


def test_an_administrator_reads_the_facts_but_no_findings(sign_in, school):
    text = sign_in("admin").get(f"/units/{school}").text
    assert "李秀云" in text
    assert "消防通道堆放杂物" not in text


def test_a_unit_without_an_account_says_who_acts_for_it(app, sign_in):
    with app.app_context():
        stone = db.session.query(Unit).filter_by(code="stone").one().id
    text = sign_in("district").get(f"/units/{stone}", headers={"Accept-Language": "en"}).text
    assert "whoever supervises the unit" in text or "代签收" in text


def test_the_way_up_is_a_link_only_as_far_as_the_viewer_reaches(sign_in, school):
    assert "/units/3" in sign_in("district").get(f"/units/{school}").text
    assert "/units/3" not in sign_in("head").get(f"/units/{school}").text


def test_the_page_costs_at_most_eleven_statements_however_many_findings(app, sign_in, school):
    few, many = asked(app, sign_in, school), 8
    with app.app_context(), unit_of_work():
        for number in range(many):
            story.planning(Cast(), text=f"问题{number}")
    assert asked(app, sign_in, school) == few
    assert few <= 11


def asked(app, sign_in, school: int) -> int:
    """How many statements the page of the school costs its district."""
    browser = sign_in("district")
    with counted(app) as sent:
        assert browser.get(f"/units/{school}").status_code == 200
    return len(sent)
