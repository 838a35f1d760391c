"""How lists are assigned: days and owners that an issuing unit keeps, changed on a page and filled in by one button."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.clock import today
from app.db import db, unit_of_work
from app.findings.models import Finding
from tests.cast import Cast
from tests.intake.books import book, row, send
from tests.intake.pasting import fields


@pytest.fixture
def issuer(app) -> int:
    """The unit whose inspectors take lists in."""
    with app.app_context():
        return Cast().units["office"].id


def line(app, unit, login, category=""):
    """What the page sends to keep an owner."""
    with app.app_context():
        cast = Cast()
        return {"owner": f"{cast.units[unit].id}-{getattr(cast, login).id}", "category": category, "do": "add"}


def test_the_rule_fills_owner_and_deadline_from_what_the_unit_keeps(app, inspector, url, look, issuer):
    page = f"/intake/rules/{issuer}"
    assert inspector.post(page, data=line(app, "first", "owner")).status_code == 303
    assert inspector.post(page, data=line(app, "first", "teacher", "食堂")).status_code == 303
    days = {"ordinary": "20", "serious": "10", "major": "5", "do": "days"}
    assert inspector.post(page, data=days).status_code == 303
    rows = [row(3, due=""), row(6, due="", category="食堂"), row(9, owner="李秀云"), row(1, due="")]
    assert 'value="20"' in inspector.get(url).text
    sheet = send(inspector, url, book(rows), ordinary="20").text
    filled = fields(inspector.post(look, data=fields(sheet) | {"do": "assign"}).text)
    with app.app_context():
        day = today() + timedelta(days=20)
    assert [filled[f"rows-{n}-owner"][0] for n in range(4)] == ["张明远", "孙晓", "李秀云", ""]
    assert [filled[f"rows-{n}-deadline_on"][0] for n in (0, 1, 3)] == [day.isoformat()] * 3
    assert filled["rows-2-deadline_on"] != [day.isoformat()], "the list named a day"


def test_whom_the_list_or_the_rule_named_is_proposed_when_the_school_acknowledges(app, sign_in, inspector, url, look):
    sheet = send(inspector, url, book([row(3, owner="张明远")])).text
    inspector.post(look, data=fields(sheet) | {"do": "issue"})
    with app.app_context():
        task, owner = db.session.query(Finding).one().task_id, Cast().owner.id
    asked = sign_in("head").get(f"/tasks/{task}/steps/acknowledge").text
    assert f'<option selected value="{owner}">' in asked


def test_a_line_of_the_same_category_is_replaced_and_one_can_be_forgotten(app, inspector, issuer):
    page = f"/intake/rules/{issuer}"
    for login in ("owner", "teacher"):
        inspector.post(page, data=line(app, "first", login))
    told = inspector.get(page, headers={"Accept": "application/json"}).json
    assert [one["owner"] for one in told["owners"]] == ["孙晓"]
    assert inspector.post(page, data={"line": told["owners"][0]["line"], "do": "forget"}).status_code == 303
    assert inspector.get(page, headers={"Accept": "application/json"}).json["owners"] == []


@pytest.mark.parametrize("wrong", [{"ordinary": "0", "serious": "10", "major": "5", "do": "days"},
                                   {"owner": "1-999", "category": "", "do": "add"}, {"do": "forget"}])  # fmt: skip
def test_what_does_not_fit_is_refused_in_its_place(inspector, issuer, wrong):
    assert inspector.post(f"/intake/rules/{issuer}", data=wrong).status_code == 422


def test_only_inspectors_of_the_unit_change_its_rules(app, sign_in, issuer):
    page = f"/intake/rules/{issuer}"
    answers = {who: sign_in(who).get(page).status_code for who in ("inspector", "leader", "head", "stranger")}
    assert answers == {"inspector": 200, "leader": 403, "head": 404, "stranger": 404}


def test_a_rule_names_nobody_who_left(app, inspector, url, look, issuer):
    inspector.post(f"/intake/rules/{issuer}", data=line(app, "first", "owner"))
    with app.app_context(), unit_of_work():
        Cast().owner.active = False
    sheet = send(inspector, url, book([row(3)])).text
    filled = fields(inspector.post(look, data=fields(sheet) | {"do": "assign"}).text)
    assert filled["rows-0-owner"] == [""]
