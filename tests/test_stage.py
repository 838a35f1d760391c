"""The stage itself is honest: requests share nothing."""

from __future__ import annotations

import sqlalchemy as sa

from app.db import beside, db, unit_of_work
from app.units.models import Unit


def test_two_browsers_never_see_each_others_user(app, sign_in):
    head, leader = sign_in("head"), sign_in("leader")
    assert "李秀云" in head.get("/").text
    assert "周明达" in leader.get("/").text
    assert "李秀云" in head.get("/").text
    assert "/login" in app.test_client().get("/").location


def test_what_a_request_did_not_commit_is_gone_with_it(app, sign_in):
    browser = sign_in("inspector")
    refused = browser.post("/inspections/new", data={"purpose": "没有写全"})
    assert refused.status_code == 422
    with app.app_context():
        assert db.session.execute(sa.text("SELECT count(*) FROM inspections")).scalar() == 0


def test_what_was_only_read_before_does_not_stand_in_the_way_of_writing(app):
    with app.app_context():
        read = db.session.query(Unit).filter_by(code="first").one()
        with beside() as somebody_else:
            somebody_else.execute(db.text("UPDATE units SET aliases = '|一小|' WHERE code = 'willow'"))
        with unit_of_work():
            read.aliases = "|县一小|"
        assert sorted(unit.aliases for unit in db.session.query(Unit) if unit.aliases) == ["|一小|", "|县一小|"]
