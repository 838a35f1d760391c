"""Guessing is slowed down, and nobody can lock somebody else out of where she is at home."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine

from app.clock import now
from app.db import db, unit_of_work
from app.people import lockout, passwords
from app.people.models import Attempt
from tests.people.keys import RIGHT, WRONG, attempts, change, enter

HOME, AWAY = "10.0.0.1", "10.0.0.2"


@pytest.fixture
def door(app):
    """`door("head", WRONG, AWAY)` tries there in a fresh browser and returns the status."""
    change(app, "head", password=RIGHT)
    return lambda login="head", password=WRONG, ip=HOME: enter(app.test_client(), login, password, ip).status_code


def fail(app, number, login="head", places=(HOME,), ago=timedelta(0)):
    """That many failures, as they would stand in the table."""
    with app.app_context(), unit_of_work():
        for count in range(number):
            place = places[count % len(places)]
            db.session.add(Attempt(login=login, ip=place, at=now() - ago, succeeded=False))


@pytest.mark.parametrize("login", ["head", "nobody"])
def test_after_five_failures_a_login_waits_a_quarter_of_an_hour_in_that_place(app, door, login):
    assert [door(login) for _try in range(5)] == [422] * 5
    assert (door(login), door(login, RIGHT)) == (429, 429)
    assert door(login, WRONG, AWAY) == 422
    with time_machine.travel(now() + timedelta(minutes=15, seconds=1), tick=False):
        assert door(login) == 422


@pytest.mark.parametrize("login", ["head", "nobody"])
def test_however_many_try_at_the_same_moment_no_more_passwords_are_looked_at(app, door, monkeypatch, login):
    looked, kept = [], passwords.fits
    monkeypatch.setattr(passwords, "fits", lambda *given: looked.append(1) or kept(*given))
    barrier, answers = Barrier(16), []

    def one() -> None:
        barrier.wait(20)
        answers.append(door(login))

    threads = [Thread(target=one) for _try in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (answers.count(422), answers.count(429)) == (5, 11)
    assert len(looked) == len(attempts(app)) == 5


def test_the_answer_says_until_when_and_keeps_the_login(app, door):
    fail(app, 5)
    answer = enter(app.test_client(), "head")
    assert answer.status_code == 429
    assert (now() + timedelta(hours=8)).strftime("%Y-%m-%d") in answer.text
    assert 'value="head"' in answer.text


def test_the_right_person_gets_in_from_elsewhere_meanwhile(app, door):
    fail(app, 5, places=[AWAY])
    assert (door("head", RIGHT, AWAY), door("head", RIGHT, HOME)) == (429, 303)


def test_failures_are_kept_although_the_request_is_rolled_back(app, door):
    door()
    door("nobody")
    door("head", RIGHT)
    assert attempts(app) == [("head", HOME, False), ("nobody", HOME, False), ("head", HOME, True)]


def test_who_waits_adds_nothing_by_trying_on(app, door):
    for _try in range(40):
        door()
    assert len(attempts(app)) == 5


def test_a_success_forgets_the_failures_before_it(door):
    for _try in range(4):
        door()
    door("head", RIGHT)
    assert [door() for _try in range(6)] == [422] * 5 + [429]


def test_failures_far_apart_do_not_add_up(app, door):
    fail(app, 4, ago=timedelta(minutes=16))
    assert (door(), door("head", RIGHT)) == (422, 303)


def test_thirty_failures_close_a_place_whatever_the_logins(app, door):
    for count in range(30):
        fail(app, 1, login=f"guess{count}")
    assert (door("head", RIGHT), door("new"), door("head", RIGHT, AWAY)) == (429, 429, 303)


def test_many_places_together_cannot_guess_on_nor_lock_out_whoever_is_at_home(app, door):
    assert door("head", RIGHT, HOME) == 303
    fail(app, 60, places=[f"10.1.0.{count}" for count in range(20)])
    assert (door("head", RIGHT, AWAY), door("head", RIGHT, HOME)) == (429, 303)
    assert door("nobody", WRONG, AWAY) == 422


def test_codes_cannot_be_guessed_either(app, client):
    typed = {"code": "AAAA-BBBB-CCCC", "password": RIGHT, "again": RIGHT}
    answers = [client.post("/activate", data=typed).status_code for _try in range(31)]
    assert answers == [422] * 30 + [429]


@pytest.mark.parametrize(
    "address, place",
    [("10.0.0.1", "10.0.0.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), (None, "?"), ("nonsense", "?")],
)
def test_of_an_ipv6_address_the_subscriber_counts(address, place):
    assert lockout.place(address) == place
