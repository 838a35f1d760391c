"""The tree of units: who reads it, who changes it, and what moves along."""

from __future__ import annotations

import pytest

from app.clock import today
from app.db import db
from app.tasks.models import Task
from app.tasks.moving import move
from app.units.models import Unit
from tests import story


def unit(code):
    return db.session.query(Unit).filter_by(code=code).one()


@pytest.fixture
def ids(app):
    with app.app_context():
        return {u.code: u.id for u in db.session.query(Unit)}


FACTS = {"name": "东山小学", "kind": "school", "code": "", "aliases": "东小，旧校", "has_account": "y"}


def test_an_administrator_adds_a_unit_below_another(app, sign_in, ids):
    answer = sign_in("admin").post("/units/new", data=FACTS | {"parent": ids["east"]})
    assert answer.status_code == 303
    with app.app_context():
        made = db.session.query(Unit).filter_by(name="东山小学").one()
        assert made.path == f"{unit('east').path}{made.id}/"
        assert (made.code, made.other_names, made.has_account) == (f"U{made.id:04d}", ["东小", "旧校"], True)


def test_a_unit_is_found_by_its_former_name_and_in_traditional_characters(sign_in, ids):
    admin = sign_in("admin")
    admin.post("/units/new", data=FACTS | {"parent": ids["east"]})
    assert "东山小学" in admin.get("/units?q=舊校").text
    assert "东山小学" not in admin.get("/units?q=北山").text


@pytest.mark.parametrize("path", ["/units/new", "/units/{first}/edit", "/units/{first}/move",
                                  "/units/{first}/close", "/units/{first}/reopen"])  # fmt: skip
@pytest.mark.parametrize("login", ["head", "leader", "inspector"])
def test_nobody_else_changes_units(app, sign_in, ids, path, login):
    answer = sign_in(login).post(path.format(**ids), data=FACTS)
    assert answer.status_code == 403
    with app.app_context():
        assert unit("first").name == "清河县第一小学"


@pytest.mark.parametrize("path", ["/units", "/units/new", "/units/1", "/units/1/edit"])
def test_strangers_sign_in_first(client, path):
    assert client.get(path).status_code == 303


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"name": "校" * 121}, {"kind": "castle"}, {"code": "first"}, {"code": "x" * 41},
              {"parent": "999999"}, {"parent": "x"}, {"colour": "red"}],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_and_stays_typed(app, sign_in, ids, wrong):
    answer = sign_in("admin").post("/units/new", data=FACTS | {"parent": ids["east"]} | wrong)
    assert answer.status_code == 422
    assert "旧校" in answer.text
    with app.app_context():
        assert db.session.query(Unit).count() == len(ids)


def test_a_unit_is_renamed_and_keeps_its_former_name(app, sign_in, ids):
    given = {"name": "清河实验小学", "kind": "school", "code": "first", "aliases": "清河县第一小学"}
    assert sign_in("admin").post(f"/units/{ids['first']}/edit", data=given).status_code == 303
    with app.app_context():
        assert (unit("first").name, unit("first").has_account) == ("清河实验小学", False)
        assert unit("first").aliases == "|清河县第一小学|"


def test_moving_a_unit_takes_its_subtree_and_their_tasks_along(cast):
    finding = story.issued(cast)
    task_id, east, west = finding.task.id, cast.units["east"], cast.units["west"]
    move(east, west)
    db.session.flush()
    db.session.expire_all()
    school = unit("first")
    assert school.path == f"{unit('west').path}{east.id}/{school.id}/"
    assert db.session.get(Task, task_id).unit_path == school.path
    assert unit("north").path.startswith(unit("west").path)


def test_whoever_supervises_the_new_place_sees_the_findings_at_once(app, sign_in, ids):
    with app.app_context():
        from app.db import unit_of_work
        from tests.cast import Cast

        with unit_of_work():
            story.issued(Cast())
    westerner, admin = sign_in("westerner"), sign_in("admin")
    assert westerner.get(f"/units/{ids['first']}").status_code == 404
    assert admin.post(f"/units/{ids['first']}/move", data={"parent": ids["west"]}).status_code == 303
    assert "围墙开裂" in westerner.get(f"/units/{ids['first']}").text
    assert sign_in("district").get(f"/units/{ids['first']}").status_code == 404


@pytest.mark.parametrize("below", ["east", "first"])
def test_a_unit_cannot_stand_below_itself(app, sign_in, ids, below):
    assert sign_in("admin").post(f"/units/{ids['east']}/move", data={"parent": ids[below]}).status_code == 422
    with app.app_context():
        assert unit("east").parent.code == "bureau"


def test_a_unit_with_open_units_below_stays_open(app, sign_in, ids):
    admin, day = sign_in("admin"), {"closed_on": today_in(app)}
    assert admin.post(f"/units/{ids['east']}/close", data=day).status_code == 422
    assert admin.post(f"/units/{ids['stone']}/close", data=day).status_code == 303
    assert admin.post(f"/units/{ids['stone']}/close", data={"closed_on": "2999-01-01"}).status_code == 422
    with app.app_context():
        assert (unit("east").closed_on, unit("stone").closed_on) == (None, today())
    admin.post(f"/units/{ids['stone']}/reopen")
    with app.app_context():
        assert unit("stone").closed_on is None


def today_in(app):
    with app.app_context():
        return today().isoformat()


def test_everybody_reads_the_tree_as_far_as_her_posts_reach(sign_in):
    seen = sign_in("head").get("/units").text
    assert "清河县第一小学" in seen
    assert "柳溪小学" not in seen
    assert "白沙小学" not in sign_in("county").get("/units").text
    assert "白沙小学" in sign_in("admin").get("/units").text
