"""The sign-in page: the right ones in, the same sentence for everybody else."""

import re
from statistics import median
from time import process_time

import pytest

from app.people import actions_access
from tests.people.keys import RIGHT, WRONG, change, enter, is_in, look, meanwhile

OUTSIDE = [
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example/x",
    "javascript:alert(1)", "/\t/evil.example", "\n//evil.example", " //evil.example", "evil.example", "///evil", "",
    "http://localhost@evil.example/", "/" + "a" * 2000,
]  # fmt: skip


@pytest.fixture
def browser(app, client):
    change(app, "head", password=RIGHT)
    return client


def test_login_and_password_open_the_house_and_lead_where_one_wanted_to_go(browser):
    answer = enter(browser, "head", next="/units?q=willow")
    assert (answer.status_code, answer.location) == (303, "/units?q=willow")
    assert is_in(browser)
    assert browser.get("/login?next=/units").location == "/units"


@pytest.mark.parametrize("next_url", OUTSIDE)
def test_next_leads_only_inside(browser, next_url):
    assert enter(browser, "head", next=next_url).location == "/"
    assert browser.get("/login", query_string={"next": next_url}).location == "/"


def shown(answer, login):
    """The page without what differs by nature: what was typed, and the csrf tokens."""
    return re.sub(r'(value|content)="[\w.-]{40,}"', "", answer.text).replace(f'value="{login}"', "")


def test_nobody_learns_who_exists(app, browser):
    change(app, "owner", password=RIGHT, active=False)
    tries = [("head", WRONG), ("nobody", WRONG), ("teacher", ""), ("owner", RIGHT), ("admin", WRONG)]
    answers = [enter(browser, login, password or WRONG) for login, password in tries]
    assert {answer.status_code for answer in answers} == {422}
    assert len({shown(answer, login) for answer, (login, _p) in zip(answers, tries, strict=True)}) == 1
    assert not is_in(browser)


def test_it_takes_as_long_for_nobody_as_for_somebody(app, browser):
    taken = {"head": [], "nobody": []}
    with app.test_request_context():
        for login in ["nobody", *(["head", "nobody"] * 20)]:
            started = process_time()
            actions_access.who(login, WRONG)
            taken[login].append(process_time() - started)
    assert abs(median(taken["head"]) - median(taken["nobody"])) < 0.010


@pytest.mark.parametrize("fact", [{"active": False}, {"password_hash": ""}])
def test_whoever_is_shut_out_while_her_password_is_checked_does_not_get_in(app, browser, monkeypatch, fact):
    meanwhile(monkeypatch, "fits", lambda: change(app, "head", **fact))
    assert enter(browser, "head").status_code == 422
    assert not is_in(browser)


def test_what_was_typed_is_kept_except_the_password(browser):
    answer = enter(browser, "head", WRONG)
    assert 'value="head"' in answer.text
    assert WRONG not in answer.text


@pytest.mark.parametrize(
    "typed", [{"login": ""}, {"password": ""}, {"login": "x" * 61}, {"password": "x" * 201}, {"is_admin": "1"},
              {"login": "he\x00ad"}]
)  # fmt: skip
def test_a_form_that_is_not_right_is_refused_in_words(browser, typed):
    answer = browser.post("/login", data={"login": "head", "password": RIGHT, **typed})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not is_in(browser)


def test_strangers_are_asked_to_sign_in_each_in_their_own_way(client):
    assert client.get("/password?x=1").location == "/login?next=/password?x%3D1"
    asked = client.get("/password", headers={"Accept": "application/json"})
    assert (asked.status_code, set(asked.json)) == (401, {"error", "sentences"})
    part = client.get("/password", headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/units"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (401, "/login?next=/units")
    posted = client.post("/password", headers={"Referer": "http://evil.example/units"})
    assert posted.location == "/login"


def test_settings_that_changed_are_taken_up_at_the_next_sign_in(app, browser, monkeypatch):
    before = look(app, "head").password_hash
    enter(browser, "head")
    assert look(app, "head").password_hash == before
    monkeypatch.setitem(app.config, "ARGON2", {"time_cost": 3, "memory_cost": 1024, "parallelism": 1})
    assert enter(app.test_client(), "head").status_code == 303
    assert "m=1024,t=3" in look(app, "head").password_hash
    assert enter(app.test_client(), "head").status_code == 303


def test_demo_people_are_offered_in_demo_mode_only(app, client, monkeypatch):
    change(app, "head", is_demo=True)
    assert "李秀云" not in client.get("/login").text
    assert client.post("/login/demo", data={"login": "head"}).status_code == 404
    monkeypatch.setitem(app.config, "DEMO", True)
    page = client.get("/login").text
    assert "李秀云" in page
    assert "张明远" not in page
    assert client.post("/login/demo", data={"login": "owner"}).status_code == 404
    assert client.post("/login/demo", data={"login": "head", "next": "//evil"}).location == "/"
    assert is_in(client)


def test_the_language_is_kept_in_the_browser_and_with_the_person(app, client, sign_in):
    assert client.post("/language", data={"locale": "en", "next": "/login?"}).location == "/login"
    assert '<html lang="en">' in client.get("/login").text
    assert '<html lang="zh-CN">' in app.test_client().get("/login").text
    assert client.post("/language", data={"locale": "tlh", "next": "/"}).status_code == 422
    assert client.post("/language", data={"locale": "en", "next": "//evil"}).location == "/"
    sign_in("head").post("/language", data={"locale": "en", "next": "/"})
    assert look(app, "head").locale == "en"
    assert '<html lang="en">' in sign_in("head").get("/password").text
