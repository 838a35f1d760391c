"""Pasting gone wrong: nothing, nonsense, too much, somebody else's visit, twice, too late; nothing typed is lost."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.clock import now
from app.db import db, unit_of_work
from app.findings.models import Finding
from app.inspections.models import Inspection
from app.intake import previewing
from app.intake.models import Batch, Preview
from app.tasks.perform import perform
from tests import story
from tests.cast import Cast
from tests.intake.books import book
from tests.intake.pasting import OWN, ROWS, count, fields, pasted, read

JSON = {"Accept": "application/json"}


@pytest.mark.parametrize(
    "text", ["", "   \n ", "asdf qwer", "今天天气很好,大家都很高兴。", "检" * 500_000], ids=lambda text: str(len(text))
)
def test_nothing_nonsense_and_too_much_are_answered_in_a_sentence(app, inspector, url, text):
    answer = inspector.post(url, data=pasted(text))
    assert answer.status_code == 422
    assert 'class="wrong"' in answer.text
    assert text.strip()[:20] in answer.text
    assert count(app) == 0


def test_more_problems_than_can_be_checked_are_refused(app, inspector, url, monkeypatch):
    monkeypatch.setattr(previewing, "MOST_ROWS", 19)
    answer = inspector.post(url, data=pasted(ROWS))
    assert answer.status_code == 422
    assert "20" in answer.text
    assert "灭火器压力不足" in answer.text
    assert count(app, Preview) == 0


def test_three_hundred_problems_go_in_at_once(app, inspector, url, look):
    many = "问题\t责任单位\n" + "".join(f"第{n}间教室灭火器过期\t清河县第一小学\n" for n in range(300))
    sent = fields(read(inspector, url, many).text)
    assert inspector.post(look, data=sent | {"do": "confirm"}).status_code == 303
    assert count(app) == 300


def test_signs_that_cannot_be_stored_are_refused(app, inspector, url):
    assert inspector.post(url, data=pasted(OWN + "\x00")).status_code == 422


@pytest.mark.parametrize("name", ["is_admin", "rows-0-state", "rows-99-text", "measures-0-rank"])
def test_an_unknown_field_changes_nothing(app, inspector, url, name, look):
    sent = fields(read(inspector, url).text)
    for do in ("assign", "confirm"):
        assert inspector.post(look, data=sent | {"do": do, name: "1"}).status_code == 422
    assert inspector.post(url, data=pasted(OWN) | {name: "1"}).status_code == 422
    assert count(app) == count(app, Batch) == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("rows-1-text", " "), ("rows-1-text", "长" * 2001), ("rows-1-unit", "无名小学"), ("rows-1-unit", "白沙小学"),
     ("rows-1-deadline_on", "不详"), ("rows-1-deadline_on", "0206-05-10"), ("rows-1-weight", "huge"),
     ("rows-1-meaning", "maybe"), ("measures-0-answers", "6"), ("measures-0-also", "8"), ("measures-0-also", "x"),
     ("measures-0-due_on", "5月"), ("ordinary", "0"), ("unit", "白沙小学")],
)  # fmt: skip
def test_a_wrong_field_is_named_and_everything_else_kept(app, inspector, url, name, value, look):
    sent = fields(read(inspector, url).text)
    answer = inspector.post(look, data=sent | {"rows-2-text": "另一处改过的文字", name: value, "do": "confirm"})
    assert answer.status_code == 422
    assert f'href="#{name}"' in answer.text
    assert "另一处改过的文字" in answer.text
    assert count(app) == count(app, Batch) == 0


def test_a_row_left_out_may_be_wrong(app, inspector, url, look):
    sent = fields(read(inspector, url).text) | {"rows-1-unit": "无名小学", "do": "confirm"}
    sent.pop("rows-1-take")
    assert inspector.post(look, data=sent).status_code == 303
    assert count(app) == 6


def test_nothing_ticked_is_nothing_written(app, inspector, url, look):
    sent = {name: value for name, value in fields(read(inspector, url).text).items() if not name.endswith("-take")}
    assert inspector.post(look, data=sent | {"do": "confirm"}).status_code == 422
    assert count(app, Batch) == 0


def test_rows_of_another_list_are_refused(app, inspector, url, look):
    sent = fields(read(inspector, url).text) | {"raw": ROWS, "do": "confirm"}
    assert inspector.post(look, data=sent).status_code == 422
    assert count(app) == 0


def test_confirming_twice_writes_once(app, inspector, url, look):
    sent = fields(read(inspector, url).text) | {"do": "confirm"}
    first, second = inspector.post(look, data=sent), inspector.post(look, data=sent)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert count(app) == 7
    assert count(app, Batch) == 1


def test_the_same_list_again_says_when_it_was_taken_in(app, inspector, url, look):
    inspector.post(look, data=fields(read(inspector, url).text) | {"do": "confirm"})
    again = read(inspector, url, "\r\n" + OWN.replace("\n", " \r\n"))
    assert "许文清" in again.text
    assert 'value="confirm"' not in again.text
    assert "/inspections/" in again.text


def test_the_same_list_goes_into_another_visit(app, inspector, url, look):
    inspector.post(look, data=fields(read(inspector, url).text) | {"do": "confirm"})
    with app.app_context(), unit_of_work():
        other = story.visit(Cast()).task_id
    read(inspector, f"/tasks/{other}/paste")
    assert count(app) == 7


def test_a_visit_changed_meanwhile_answers_409_with_everything_kept(app, inspector, url, visit, look):
    sent = fields(read(inspector, url).text) | {"rows-2-text": "改过的文字", "do": "confirm"}
    with app.app_context(), unit_of_work():
        cast = Cast()
        story.draft(cast, inspection=db.session.query(Inspection).filter_by(task_id=visit).one())
    stale = inspector.post(look, data=sent)
    assert stale.status_code == 409
    assert "改过的文字" in stale.text
    assert count(app) == 1
    assert inspector.post(look, data=fields(stale.text) | {"do": "confirm"}).status_code == 303
    assert count(app) == 8


def test_a_concluded_visit_takes_nothing_in_but_keeps_the_text(app, inspector, url, visit, look):
    sent = fields(read(inspector, url).text) | {"do": "confirm"}
    with app.app_context(), unit_of_work():
        task = db.session.query(Inspection).filter_by(task_id=visit).one()
        perform(task, "conclude", Cast().inspector, now=now())
    assert inspector.get(url).status_code == 409
    for answer in (inspector.post(url, data=pasted(OWN)), inspector.post(look, data=sent)):
        assert answer.status_code == 409
        assert "阅览室与图书室合用" in answer.text
    assert count(app) == 0


@pytest.mark.parametrize(
    ("login", "status"), [("county", 403), ("leader", 403), ("head", 404), ("stranger", 404), ("sandhead", 404)]
)
def test_only_the_issuing_inspectors_paste(app, sign_in, url, login, status):
    browser = sign_in(login)
    for answer in (browser.get(url), browser.post(url, data=pasted(OWN)), browser.post(url, data={"do": "confirm"})):
        assert answer.status_code == status
    assert count(app) == 0


def test_the_anonymous_sign_in_first(client, url):
    assert client.get(url).status_code in {302, 303, 401}


def test_back_to_the_text_loses_nothing(inspector, url, look):
    sent = fields(read(inspector, url, ordinary="45").text) | {"do": "back"}
    page = inspector.post(look, data=sent)
    assert page.status_code == 200
    assert "阅览室与图书室合用" in page.text
    assert 'value="45"' in page.text


def test_json_reads_and_confirms_at_the_same_door(app, inspector, url, look):
    reading = inspector.post(url, data=pasted(OWN), headers=JSON).json
    assert len(reading["findings"]) == 7
    assert {link["link"] for found in reading["findings"] for link in found["measures"]} == {"suggested"}
    sent = fields(read(inspector, url).text) | {"do": "confirm"}
    wrong = inspector.post(look, data=sent | {"rows-1-unit": "无名小学"}, headers=JSON)
    assert wrong.status_code == 422
    assert "rows-1-unit" in wrong.json["fields"]
    first, second = (inspector.post(look, data=sent, headers=JSON) for _ in range(2))
    assert (first.status_code, first.json["taken"], first.json["already"]) == (201, 7, False)
    assert (second.status_code, second.json["already"]) == (200, True)
    assert inspector.post(url, data=pasted(""), headers=JSON).status_code == 422
    assert count(app) == 7


def test_the_command_reads_without_writing(app, tmp_path):
    file = tmp_path / "list.txt"
    file.write_bytes(OWN.encode("gb18030"))
    run = app.test_cli_runner()
    told = json.loads(run.invoke(args=["intake", "read", str(file), "--json"]).output)
    assert len(told["findings"]) == 7
    piped = run.invoke(args=["intake", "read", "-", "--json"], input=OWN.encode())
    assert json.loads(piped.output) == told
    assert "阅览室" in run.invoke(args=["intake", "read", str(file)]).output
    assert count(app) == 0
    (tmp_path / "roster.xlsx").write_bytes(book([["张三", "下棋"], ["李四", "跳绳"]], head=("姓名", "爱好")))
    nothing = run.invoke(args=["intake", "read", str(tmp_path / "roster.xlsx")]).output
    assert "没有找到写有问题的列" in nothing
    assert "表单：“存在问题”等标签旁写有内容" in nothing
    assert "张三" in nothing
    assert json.loads(run.invoke(args=["intake", "read", str(tmp_path / "roster.xlsx"), "--json"]).output)["seen"]
    broken = tmp_path / "picture.png"
    broken.write_bytes(b"\x89PNG\xff\xff\x00")
    assert run.invoke(args=["intake", "read", str(broken)]).exit_code == 1


def test_what_was_pasted_is_the_first_word_of_the_visits_history(app, inspector, url, visit, look):
    inspector.post(look, data=fields(read(inspector, url).text) | {"do": "confirm"})
    with app.app_context():
        entries = db.session.query(Inspection).filter_by(task_id=visit).one().task.entries
        assert [entry.step for entry in entries][:2] == ["begin", "paste"]
        assert entries[1].facts["taken"] == 7
        assert len({finding.extra["batch"] for finding in db.session.query(Finding)}) == 1


def test_two_browsers_that_confirm_at_the_same_moment_write_once(app, sign_in, inspector, url, look):
    sent = fields(read(inspector, url).text) | {"do": "confirm"}
    browsers = [sign_in("inspector"), sign_in("inspector")]
    with ThreadPoolExecutor() as both:
        answers = list(both.map(lambda browser: browser.post(look, data=sent).status_code, browsers))
    assert answers == [303, 303]
    assert count(app) == 7
    assert count(app, Batch) == 1
