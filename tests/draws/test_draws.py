"""Closed findings are drawn by lot, the same list each time, and what is seen stands on both sides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.clock import now
from app.db import db, unit_of_work
from app.draws import lots, queries
from app.draws.models import Draw, Drawn
from app.findings.models import Finding
from tests import story
from tests.cast import Cast
from tests.statements import counted

JSON = {"Accept": "application/json"}
SEEN = {"result": "passed", "remark": "现场查看，围墙完好。"}


@pytest.fixture
def closed(app) -> list[int]:
    """Three closed findings of one school, one of them a hazard; an open one; one closed elsewhere."""
    with app.app_context(), unit_of_work():
        cast = Cast()
        found = [story.closed(cast, text=text, at=now() - timedelta(days=20)) for text in ("甲", "乙", "丙")]
        found[2].task.weight = "serious"
        story.verifying(cast, text="未销号")
        db.session.flush()
        return [finding.id for finding in found]


def drawn(browser, **said):
    with browser.application.app_context():
        unit = Cast().units["first"].id
    return browser.post("/draws/new", data={"unit": unit, "size": 2, "seed": "三月", **said}, headers=JSON)


def test_the_same_seed_criteria_and_moment_give_the_same_list_and_another_seed_another(app, sign_in, closed):
    county = sign_in("county")
    made = county.get(drawn(county).json["url"] + "?again=1", headers=JSON).json
    listed = [one["finding_id"] for one in made["drawn"]]
    assert (made["population"], len(listed), made["same"]) == (3, 2, True)
    assert set(listed) < set(closed)
    with app.app_context():
        of = db.session.get(Draw, made["id"])
        path, at = of.unit.path, of.at
        numbers = dict(queries.closed(path, {}, at))
        by_hand = sorted(closed, key=lambda finding: lots.lot("三月", numbers[finding]))
        assert listed == by_hand[:2]
        orders = {tuple(f for f, _n in lots.drawn_from(numbers.items(), str(seed), 3)[0]) for seed in range(40)}
        assert len(orders) == 6  # every order of three comes up
        assert [f for f, _n in queries.closed(path, {"weight": "serious"}, at)] == closed[2:]
        assert list(queries.closed(path, {}, at - timedelta(days=30))) == []
    with app.app_context(), unit_of_work():
        story.closed(Cast(), text="后来销号的")
    assert county.get(f"/draws/{made['id']}?again=1", headers=JSON).json["same"]


def test_what_held_and_what_came_back_stands_on_both_and_cannot_be_said_twice(app, sign_in, closed):
    inspector = sign_in("inspector")
    made = inspector.get(drawn(inspector).json["url"], headers=JSON).json
    first, second = made["drawn"]
    assert inspector.post(f"/drawn/{first['id']}/result", data=SEEN, headers=JSON).json["result"] == "passed"
    back = {"result": "rebound", "remark": "围墙再次开裂。"}
    new = inspector.post(f"/drawn/{second['id']}/result", data=back, headers=JSON).json["came_back_as"]
    assert "-HT-" in new
    with app.app_context():
        came = db.session.query(Finding).filter_by(recurs_id=second["finding_id"]).one()
        old = db.session.get(Finding, second["finding_id"])
        assert (came.task.number, came.task.state, came.text, came.task.unit.code) == (new, "draft", old.text, "first")
        assert (old.task.state, old.task.entries[-1].facts["looked"]) == ("closed", "rebound")
        came_id = came.id
    assert inspector.post(f"/drawn/{second['id']}/result", data=SEEN).status_code == 409
    page = inspector.get(f"/findings/{second['finding_id']}").get_data(as_text=True)
    assert all(said in page for said in (new, "围墙再次开裂。", "反弹"))
    assert second["number"] in inspector.get(f"/findings/{came_id}").get_data(as_text=True)
    assert "现场查看，围墙完好。" in sign_in("head").get(f"/findings/{first['finding_id']}").get_data(as_text=True)


def test_only_inspectors_who_took_no_part_say_what_was_seen_and_nothing_typed_is_lost(app, sign_in, closed):
    county = sign_in("county")
    made = county.get(drawn(county).json["url"], headers=JSON).json
    one = made["drawn"][0]["id"]
    assert county.post(f"/drawn/{one}/result", data=SEEN).status_code == 403
    for login in ("head", "stranger", "owner"):
        assert sign_in(login).get(f"/draws/{made['id']}").status_code == 404, login
        assert sign_in(login).post(f"/drawn/{one}/result", data=SEEN).status_code == 404, login
    inspector = sign_in("inspector")
    answer = inspector.post(f"/drawn/{one}/result", data={"result": "gone", "remark": "写了很多"})
    assert (answer.status_code, "写了很多" in answer.get_data(as_text=True)) == (422, True)
    assert drawn(sign_in("head")).status_code == 403
    assert drawn(sign_in("westerner")).status_code == 422  # not among the units she supervises
    assert drawn(county, weight="major").status_code == 422  # nothing fits
    with app.app_context():
        assert [one.result for one in db.session.query(Drawn)] == [None, None]


def test_the_command_prints_the_same_list_and_keeps_it_only_when_asked(app, sign_in, closed):
    order = ["draw-closed", "first", "--seed", "三月", "--size", "2"]
    with app.app_context():
        run = app.test_cli_runner().invoke
        printed = run(args=order).output.splitlines()
        assert len(printed) == 3
        assert "2 of 3 closed" in printed[-1]
        assert db.session.query(Draw).count() == 0
        kept = run(args=[*order, "--as", "county"]).output.splitlines()
        assert kept[:2] == printed[:2]
        assert db.session.query(Draw.number).scalar() == kept[-1]
        assert run(args=[*order, "--as", "head"]).exit_code == 1


def test_pages_of_draws_ask_a_bounded_number_of_statements(app, sign_in, closed):
    county = sign_in("county")
    url = drawn(county, size=3).json["url"]
    for address, most in ((url, 6), ("/draws", 5), ("/draws/new", 4)):
        with counted(app) as sent:
            assert county.get(address).status_code == 200
        assert len(sent) <= most, (address, len(sent))
