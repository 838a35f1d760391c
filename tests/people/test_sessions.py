"""A sign-in is a row: whoever ends it ends it everywhere, and an old cookie opens nothing."""

from datetime import timedelta

import pytest
import time_machine

from app.clock import now
from app.db import db, unit_of_work
from app.people import actions_staff
from app.people.models import Person
from tests.people.keys import RIGHT, WRONG, change, enter, is_in, token

NEW = "autumn-wind-58"


@pytest.fixture
def two(app):
    """Two browsers in which the head is signed in."""
    change(app, "head", password=RIGHT)
    browsers = app.test_client(), app.test_client()
    for browser in browsers:
        enter(browser, "head")
    return browsers


def copied(app, browser):
    """A browser with a copy of that cookie, as a thief has it."""
    thief = app.test_client()
    with browser.session_transaction() as theirs, thief.session_transaction() as cookie:
        cookie.update(theirs)
    return thief


def typed(current=RIGHT, password=NEW, again=NEW):
    return {"current": current, "password": password, "again": again}


def test_a_cookie_planted_before_the_sign_in_does_not_know_it_afterwards(app):
    change(app, "head", password=RIGHT)
    victim = app.test_client()
    with victim.session_transaction() as cookie:
        cookie["_user_id"], cookie["planted"] = "known-to-the-thief", "1"
    thief = copied(app, victim)
    enter(victim, "head")
    with victim.session_transaction() as cookie:
        assert "planted" not in cookie
    assert token(victim) != "known-to-the-thief"
    assert is_in(victim)
    assert not is_in(thief)


def test_signing_in_again_ends_the_sign_in_before(app, two):
    thief = copied(app, two[0])
    assert is_in(thief)
    enter(two[0], "head")
    assert not is_in(thief)
    assert is_in(two[1])


def test_after_signing_out_the_cookie_opens_nothing(app, two):
    thief = copied(app, two[0])
    assert two[0].post("/logout").location == "/login"
    assert [is_in(browser) for browser in (two[0], thief, two[1])] == [False, False, True]


def test_signing_out_without_being_in_is_no_fault(client):
    assert client.post("/logout").status_code == 303
    assert client.get("/logout").status_code == 405


def test_a_new_password_ends_all_other_sign_ins_and_even_the_old_cookie_here(app, two):
    thief = copied(app, two[0])
    assert two[0].post("/password", data=typed()).location == "/password"
    assert [is_in(browser) for browser in (two[0], thief, two[1])] == [True, False, False]
    assert enter(app.test_client(), "head", RIGHT).status_code == 422
    assert enter(app.test_client(), "head", NEW).status_code == 303


@pytest.mark.parametrize(
    "wrong", [typed(current=WRONG), typed(again=NEW + "x"), typed("", "", ""), typed(RIGHT, "12345678", "12345678"),
              {**typed(), "is_admin": "1"}]
)  # fmt: skip
def test_a_password_that_cannot_be_taken_changes_nothing(app, two, wrong):
    answer = two[0].post("/password", data=wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert all(is_in(browser) for browser in two)
    assert enter(app.test_client(), "head", RIGHT).status_code == 303


def test_a_stranger_in_an_open_browser_cannot_guess_the_present_password_for_ever(app, two):
    answers = [two[0].post("/password", data=typed(current=WRONG)).status_code for _try in range(6)]
    assert answers == [422] * 5 + [429]


def test_a_disabled_person_is_out_at_once(app, two):
    with app.app_context(), unit_of_work():
        actions_staff.disable(db.session.query(Person).filter_by(login="head").one(), now=now())
    assert not any(is_in(browser) for browser in two)
    change(app, "head", active=True)
    assert not any(is_in(browser) for browser in two)


def test_everywhere_else_can_be_signed_out_from_here(two):
    assert 'action="/password/others"' in two[0].get("/password").text
    two[0].post("/password/others")
    assert [is_in(browser) for browser in two] == [True, False]
    assert 'action="/password/others"' not in two[0].get("/password").text


def test_a_sign_in_ends_by_idling_and_by_age(app, two):
    start = now()
    with time_machine.travel(start + timedelta(minutes=119), tick=False):
        assert is_in(two[0])
    with time_machine.travel(start + timedelta(minutes=121), tick=False):
        assert [is_in(browser) for browser in two] == [True, False]
    for hours in (3, 5, 7, 9, 11):
        with time_machine.travel(start + timedelta(hours=hours - 0.1), tick=False):
            is_in(two[0])
    with time_machine.travel(start + timedelta(hours=12, seconds=1), tick=False):
        assert not is_in(two[0])
