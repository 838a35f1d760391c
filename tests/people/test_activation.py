"""A printed code opens an account once; the password behind it is one's own and a good one."""

from datetime import timedelta

import pytest
import time_machine
from flask_babel import force_locale

from app.clock import now
from app.db import db, unit_of_work
from app.people import codes, passwords
from app.people.models import Person
from tests.people.keys import RIGHT, change, enter, is_in, look, meanwhile


def printed(app, login="teacher"):
    """A code on paper."""
    with app.app_context(), unit_of_work():
        person = db.session.query(Person).filter_by(login=login).one()
        return codes.issue_code(person, now())


def use(browser, code, password=RIGHT, again=None):
    return browser.post("/activate", data={"code": code, "password": password, "again": again or password})


def test_a_code_opens_the_account_once(app, client):
    code = printed(app)
    assert code not in (look(app, "teacher").activation_hash or "")
    assert use(client, code).location == "/"
    assert is_in(client)
    assert use(app.test_client(), code).status_code == 422
    assert enter(app.test_client(), "teacher").status_code == 303


def test_of_two_who_use_a_code_at_the_same_moment_one_gets_in(app, client, monkeypatch):
    code, faster = printed(app), app.test_client()
    meanwhile(monkeypatch, "hashed", lambda: use(faster, code))
    assert use(client, code, "spring-snow-88").status_code == 409
    assert (is_in(client), is_in(faster)) == (False, True)
    assert enter(app.test_client(), "teacher").status_code == 303


def test_a_code_may_be_typed_any_way_one_reads_it(app, client):
    code = printed(app).replace("-", " ").lower()
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in code)
    assert use(client, f" {wide} ").status_code == 303


def test_a_code_lives_for_fourteen_days(app, client):
    code = printed(app)
    with time_machine.travel(now() + timedelta(days=14, seconds=1), tick=False):
        assert use(client, code).status_code == 422
    with time_machine.travel(now() + timedelta(days=13, hours=23), tick=False):
        assert use(client, code).status_code == 303


def test_a_newer_code_ends_the_one_before(app, client):
    first, second = printed(app), printed(app)
    assert (use(client, first).status_code, use(client, second).status_code) == (422, 303)


def test_a_code_does_not_open_a_disabled_account(app, client):
    code = printed(app)
    change(app, "teacher", active=False)
    assert use(client, code).status_code == 422


def test_a_code_ends_every_sign_in_of_before(app, client, sign_in):
    old = sign_in("teacher")
    use(client, printed(app))
    assert (is_in(client), is_in(old)) == (True, False)


def test_a_poor_password_does_not_use_up_the_code(app, client):
    code = printed(app)
    for password, again in [("short", None), (RIGHT, "other-wind-11"), ("teacher-2026", None)]:
        answer = use(client, code, password, again)
        assert answer.status_code == 422
        assert code in answer.text
        assert password not in answer.text.replace(code, "") or password == "short"
    assert use(client, code).status_code == 303


def test_the_code_stands_in_the_form_when_the_slip_is_scanned(client):
    assert 'value="7KMP-Q2XD-9HTA"' in client.get("/activate?code=7KMP-Q2XD-9HTA").text


POOR = {
    "too short": ["1234567", "kq7t9x2"], "stands in it": ["zhangmy-99", "x13800000000", "ZhangMY-99"],
    "same few": ["00000000", "11223344", "abcabcabc", "12341234"], "is a date": ["19870312", "20061224!!"],
    "in a row": ["12345678", "87654321", "qwertyui"],
    "everybody tries": [
        "password", "Password123", "admin123", "woaini1314", "1qaz2wsx", "ｐａｓｓｗｏｒｄ", "iloveyou!!",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("why", "poor"), [(why, poor) for why, all_of_it in POOR.items() for poor in all_of_it])
def test_a_poor_password_is_refused_with_the_rule_it_breaks(app, why, poor):
    with app.test_request_context(), force_locale("en"):
        assert why in str(passwords.why_poor(poor, ["zhangmy", "张明远", "13800000000"]))


@pytest.mark.parametrize("good", ["summer-rain-37", "清河小学的桂花开了", "kq7t9x2m", "correct horse"])
def test_anything_long_and_own_is_a_password(good):
    assert passwords.why_poor(good, ["zhangmy", "张明远", ""]) == ""


def test_full_width_and_half_width_typing_is_the_same_password(app):
    with app.app_context():
        assert passwords.fits(passwords.hashed("ｓummer－rain－３７"), "summer-rain-37")
        assert not passwords.fits("", "summer-rain-37")
        assert not passwords.fits("not a hash", "summer-rain-37")


def test_the_command_line_prints_a_code_and_shuts_an_account(app, client, sign_in):
    change(app, "teacher", password=RIGHT)
    old = sign_in("teacher")
    said = app.test_cli_runner().invoke(args=["people", "reset", "teacher"]).output
    code = said.split(": ")[1].split()[0]
    assert (is_in(old), enter(client, "teacher").status_code) == (False, 422)
    assert use(client, code).status_code == 303
    assert app.test_cli_runner().invoke(args=["people", "disable", "teacher"]).exit_code == 0
    assert (is_in(client), enter(client, "teacher").status_code) == (False, 422)
    unknown = app.test_cli_runner().invoke(args=["people", "reset", "nobody"])
    assert (unknown.exit_code, "nobody" in unknown.output) == (1, True)
