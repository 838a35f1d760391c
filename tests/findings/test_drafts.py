"""Writing findings down, editing and correcting them, with every kind of bad input."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import insert

from app.clock import today
from app.db import db, unit_of_work
from app.evidence.ours import storage
from app.findings.models import Finding
from app.tasks.entries import broken_links
from app.tasks.refusals import OutOfTurn
from app.units.models import Unit
from tests import story
from tests.cast import Cast
from tests.evidence import pictures
from tests.statements import counted
from workflows.grammar import say


@pytest.fixture
def visit(app) -> int:
    """The task of a visit."""
    with app.app_context(), unit_of_work():
        return story.visit(Cast()).task_id


@pytest.fixture
def units(app) -> dict[str, str]:
    with app.app_context():
        return {unit.code: str(unit.id) for unit in db.session.query(Unit)}


def written(units, **changed):
    return {"text": "灭火器过期", "unit": units["first"], "weight": "ordinary", "track": "deadline"} | changed


def findings(app) -> list[Finding]:
    with app.app_context():
        return db.session.query(Finding).order_by(Finding.id).all()


def in_days(app, days: int) -> str:
    with app.app_context():
        return (today() + timedelta(days=days)).isoformat()


def test_an_inspector_writes_a_finding_down_for_three_schools_at_once(app, sign_in, visit, units):
    given = written(
        units, also=[units["willow"], units["north"]], deadline_on=in_days(app, 20), supporters=[units["office"]]
    )
    browser = sign_in("inspector")
    assert browser.post(f"/tasks/{visit}/findings/new", data=given).status_code == 303
    shown = browser.get("/notices").text  # whatever page comes next
    with app.app_context():
        made = db.session.query(Finding).all()
        assert all(f.task.number in shown for f in made)
        assert {f.task.unit.code for f in made} == {"first", "willow", "north"}
        assert len({f.group_key for f in made}) == 1
        assert len({f.task_id for f in made}) == 3
        assert all(f.task.parties_as("supporter")[0].unit.code == "office" for f in made)


def test_a_double_click_writes_one_finding(app, sign_in, visit, units):
    browser = sign_in("inspector")
    for _click in range(2):
        assert browser.post(f"/tasks/{visit}/findings/new", data=written(units)).status_code == 303
    assert len(findings(app)) == 1
    for changed in ({"unit": units["willow"]}, {"place": "二层"}, {"also": [units["north"]]}):
        for _click in range(2):  # the same words elsewhere are another finding, however quickly they follow
            assert browser.post(f"/tasks/{visit}/findings/new", data=written(units) | changed).status_code == 303
    with app.app_context():
        made = [(f.task.unit_id, f.place) for f in db.session.query(Finding)]
    assert len(made) == 5
    assert len(set(made)) == 4


BAD = [
    ("missing", {"text": ""}), ("blank", {"text": "   "}), ("too long", {"text": "长" * 2001}),
    ("wrong type", {"deadline_on": "soon"}), ("past date", {"deadline_on": "2020-01-01"}),
    ("foreign id", {"unit": "999999"}), ("wrong choice", {"weight": "huge"}), ("unknown field", {"state": "closed"}),
    ("wrong id", {"supporters": "x"}), ("no such finding", {"recurs": "2020-ZX-0001-01"}),
    ("too long", {"place": "长" * 121}),
]  # fmt: skip


@pytest.mark.parametrize(("case", "changed"), BAD, ids=[f"{name} {next(iter(c))}" for name, c in BAD])
def test_bad_input_is_refused_and_everything_typed_stays(app, sign_in, visit, units, case, changed):
    given = written(units, demand="请立即更换") | changed
    answer = sign_in("inspector").post(f"/tasks/{visit}/findings/new", data=given)
    assert answer.status_code == 422
    assert "请立即更换" in answer.get_data(as_text=True)
    assert findings(app) == []


def test_a_foreign_countys_unit_is_no_choice(app, sign_in, visit, units):
    answer = sign_in("inspector").post(f"/tasks/{visit}/findings/new", data=written(units, unit=units["sands"]))
    assert answer.status_code == 422


def test_refused_fields_are_named_as_json(app, sign_in, visit, units):
    answer = sign_in("inspector").post(
        f"/tasks/{visit}/findings/new", data=written(units, text=""), headers={"Accept": "application/json"}
    )
    assert answer.status_code == 422
    assert list(answer.get_json()["fields"]) == ["text"]


@pytest.mark.parametrize(("login", "status"), [("stranger", 404), ("head", 404), ("county", 403), ("colleague", 200)])
def test_only_the_issuing_side_writes_findings(sign_in, visit, login, status):
    assert sign_in(login).get(f"/tasks/{visit}/findings/new").status_code == status


def test_what_came_back_is_linked_to_what_it_was(app, sign_in, visit, units):
    with app.app_context(), unit_of_work():
        number = story.closed(Cast()).task.number
    sign_in("inspector").post(f"/tasks/{visit}/findings/new", data=written(units, recurs=number))
    with app.app_context():
        assert db.session.query(Finding).filter_by(text="灭火器过期").one().recurs.task.number == number


def test_a_stale_edit_meets_both_texts_and_loses_nothing(app, sign_in, units):
    with app.app_context(), unit_of_work():
        finding = story.draft(Cast())
        task, seen = finding.task_id, finding.task.version
    given = written(units, seen=seen)
    assert (
        sign_in("colleague").post(f"/tasks/{task}/edit-draft", data=given | {"text": "先到的文字"}).status_code == 303
    )
    late = sign_in("inspector").post(f"/tasks/{task}/edit-draft", data=given | {"text": "后到的文字"})
    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "后到的文字" in page
    assert findings(app)[0].text == "先到的文字"


def test_what_a_clash_shows_can_be_sent_again(app, sign_in, units):
    with app.app_context(), unit_of_work():
        finding = story.draft(Cast())
        task, seen = finding.task_id, finding.task.version
    browser, given = sign_in("inspector"), written(units, seen=seen)
    browser.post(f"/tasks/{task}/edit-draft", data=given)
    page = browser.post(f"/tasks/{task}/edit-draft", data=given | {"text": "再改一次"}).get_data(as_text=True)
    fresh = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    assert (
        browser.post(f"/tasks/{task}/edit-draft", data=given | {"text": "再改一次", "seen": fresh}).status_code == 303
    )
    assert findings(app)[0].text == "再改一次"


def test_a_correction_keeps_what_was_said_before(app, sign_in):
    with app.app_context(), unit_of_work():
        finding = story.issued(Cast())
        task, shown = finding.task_id, finding.id
    browser = sign_in("inspector")
    same = {"text": "围墙开裂，有倒塌危险"}
    assert browser.post(f"/tasks/{task}/correct", data=same).status_code == 422
    assert browser.post(f"/tasks/{task}/correct", data={"text": "东侧围墙开裂"}).status_code == 303
    page = sign_in("head").get(f"/findings/{shown}").get_data(as_text=True)
    assert "东侧围墙开裂" in page
    assert "围墙开裂，有倒塌危险" in page


def test_the_school_corrects_nothing(app, sign_in):
    with app.app_context(), unit_of_work():
        task = story.issued(Cast()).task_id
    assert sign_in("head").post(f"/tasks/{task}/correct", data={"text": "没有问题"}).status_code == 403


def photographed(*photos: tuple[bytes, str]):
    return {"photos": [(BytesIO(content), name) for content, name in photos]}


def test_a_finding_comes_with_its_photos_in_one_form(app, sign_in, visit, units):
    sent = written(units) | photographed((pictures.photo(), "墙.jpg"), (pictures.jpeg(), "门.jpg"))
    with counted(app) as statements:
        assert sign_in("inspector").post(f"/tasks/{visit}/findings/new", data=sent).status_code == 303
    assert len(statements) <= 34, "\n".join(statements)
    (finding,) = findings(app)
    with app.app_context():
        kept = db.session.get(Finding, finding.id).task
        assert [(piece.kind, piece.name, piece.sight) for piece in kept.evidence] == [
            ("before", "墙.jpg", "due"), ("before", "门.jpg", "due"),
        ]  # fmt: skip
        assert [entry.step for entry in kept.entries] == ["begin", "add_evidence", "add_evidence"]
        assert broken_links(kept.entries) == []
        assert all(storage().is_sound(piece.sha256, piece.size) for piece in kept.evidence)


def test_what_cannot_be_kept_is_named_and_the_good_photos_and_the_words_come_back(app, sign_in, visit, units):
    browser = sign_in("inspector")
    bad = written(units, text="") | photographed((pictures.jpeg(), "好.jpg"), (b"GIF89a" + bytes(50), "坏.gif"))
    answer = browser.post(f"/tasks/{visit}/findings/new", data=bad)
    assert answer.status_code == 422
    assert "坏.gif" in answer.text
    (mark,) = re.findall(r'name="kept" value="([^"]+)"', answer.text)
    assert findings(app) == []
    stranger = sign_in("district").post(f"/tasks/{visit}/findings/new", data=written(units, kept=mark))
    assert stranger.status_code in (403, 404)
    for _click in range(2):
        assert browser.post(f"/tasks/{visit}/findings/new", data=written(units, kept=mark)).status_code == 303
    (finding,) = findings(app)
    with app.app_context():
        assert [piece.name for piece in db.session.get(Finding, finding.id).task.evidence] == ["好.jpg"]
    forged = browser.post(f"/tasks/{visit}/findings/new", data=written(units, text="另一处", kept=mark + "x"))
    assert forged.status_code == 422


def test_photos_that_were_kept_are_offered_again_when_somebody_was_faster(app, sign_in, visit, units, monkeypatch):
    browser = sign_in("inspector")
    sent = written(units) | photographed((pictures.jpeg(), "墙.jpg"))
    with monkeypatch.context() as raced:
        raced.setattr("app.findings.actions.draft", lose)
        lost = browser.post(f"/tasks/{visit}/findings/new", data=sent)
    assert lost.status_code == 409
    assert "multipart/form-data" in lost.text
    assert "墙.jpg" in lost.text
    (mark,) = re.findall(r'name="kept"[^>]* value="([^"]+)"', lost.text)
    assert browser.post(f"/tasks/{visit}/findings/new", data=written(units, kept=mark)).status_code == 303
    (finding,) = findings(app)
    with app.app_context():
        assert [piece.name for piece in db.session.get(Finding, finding.id).task.evidence] == ["墙.jpg"]


def lose(*_given, **_said):
    raise OutOfTurn(say("Somebody else was faster."))


def test_what_was_typed_into_a_visit_that_was_concluded_is_shown_in_words(app, sign_in, visit, units):
    browser = sign_in("inspector")
    assert sign_in("colleague").post(f"/tasks/{visit}/steps/conclude", data={}).status_code == 303
    late = browser.post(f"/tasks/{visit}/findings/new", data=written(units) | photographed((pictures.jpeg(), "墙.jpg")))
    assert late.status_code == 409
    typed = late.text.split('id="typed"')[1]
    assert "灭火器过期" in typed
    with app.app_context():
        assert db.session.get(Unit, int(units["first"])).name in typed
    assert "<form" not in typed
    assert "墙.jpg" not in typed


@pytest.fixture
def many_units(app) -> None:
    """Two thousand more schools in the county; two of them share a name."""
    with app.app_context(), unit_of_work():
        east = db.session.query(Unit).filter_by(code="east").one()
        first = db.session.query(Unit.id).order_by(Unit.id.desc()).limit(1).scalar() + 1
        names = ["中心小学", "中心小学", *(f"第{number}教学点" for number in range(1998))]
        rows = [
            {"id": first + n, "parent_id": east.id, "kind": "school", "name": name, "code": f"s{n}",
             "path": f"{east.path}{first + n}/"} for n, name in enumerate(names)
        ]  # fmt: skip
        db.session.execute(insert(Unit), rows)


def test_among_two_thousand_units_names_are_typed_and_the_page_stays_light(app, sign_in, visit, many_units):
    browser, address = sign_in("inspector"), f"/tasks/{visit}/findings/new"
    page = browser.get(address).text
    assert page.count("第777教学点") == 1
    assert len(page.encode()) < 200_000
    named = {"unit_named": "第777教学点", "also_named": "第778教学点\n柳溪小学、中心小学（s1）", "supporters_named": ""}
    given = written({"first": ""}) | named
    for wrong, sentence in [
        ({"unit_named": "月亮小学"}, "没有名为“月亮小学”的单位可选"),
        ({"also_named": "白沙小学"}, "没有名为“白沙小学”的单位可选"),
        ({"supporters_named": "中心小学"}, "s0、s1"), ({"unit_named": ""}, "请先选择责任单位"),
    ]:  # fmt: skip
        refused = browser.post(address, data=given | wrong)
        assert (refused.status_code, sentence in refused.text) == (422, True), wrong
        assert "柳溪小学、中心小学（s1）" in refused.text or "also_named" in wrong
    assert findings(app) == []
    assert browser.post(address, data=given).status_code == 303
    with app.app_context():
        made = db.session.query(Finding).order_by(Finding.id).all()
        assert made[0].task.unit.name == "第777教学点"
        assert {f.task.unit.code for f in made[1:]} == {"willow", "s1", "s780"}
        task_id = made[0].task_id
    draft = f"/tasks/{task_id}/edit-draft"
    page = browser.get(draft).text
    assert 'value="第777教学点"' in page.partition("</datalist>")[2]
    seen = {"seen": re.search(r'name="seen"[^>]* value="(\d+)"', page)[1]}
    assert browser.post(draft, data=given | seen | {"unit_named": ""}).status_code == 422  # "also" is for new ones
    named = {"unit_named": "第779教学点", "supporters_named": "柳溪小学"}
    assert browser.post(draft, data=written({"first": ""}) | seen | named).status_code == 303
    with app.app_context():
        changed = db.session.query(Finding).order_by(Finding.id).first()
        assert changed.task.unit.name == "第779教学点"
        assert [party.unit.name for party in changed.task.parties_as("supporter")] == ["柳溪小学"]
