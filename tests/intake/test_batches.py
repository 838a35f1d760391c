"""Batches: the same list twice changes nothing, a changed one shows what changed, and a whole one can be taken back."""

from __future__ import annotations

import re

from app.clock import now
from app.db import db, unit_of_work
from app.findings.models import Finding
from app.intake.models import Batch, Taken
from app.steps.actions import take
from tests.cast import Cast
from tests.intake.books import book, row, send, sent, usual
from tests.intake.pasting import count, fields
from tests.intake.pasting import row as shown_row

JSON = {"Accept": "application/json"}


def taken_in(browser, url, look, content, name="台账.xlsx", **more):
    """The list is sent, and everything ticked in it is written down."""
    page = send(browser, url, content, name)
    went = browser.post(page.request.path, data=fields(page.text) | {"do": "confirm"} | more)
    assert went.status_code == 303, went.text[-2000:]
    return page.text


def states(app) -> list[str]:
    with app.app_context():
        return [one.task.state for one in db.session.query(Finding).order_by(Finding.seq)]


def test_the_same_file_a_second_time_changes_nothing_and_says_so(app, inspector, url, look):
    content = usual(3)
    taken_in(inspector, url, look, content)
    again = inspector.post(url, data=sent(content, "同一本.xlsx"))
    assert again.status_code == 200
    assert "许文清" in again.text
    assert inspector.post(url, data=sent(content), headers=JSON).json["already"] is True
    assert (count(app), count(app, Batch)) == (3, 1)


def test_a_changed_file_shows_new_changed_and_gone_and_takes_only_what_is_ticked(app, inspector, url, look):
    taken_in(inspector, url, look, usual(5))
    later = [row(1), row(2, text="第2间教室的灭火器已经报废,须全部更换"), row(3, due="2027-06-30"), row(5), row(6)]
    page = send(inspector, url, book(later), "台账(2).xlsx").text
    ticked = [name for name in fields(page) if name.endswith("-take")]
    assert ticked == ["rows-1-take", "rows-2-take", "rows-4-take"]
    assert "twin" not in shown_row(page, "problem", 1), "what it came to be is no double of it"
    assert "2027-06-30" in re.search(r"<ins>([^<]*)</ins>", shown_row(page, "problem", 3)).group(1)
    with app.app_context():
        fourth = db.session.query(Finding).filter_by(seq=4).one().id
    assert f'name="gone" value="{fourth}"' in page
    answer = fields(page) | {"gone": str(fourth), "do": "confirm"}
    answer.pop("rows-2-take")
    went = inspector.post("/tasks/1/previews/2", data=answer)
    assert went.status_code == 303
    with app.app_context():
        findings = db.session.query(Finding).order_by(Finding.seq).all()
        assert [one.task.state for one in findings] == ["draft", "draft", "draft", "withdrawn", "draft", "draft"]
        assert findings[1].text == "第2间教室的灭火器已经报废,须全部更换"
        assert findings[2].deadline_on.isoformat() == "2027-03-04", "it was not ticked"
        assert [(one.taken, len(one.changes)) for one in db.session.query(Batch).order_by(Batch.id)] == [(5, 0), (1, 2)]
        assert db.session.query(Taken).count() == 6


def test_what_is_issued_already_is_shown_but_not_changed_by_a_list(app, inspector, url, look):
    taken_in(inspector, url, look, usual(2))
    with app.app_context(), unit_of_work():
        take(db.session.query(Finding).filter_by(seq=1).one().task, "issue", Cast().inspector, now=now())
    page = send(inspector, url, book([row(1, text="第1间教室的灭火器压力不足,两只已失效"), row(2), row(3)])).text
    assert [name for name in fields(page) if name.endswith("-take")] == ["rows-2-take"]
    sneaked = fields(page) | {"rows-0-take": "y", "do": "confirm"}
    assert inspector.post("/tasks/1/previews/2", data=sneaked).status_code == 303
    with app.app_context():
        assert db.session.query(Finding).filter_by(seq=1).one().text == "第1间教室的灭火器压力不足,未按月检查"
    assert count(app) == 3


