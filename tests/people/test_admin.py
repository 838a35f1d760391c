"""Keeping people: only administrators do, and every change is dated."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.clock import now, today
from app.db import db, unit_of_work
from app.people import codes
from app.people.models import Deputy, Person, Post
from app.units.models import Unit


def person(login):
    return db.session.query(Person).filter_by(login=login).one()


@pytest.fixture
def ids(app):
    with app.app_context():
        return {p.login: p.id for p in db.session.query(Person)}


NEW = {"name": "赵一鸣", "login": "zhaoym", "phone": "13800000000", "email": "zhao@example.org"}


def test_an_administrator_adds_somebody_and_gives_her_a_post(app, sign_in):
    admin = sign_in("admin")
    shown = admin.post("/people/new", data=NEW).location
    with app.app_context():
        school = db.session.query(Unit).filter_by(code="willow").one().id
    given = {"unit": school, "kind": "member", "title": "教师", "starts_on": "2026-09-01", "ends_on": ""}
    assert admin.post(f"{shown}/posts", data=given).status_code == 303
    assert "柳溪小学" in admin.get(shown).text
    assert all("赵一鸣" in admin.get(f"/people?q={q}").text for q in ("zhaoym", "趙一鳴", "13800000000", "柳溪"))


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "名" * 61}, {"login": ""}, {"login": "a b"}, {"login": "head"},
              {"login": "x" * 61}, {"phone": "abc"}, {"email": "nowhere"}, {"password": "x"}],
)  # fmt: skip
def test_what_cannot_be_kept_about_a_person_is_refused(app, sign_in, ids, wrong):
    assert sign_in("admin").post("/people/new", data=NEW | wrong).status_code == 422
    with app.app_context():
        assert db.session.query(Person).count() == len(ids)


POST = {"unit": "1", "kind": "member", "title": "教师", "starts_on": "2026-09-01", "ends_on": ""}


@pytest.mark.parametrize(
    "wrong", [{"unit": ""}, {"unit": "999999"}, {"kind": "king"}, {"starts_on": "x"}, {"ends_on": "2026-08-31"},
              {"title": "职" * 61}],
)  # fmt: skip
def test_a_post_that_cannot_be_is_refused(app, sign_in, ids, wrong):
    assert sign_in("admin").post(f"/people/{ids['head']}/posts", data=POST | wrong).status_code == 422
    with app.app_context():
        assert len(person("head").posts) == 1


def test_a_post_ends_with_a_day_and_the_seat_is_gone_the_day_after(app, sign_in, ids):
    with app.app_context():
        post, yesterday = person("head").posts[0].id, today() - timedelta(days=1)
    admin = sign_in("admin")
    assert admin.post(f"/posts/{post}/end", data={"ends_on": "2019-12-31"}).status_code == 422
    assert admin.post(f"/posts/{post}/end", data={"ends_on": yesterday.isoformat()}).status_code == 303
    with app.app_context():
        assert person("head").seats == ()
        assert db.session.get(Post, post).ends_on == yesterday


def test_a_deputy_stands_in_for_some_days_and_can_be_called_back(app, sign_in, ids):
    admin = sign_in("admin")
    with app.app_context():
        days = {"starts_on": today().isoformat(), "ends_on": (today() + timedelta(days=7)).isoformat()}
    path = f"/people/{ids['head']}/deputies"
    for wrong in ({"deputy": "head"}, {"deputy": "nobody"}, {"ends_on": "2020-01-01"}, {"starts_on": ""}):
        assert admin.post(path, data={"deputy": "teacher", **days} | wrong).status_code == 422
    assert admin.post(path, data={"deputy": "孙晓", **days}).status_code == 303
    with app.app_context():
        assert person("teacher").sits("head", person("head").posts[0].unit_id)
        row = db.session.query(Deputy).one().id
    assert admin.post(f"/deputies/{row}/end").status_code == 303
    with app.app_context():
        assert not person("teacher").sits("head", person("head").posts[0].unit_id)


def test_activation_codes_are_printed_once_and_kept_only_as_a_hash(app, sign_in, ids):
    answer = sign_in("admin").post("/people/codes", data={"person": [ids["head"], ids["owner"]]})
    assert answer.status_code == 200
    assert all(said in answer.text for said in ("李秀云", "张明远", "/activate", "head", "owner"))
    code = answer.text.split('card-code">')[1].split("<")[0]
    with app.app_context():
        assert codes.whose(code.lower().replace("-", " "), now()).login in ("head", "owner")
        assert code not in person("head").activation_hash
        assert codes.whose(code, now() + timedelta(days=15)) is None


def test_a_new_code_ends_the_old_password_and_every_sign_in(app, sign_in, ids):
    head, admin = sign_in("head"), sign_in("admin")
    assert head.get("/units").status_code == 200
    admin.post("/people/codes", data={"person": ids["head"]})
    assert head.get("/units").status_code == 303
    with app.app_context():
        assert person("head").password_hash == ""


def test_a_disabled_account_is_signed_out_everywhere_and_gets_no_code(app, sign_in, ids):
    head, admin = sign_in("head"), sign_in("admin")
    assert admin.post(f"/people/{ids['head']}/disable").status_code == 303
    assert head.get("/units").status_code == 303
    assert admin.post("/people/codes", data={"person": ids["head"]}).status_code == 422
    admin.post(f"/people/{ids['head']}/enable")
    with app.app_context():
        assert person("head").active


def test_the_last_administrator_cannot_be_lost(app, sign_in, ids):
    admin = sign_in("admin")
    assert admin.post(f"/people/{ids['admin']}/disable").status_code == 422
    assert admin.post(f"/people/{ids['admin']}", data={"name": "管理员", "login": "admin"}).status_code == 422
    with app.app_context():
        assert (person("admin").active, person("admin").is_admin) == (True, True)


PATHS = [
    ("GET", "/people"), ("GET", "/people/new"), ("POST", "/people/new"), ("GET", "/people/{head}"),
    ("POST", "/people/{head}"), ("POST", "/people/{head}/posts"), ("POST", "/posts/1/end"),
    ("POST", "/people/{head}/deputies"), ("POST", "/deputies/1/end"), ("POST", "/people/{head}/disable"),
    ("POST", "/people/{head}/enable"), ("POST", "/people/codes"), ("GET", "/people/codes"),
    ("GET", "/people/import"), ("POST", "/people/import"), ("POST", "/people/import/confirm"),
    ("GET", "/people/import/template.xlsx"),
]  # fmt: skip


@pytest.mark.parametrize("method, path", PATHS)
def test_nobody_but_administrators_keeps_people(client, sign_in, ids, method, path):
    assert sign_in("leader").open(path.format(**ids), method=method).status_code == 403
    assert client.open(path.format(**ids), method=method).status_code == 303


def test_a_long_list_goes_on_on_the_next_page(app, sign_in):
    with app.app_context(), unit_of_work():
        db.session.add_all(
            Person(login=f"p{n:03d}", name=f"人员{n}", folded=f"人员{n} p{n:03d}", created_at=now()) for n in range(120)
        )
    admin = sign_in("admin")
    first = admin.get("/people?q=人员").text
    assert "p099" in first
    assert "p100" not in first
    assert "p119" in admin.get("/people?q=人员&after=p099").text


def test_an_administrator_does_not_throw_herself_out_with_a_code(sign_in, ids):
    admin = sign_in("admin")
    assert admin.post("/people/codes", data={"person": ids["admin"]}).status_code == 422
    assert admin.get("/people").status_code == 200


@pytest.mark.parametrize("data", [{}, {"person": "x"}, {"person": "999999"}, {"person": list(range(1, 102))}])
def test_codes_for_nobody_or_for_too_many_are_refused(sign_in, data):
    assert sign_in("admin").post("/people/codes", data=data).status_code == 422
