"""Nothing is changed about the house without a line that says who, when, and from what to what."""

from __future__ import annotations

from io import BytesIO

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from app.acts.models import Act
from app.clock import today
from app.db import db, unit_of_work
from app.papers import rendering
from app.people import template
from app.units import actions as units
from tests import matrix
from tests.cast import Cast
from tests.people.keys import change

JSON = {"Accept": "application/json"}
UNIT = {"name": "柳溪中心小学", "kind": "school", "code": "willow", "aliases": "", "has_account": "y"}
RUNG = {"rungs-0-days": "3", "rungs-0-side": "after", "rungs-0-kind": "urging", "rungs-0-light": "red",
        "rungs-0-hears": ["holder"], "anyway": "y"}  # fmt: skip
ROBOT = {"kind": "webhook", "name": "值班群", "address": "https://93.184.215.14/in", "secret": "0123456789abcdef"}
PERSON = {"name": "孙晓", "login": "teacher", "phone": "18600001402", "email": ""}


def sent(places: dict[str, int], cast: Cast) -> dict[str, dict[str, object]]:
    """For every administrator's button a form that goes through, and by which act it is kept."""
    day = today().isoformat()
    return {
        "/calendars/days": {"starts_on": "2026-02-01", "ends_on": "2026-02-03", "kind": "off", "note": "寒假"},
        "/calendars/<int:year>/list": {"text": "2025-10-01至2025-10-08 休 国庆"},
        "/calendars/<int:year>/seed": {}, "/calendars/<int:year>/confirm": {},
        "/units/new": {"name": "新城小学", "kind": "school", "parent": str(cast.units["east"].id), "has_account": "y"},
        "/units/<int:unit_id>/edit": UNIT | {"name": "旧校二部", "code": "old"},
        "/units/<int:unit_id>/move": {"parent": str(cast.units["west"].id)},
        "/units/<int:unit_id>/close": {"closed_on": day}, "/units/<int:unit_id>/reopen": {},
        "/people/new": {"name": "宋青", "login": "song"}, "/people/<int:person_id>": PERSON,
        "/people/<int:person_id>/posts": {"unit": str(cast.units["first"].id), "kind": "member", "starts_on": day},
        "/people/<int:person_id>/deputies": {"deputy": "owner", "starts_on": day, "ends_on": day},
        "/deputies/<int:deputy_id>/end": {}, "/posts/<int:post_id>/end": {"ends_on": day},
        "/people/<int:person_id>/disable": {}, "/people/<int:person_id>/enable": {},
        "/people/codes": {"person": [str(places["person_id"])]},
        "/ladders/<int:ladder_id>": RUNG, "/ladders/<int:ladder_id>/copy": {"name": "校园安全"},
        "/ladders/<int:ladder_id>/choose": {"weight": "major"}, "/ladders/choices/<int:choice_id>/remove": {},
        "/clocks": {"state": "finding.planning", "days": "3", "unit": "working", "source": "清教督〔2026〕5号"},
        "/clocks/open": {"why": "办法修订"}, "/clocks/<int:clock_id>/remove": {},
        "/papers/templates/<kind>": {"file": (BytesIO(rendering.shipped("notice")), "通知书.docx")},
        "/papers/templates/<kind>/ours": {}, "/papers/marks/<int:unit_id>": {"mark": "青教督"},
        "/channels": ROBOT | {"unit": str(cast.units["first"].id)},
        "/channels/<int:channel_id>": {"name": "校园安全群", "unit": str(cast.units["first"].id)},
        "/channels/<int:channel_id>/test": {}, "/channels/<int:channel_id>/pause": {},
        "/notices/<int:message_id>/again": {}, "/channels/<int:channel_id>/remove": {},
        "/hours": {"name": "office", "starts": "08:30", "ends": "17:30", "source": "作息制度"},
        "/hours/office/remove": {},
        "/screens": {"name": "大厅", "unit": str(cast.units["bureau"].id)}, "/screens/<int:screen_id>/revoke": {},
    }  # fmt: skip


NOT_AN_ACT = {
    "/people/import", "/people/import/confirm",  # the one writes nothing, the other has a test of its own
    "/jobs/recheck",  # the work itself keeps who asked for it
    "/watch/audit", "/watch/alerts/<int:alert_id>/settle",  # they look, and change nothing about the house
}  # fmt: skip


def admins(app) -> set[str]:
    """Every address with which only administrators change something."""
    rows = matrix.expected()
    others = [who for who in matrix.ASKING if who not in ("nobody", "admin")]
    posts = {rule: {row[who] for who in others} for (method, rule), row in rows.items() if method == "POST"}
    return {rule for rule, answers in posts.items() if answers == {"403"}} - NOT_AN_ACT