def test_a_whole_list_is_taken_back_and_can_be_taken_in_anew(app, inspector, url, look):
    content = usual(3)
    taken_in(inspector, url, look, content)
    assert "台账.xlsx" in inspector.get("/tasks/1/batches").text
    assert inspector.get("/intake/batches/1/original").data == content
    assert inspector.post("/intake/batches/1/undo").status_code == 303
    assert states(app) == ["withdrawn"] * 3
    assert inspector.post("/intake/batches/1/undo").status_code == 422, "it was taken back already"
    taken_in(inspector, url, look, content)
    assert states(app) == ["withdrawn"] * 3 + ["draft"] * 3


def test_taking_back_puts_changed_drafts_as_they_were(app, inspector, url, look):
    taken_in(inspector, url, look, usual(2))
    taken_in(inspector, url, look, book([row(1, text="第1间教室的灭火器压力不足,两只已失效"), row(2)]))
    assert inspector.post("/intake/batches/2/undo").status_code == 303
    with app.app_context():
        first = db.session.query(Finding).filter_by(seq=1).one()
        assert (first.text, first.task.state) == ("第1间教室的灭火器压力不足,未按月检查", "draft")
        assert db.session.get(Taken, first.id).said["text"] == first.text


def test_once_something_moved_on_nothing_is_taken_back_and_it_is_named(app, inspector, url, look):
    taken_in(inspector, url, look, usual(3))
    with app.app_context(), unit_of_work():
        take(db.session.query(Finding).filter_by(seq=2).one().task, "issue", Cast().inspector, now=now())
    refused = inspector.post("/intake/batches/1/undo")
    assert refused.status_code == 422
    assert "2026-ZX-0001-02" in refused.text
    assert states(app) == ["draft", "issued", "draft"]


def test_issuing_at_once_sends_what_is_ready_and_lists_the_rest_with_reasons(app, inspector, url, look):
    page = send(inspector, url, book([row(1), row(2, due=""), row(3)])).text
    went = inspector.post(look, data=fields(page) | {"do": "issue"})
    assert went.location == "/intake/batches/1"
    shown = inspector.get(went.location).text
    assert states(app) == ["issued", "draft", "issued"]
    staying = shown[shown.index('id="staying"') :]
    assert "2026-ZX-0001-02" in staying[: staying.index("</section>")]


def test_whole_lists_are_for_those_who_oversee_the_visit(app, sign_in, inspector, url, look):
    taken_in(inspector, url, look, usual(1))
    for path in ("/tasks/1/batches", "/intake/batches/1", "/intake/batches/1/original"):
        answers = {who: sign_in(who).get(path).status_code for who in ("colleague", "leader", "head", "stranger")}
        assert answers == {"colleague": 200, "leader": 200, "head": 404, "stranger": 404}
    assert sign_in("leader").post("/intake/batches/1/undo").status_code == 403
    assert sign_in("colleague").post("/intake/batches/1/undo").status_code == 303


def test_a_pasted_list_is_kept_word_for_word_too(app, inspector, url, look):
    from tests.intake.pasting import OWN, read

    page = read(inspector, url).text
    inspector.post(look, data=fields(page) | {"do": "confirm"})
    assert inspector.get("/intake/batches/1/original").text == OWN


def test_another_list_of_the_same_name_is_a_list_of_its_own_unless_she_says_otherwise(app, inspector, url, look):
    taken_in(inspector, url, look, usual(3))
    texts = ("食堂留样柜没有上锁", "宿舍疏散门夜间锁闭", "实验室废液没有分类存放")
    page = send(inspector, url, book([row(n, text=words) for n, words in enumerate(texts, 1)]))
    assert [name for name in fields(page.text) if name.endswith("-take")] == [
        "rows-0-take",
        "rows-1-take",
        "rows-2-take",
    ]
    assert 'name="gone"' not in page.text
    where = page.request.path
    inspector.post(where, data=fields(page.text) | {"do": "compare"})
    compared = inspector.get(where).text
    assert "<ins>" in compared, "the number alone makes them the same row"
    inspector.post(where, data=fields(compared) | {"do": "apart"})
    went = inspector.post(where, data=fields(inspector.get(where).text) | {"do": "confirm"})
    assert went.status_code == 303
    assert states(app) == ["draft"] * 6
