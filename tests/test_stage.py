"""The stage itself is honest: requests share nothing, and looking changes nothing."""

from __future__ import annotations

import sqlalchemy as sa

from app.db import Base, beside, db, unit_of_work
from app.units.models import Unit
from tests import matrix

WATCHED = ("sign_ins", "attempts", "accesses")  # access is written beside the request, never by what it shows


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


def counts(app) -> dict[str, int]:
    with app.app_context():
        tables = [table for table in Base.metadata.sorted_tables if table.name not in WATCHED]
        return {t.name: db.session.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in tables}


def test_no_page_changes_a_row_by_being_looked_at(app, sign_in):
    places = matrix.scene(app)
    before = counts(app)
    for login in ("owner", "inspector", "leader", "admin"):
        browser = sign_in(login)
        for method, rule in matrix.routes(app):
            if method == "GET":
                matrix.ask(browser, method, rule, places)
    assert counts(app) == before


def test_what_was_only_read_before_does_not_stand_in_the_way_of_writing(app):
    with app.app_context():
        read = db.session.query(Unit).filter_by(code="first").one()
        with beside() as somebody_else:
            somebody_else.execute(db.text("UPDATE units SET aliases = '|一小|' WHERE code = 'willow'"))
        with unit_of_work():
            read.aliases = "|县一小|"
        assert sorted(unit.aliases for unit in db.session.query(Unit) if unit.aliases) == ["|一小|", "|县一小|"]
