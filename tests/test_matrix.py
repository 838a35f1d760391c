"""The permission matrix: every route, asked by everybody, answers as tests/matrix.csv says."""

from __future__ import annotations

import pytest

from tests import matrix

EXPECTED = matrix.expected()
OPEN = {"200", "404", "422"}


def test_every_route_has_its_row_and_no_row_is_left_over(app):
    assert {(method, str(rule)) for method, rule in matrix.routes(app)} == set(EXPECTED)


@pytest.mark.parametrize("key", EXPECTED, ids=" ".join)
def test_a_route_answers_each_as_the_matrix_says(app, sign_in, key):
    rule = next(rule for method, rule in matrix.routes(app) if (method, str(rule)) == key)
    places, answers = matrix.scene(app), {}
    for who, login in matrix.ASKING.items():
        browser = sign_in(login) if login else app.test_client()
        answers[who] = matrix.ask(browser, key[0], rule, places)
    assert answers == {who: EXPECTED[key][who] for who in matrix.ASKING}


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
    }
    assert set(told.values()) <= OPEN


def test_a_form_that_is_not_ours_is_refused_on_every_route(app, sign_in, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    places, browser = matrix.scene(app), sign_in("owner")
    for method, rule in matrix.routes(app):
        if method == "POST" and EXPECTED[method, str(rule)]["owner"] in ("303", "422"):
            assert matrix.ask(browser, method, rule, places) == "400", rule
