"""Measures on the web: planned for one or several findings, changed, and refused when something is wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.clock import today
from app.db import db, unit_of_work
from app.findings.models import Finding
from app.measures.models import Measure
from tests import story
from tests.cast import Cast


@pytest.fixture
def planning(app) -> int:
    """The task of a finding whose measures are being set."""
    with app.app_context(), unit_of_work():
        return story.planning(Cast()).task.id


def form(app, **fields) -> dict[str, str]:
    with app.app_context():
        known = {"text": "重砌围墙", "kind": "repair", "owner": str(Cast().owner.id)}
        return known | {"due_on": (today() + timedelta(days=5)).isoformat()} | fields


def test_a_planned_measure_stands_on_the_findings_page(app, sign_in, planning):
    browser = sign_in("owner")
    answer = browser.post(f"/tasks/{planning}/measures/new", data=form(app, budget="1200.50"))
    assert answer.status_code == 303
    page = browser.get(answer.location, follow_redirects=True)
    assert "重砌围墙" in page.text
    with app.app_context():
        assert db.session.query(Measure).one().budget == 1200.5


def test_one_measure_may_serve_several_findings_of_its_unit(app, sign_in, planning):
    with app.app_context(), unit_of_work():
        other = story.planning(Cast(), text="档案编目混乱").id
    sign_in("owner").post(f"/tasks/{planning}/measures/new", data=form(app, also=[str(other)]))
    with app.app_context():
        assert len(db.session.query(Measure).one().findings) == 2
        assert all(finding.live_measures for finding in db.session.query(Finding))


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", ""), ("text", "长" * 2001), ("due_on", "2020-01-01"), ("due_on", "soon"), ("owner", "999999"),
     ("kind", "magic"), ("budget", "-1"), ("state", "done")],
)  # fmt: skip
def test_a_wrong_field_is_refused_and_what_was_typed_is_kept(app, sign_in, planning, field, value):
    answer = sign_in("owner").post(f"/tasks/{planning}/measures/new", data=form(app, **{"budget": "77", field: value}))
    assert answer.status_code == 422
    assert field == "budget" or 'value="77"' in answer.text
    with app.app_context():
        assert db.session.query(Measure).count() == 0


def test_only_the_responsible_side_plans_measures(app, sign_in, planning):
    assert sign_in("teacher").post(f"/tasks/{planning}/measures/new", data=form(app)).status_code == 404
    assert sign_in("inspector").post(f"/tasks/{planning}/measures/new", data=form(app)).status_code == 403
    assert sign_in("stranger").get(f"/tasks/{planning}/measures/new").status_code == 404


def test_a_stale_page_answers_with_both_texts(app, sign_in, planning):
    browser = sign_in("owner")
    browser.post(f"/tasks/{planning}/measures/new", data=form(app, seen="1"))
    with app.app_context():
        version = db.session.query(Finding).one().task.version
    browser.post(f"/tasks/{planning}/measures/new", data=form(app, seen=str(version)))
    answer = browser.post(f"/tasks/{planning}/measures/new", data=form(app, seen=str(version), text="再加一道护栏"))
    assert answer.status_code == 409
    assert "再加一道护栏" in answer.text


def test_a_changed_measure_raises_the_version_of_its_findings(app, sign_in, planning):
    with app.app_context(), unit_of_work():
        finding = db.session.query(Finding).one()
        measure = story.planned(finding, Cast())
        task_id, before = measure.task.id, finding.task.version
    answer = sign_in("owner").post(f"/tasks/{task_id}/measure", data=form(app, text="先加固再重砌"))
    assert answer.status_code == 303
    with app.app_context():
        assert db.session.query(Measure).one().text == "先加固再重砌"
        assert db.session.query(Finding).one().task.version > before


def test_a_measure_speaks_json(app, sign_in, planning):
    with app.app_context(), unit_of_work():
        measure_id = story.planned(db.session.query(Finding).one(), Cast()).id
    said = sign_in("owner").get(f"/measures/{measure_id}", headers={"Accept": "application/json"}).json
    assert said["text"] == "拆除并重砌围墙"
    assert [offer["step"] for offer in said["offers"] if offer["missing"]] == ["finish"]