def acts(app) -> list[Act]:
    with app.app_context():
        return db.session.query(Act).order_by(Act.id).all()


def test_no_button_of_an_administrator_works_without_leaving_a_line(app, sign_in, places):
    with app.app_context(), unit_of_work():
        places["year"] = 2025
        db.session.execute(sa.text("DELETE FROM calendar_years"))
        places["unit_id"] = units.create(Cast().units["east"], kind="school", name="旧校", code="old").id
        forms = sent(places, Cast())
    browser = sign_in("admin")
    assert {rule.replace("<name>", "office") for rule in admins(app)} <= set(forms), (
        "a new button of administrators needs a row here, and an act"
    )
    for rule, form in forms.items():
        before = len(acts(app))
        address = matrix_address(rule, places)
        answer = browser.post(address, data=form)
        assert answer.status_code in (200, 201, 303), (rule, answer.text[-1500:])
        assert len(acts(app)) > before, rule
        assert acts(app)[-1].actor_name == "管理员"


def matrix_address(rule: str, places: dict[str, int]) -> str:
    for name, value in places.items():
        rule = rule.replace(f"<int:{name}>", str(value)).replace(f"<{name}>", str(value))
    return rule


def test_a_line_says_what_it_was_and_what_it_became(app, sign_in):
    with app.app_context():
        willow, teacher = Cast().units["willow"].id, Cast().teacher.id
    browser = sign_in("admin")
    assert browser.post(f"/units/{willow}/edit", data=UNIT).status_code == 303
    assert browser.post(f"/people/{teacher}", data=PERSON).status_code == 303
    renamed, phoned = browser.get("/acts", headers=JSON).json["acts"][::-1]
    said = [renamed[part] for part in ("actor", "what", "about", "name")]
    assert said == ["管理员", "edit", "unit", "柳溪小学"]
    assert (renamed["before"], renamed["after"]) == ({"name": "柳溪小学"}, {"name": "柳溪中心小学"})
    assert (phoned["before"], phoned["after"]) == ({"phone": ""}, {"phone": "***"})
    page = browser.get("/acts").text
    assert "柳溪小学 → 柳溪中心小学" in page
    assert "1402" not in page
    only = browser.get(f"/acts?about=person&id={teacher}", headers=JSON).json["acts"]
    assert [act["about_id"] for act in only] == [teacher]


def test_saving_without_a_change_leaves_no_line(app, sign_in):
    with app.app_context():
        willow = Cast().units["willow"].id
    sign_in("admin").post(f"/units/{willow}/edit", data=UNIT | {"name": "柳溪小学"})
    assert acts(app) == []


def test_a_refused_form_leaves_no_line(app, sign_in):
    assert sign_in("admin").post("/units/new", data={"name": ""}).status_code == 422
    assert acts(app) == []


def test_an_import_and_the_command_line_leave_their_lines_too(app, sign_in):
    browser = sign_in("admin")
    answer = browser.post("/people/import", data={"file": (BytesIO(template.blank()), "table.xlsx")})
    assert answer.status_code in (200, 422)
    change(app, "teacher", active=True)
    app.test_cli_runner().invoke(args=["people", "reset", "teacher"])
    app.test_cli_runner().invoke(args=["people", "disable", "teacher"])
    kept = [(act.what, act.actor_id, act.actor_name, act.about_name) for act in acts(app)]
    assert kept == [("code", None, "", "孙晓"), ("disable", None, "", "孙晓")]


@pytest.mark.parametrize("statement", ["UPDATE acts SET what = 'x'", "DELETE FROM acts"])
def test_the_database_refuses_to_change_or_delete_a_line(app, sign_in, statement):
    sign_in("admin").post("/people/new", data={"name": "宋青", "login": "song"})
    assert [act.what for act in acts(app)] == ["make"]
    with app.app_context(), pytest.raises(DatabaseError, match="append-only"), unit_of_work():
        db.session.execute(sa.text(statement))
    assert len(acts(app)) == 1


def test_many_lines_come_a_page_at_a_time_and_for_administrators_only(app, sign_in):
    browser = sign_in("admin")
    for number in range(51):
        browser.post(f"/calendars/{2026 if number % 2 else 2025}/confirm")
    first = browser.get("/acts", headers=JSON).json
    assert len(first["acts"]) == 50
    assert len(browser.get(first["next"], headers=JSON).json["acts"]) == 1
    assert sign_in("leader").get("/acts").status_code == 403
