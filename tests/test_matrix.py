"""The permission matrix: every route, asked by everybody, answers as tests/matrix.csv says."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from app.db import Base, db
from tests import matrix
from tests.cast import Cast

EXPECTED = matrix.expected()
OPEN, MAY = {"200", "404", "422"}, {"200", "303", "409", "422", "login"}
SENT_AWAY = ("nobody", "login")
WATCHED = {"sign_ins", "attempts", "accesses"}  # access is written beside the request, never by what it shows
# The demo, an empty house and a unit without an account have tests of their own.
CLOSED_HERE = {"/login/demo", "/setup", "/evidence/<int:evidence_id>/covers"}


def test_every_route_has_its_row_and_no_row_is_left_over(app):
    assert {(method, str(rule)) for method, rule in matrix.routes(app)} == set(EXPECTED)


def test_every_page_answers_each_as_the_matrix_says_and_changes_no_row_by_being_looked_at(app, places):
    browsers, before = matrix.browsers(app, places), counts(app)
    for method, rule in matrix.routes(app):
        if method == "GET":
            answers = {who: matrix.ask(browser, method, rule, places) for who, browser in browsers.items()}
            assert answers == row(method, rule), rule
    assert counts(app) == before


def counts(app: Flask) -> dict[str, int]:
    with app.app_context():
        tables = [table for table in Base.metadata.sorted_tables if table.name not in WATCHED]
        return {t.name: db.session.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in tables}


@pytest.mark.parametrize("key", [key for key in EXPECTED if key[0] != "GET"], ids=" ".join)
def test_a_change_answers_each_as_the_matrix_says(app, places, key):
    rule = next(rule for method, rule in matrix.routes(app) if (method, str(rule)) == key)
    browsers = matrix.browsers(app, places)
    answers = {who: matrix.ask(browser, key[0], rule, places) for who, browser in browsers.items()}
    assert answers == row(*key)


def row(method: str, rule: object) -> dict[str, str]:
    return {who: EXPECTED[method, str(rule)][who] for who in matrix.ASKING}


def test_what_a_stranger_may_not_see_does_not_exist_for_her():
    told = {
        key: row["foreign"] for key, row in EXPECTED.items() if "<int:finding_id>" in key[1] or "evidence" in key[1]
    }
    assert set(told.values()) == {"404"}


def test_whoever_is_not_signed_in_is_sent_to_sign_in_everywhere_else():
    told = {key: row["nobody"] for key, row in EXPECTED.items() if row["nobody"] != "login"}
    assert {key[1] for key in told} == {
        "/activate",
        "/healthz",
        "/help",
        "/language",
        "/login",
        "/login/demo",
        "/setup",
        "/unsubscribe/<mark>",
        "/wall/<token>",
    }
    assert set(told.values()) <= OPEN


def test_a_form_that_is_not_ours_is_refused_on_every_route(app, places, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    browsers = matrix.browsers(app, places)
    answers = {str(rule): matrix.ask(browsers[who], "POST", rule, places) for rule, who in changes(app)}
    assert set(answers.values()) == {"400"}, answers


def test_a_field_nobody_knows_is_refused_on_every_route(app, places):
    browsers = matrix.browsers(app, places)
    unknown = {"no_such_field": "1"}
    answers = {str(rule): matrix.ask(browsers[who], "POST", rule, places, **unknown) for rule, who in changes(app)}
    assert {rule: answer for rule, answer in answers.items() if answer != "422"} == {}


def changes(app: Flask) -> list[tuple[Rule, str]]:
    """Every route that changes something, with one who may."""
    may = [(rule, who_may(row("POST", rule))) for method, rule in matrix.routes(app) if method == "POST"]
    assert {str(rule) for rule, who in may if not who} == CLOSED_HERE
    return [(rule, who) for rule, who in may if who]


def who_may(answers: dict[str, str]) -> str:
    """The first to whom that route opens; empty when it opens to nobody."""
    return next((who for who, told in answers.items() if told in MAY and (who, told) != SENT_AWAY), "")


def test_a_number_beyond_every_row_leads_nowhere_and_lists_begin_at_their_beginning(app, sign_in):
    browser, beyond = sign_in("inspector"), str(2**31)
    rules = [rule for rule in app.url_map.iter_rules() if "<int:" in rule.rule]
    assert len(rules) > 100
    for rule in rules:
        address = re.sub(r"<[^>]+>", "x", re.sub(r"<int:[^>]+>", beyond, rule.rule))
        for method in rule.methods & {"GET", "POST"}:
            assert browser.open(address, method=method).status_code in (404, 405), (method, rule.rule)
    for page in ("/inspections", "/inbox", "/notices", "/papers", "/orders", "/draws"):
        assert browser.get(page, query_string={"before": "9" * 30}).status_code in (200, 403), page
    with app.app_context():
        office = Cast().units["office"].id
    assert sign_in("admin").post(f"/units/{office}/move", data={"parent": "1.5"}).status_code == 422
