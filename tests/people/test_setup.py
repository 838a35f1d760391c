"""An empty house is set up by its first visitor, once."""

import pytest

from app.db import db, unit_of_work
from app.people import codes
from app.people.models import Person, Post
from app.units.models import Unit
from tests.people.keys import RIGHT, change, enter, is_in, look, meanwhile

TYPED = {
    "code": "", "name": "赵管理", "login": "zhao", "password": RIGHT, "again": RIGHT, "bureau": "青岭县教育局",
    "units": "东片学区\n督导室\n\n青岭小学\n青岭小学\n 青岭中学 \n青岭县教育局",
}  # fmt: skip


@pytest.fixture
def empty(app, monkeypatch):
    """The house without any person or unit; its code stands in the terminal."""
    monkeypatch.setitem(TYPED, "code", codes.for_set_up(app.config["SECRET_KEY"]))
    with app.app_context(), unit_of_work():
        for table in (Post, Person, Unit):
            db.session.query(table).delete()
    return app


def units(app):
    with app.app_context():
        return {unit.name: (unit.kind, unit.path.count("/")) for unit in db.session.query(Unit)}


def test_the_first_visitor_becomes_administrator_of_the_first_units(empty, client):
    assert client.get("/login").location == "/setup"
    assert client.get("/setup").status_code == 200
    assert client.post("/setup", data=TYPED).location == "/"
    assert is_in(client)
    person = look(empty, "zhao")
    assert (person.is_admin, person.active, person.is_demo, person.name) == (True, True, False, "赵管理")
    assert units(empty) == {
        "青岭县教育局": ("bureau", 2), "东片学区": ("district", 3), "督导室": ("department", 3),
        "青岭小学": ("school", 3), "青岭中学": ("school", 3),
    }  # fmt: skip
    assert enter(empty.test_client(), "zhao").status_code == 303


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "0"])
def test_a_stranger_without_the_printed_code_cannot_claim_the_house(empty, client, code):
    answer = client.post("/setup", data={**TYPED, "code": code})
    assert answer.status_code == 422
    assert TYPED["code"] not in answer.text + client.get("/setup").text
    assert units(empty) == {}
    printed = empty.test_cli_runner().invoke(args=["people", "setup-code"]).output
    assert TYPED["code"] in printed
    assert client.get("/setup", query_string={"code": TYPED["code"]}).text.count(f'value="{TYPED["code"]}"') == 1


def test_the_code_cannot_be_guessed_and_is_not_printed_once_somebody_is_there(empty, client):
    wrong = {**TYPED, "code": "AAAA-BBBB-CCCC"}
    answers = [client.post("/setup", data=wrong).status_code for _try in range(31)]
    assert answers == [422] * 30 + [429]
    away = {"REMOTE_ADDR": "10.9.9.9"}
    assert client.post("/setup", data=TYPED, environ_base=away).status_code == 303
    assert empty.test_cli_runner().invoke(args=["people", "setup-code"]).output == ""


def test_a_start_says_nothing_on_its_output_but_the_code(empty, client):
    said = empty.test_cli_runner().invoke(args=["ready"])
    assert said.exit_code == 0, said.output
    assert said.stdout.strip().startswith("Nobody has an account here yet.")
    assert TYPED["code"] in said.stdout
    client.post("/setup", data=TYPED)
    assert empty.test_cli_runner().invoke(args=["ready"]).stdout == ""


def test_the_second_visitor_finds_nothing(empty, client):
    client.post("/setup", data=TYPED)
    late = empty.test_client()
    assert late.get("/setup").status_code == 404
    assert late.post("/setup", data={**TYPED, "login": "qian"}).status_code == 404
    assert late.get("/login").status_code == 200


def test_of_two_first_visitors_one_sets_up_the_house(empty, client, monkeypatch):
    other = {**TYPED, "login": "qian", "bureau": "白沙县教育局", "units": ""}
    meanwhile(monkeypatch, "hashed", lambda: empty.test_client().post("/setup", data=other))
    assert client.post("/setup", data=TYPED).status_code == 404
    assert set(units(empty)) == {"白沙县教育局"}


def test_a_house_with_people_has_no_set_up(app, client):
    change(app, "admin", active=False)
    assert client.get("/setup").status_code == 404
    assert client.post("/setup", data=TYPED).status_code == 404


@pytest.mark.parametrize("wrong", [
    {"name": " "}, {"login": ""}, {"login": "a b"}, {"password": "12345678", "again": "12345678"}, {"again": "other"},
    {"bureau": ""}, {"units": "x" * 121}, {"units": "\n".join(f"小学{n}" for n in range(201))}, {"is_demo": "1"},
    {"login": "rain", "name": "雨"},
])  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_made(empty, client, wrong):
    answer = client.post("/setup", data={**TYPED, **wrong})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert ("青岭中学" in answer.text) or "units" in wrong
    assert units(empty) == {}
    assert client.get("/setup").status_code == 200
