"""A file as it is: kept before anything else, read apart, looked at on the server, and taken in whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json

import pytest
from openpyxl import load_workbook

from app.db import db, unit_of_work
from app.evidence import sweeping
from app.evidence.ours import storage
from app.evidence.queries import named
from app.evidence.storage import Storage
from app.findings.models import Finding
from app.intake.models import Batch, Preview
from tests import story
from tests.cast import Cast
from tests.evidence.pictures import jpeg
from tests.intake.books import book, photo, row, send, sent, usual
from tests.intake.pasting import count, fields
from tests.intake.pasting import row as shown_row
from tests.statements import counted

JSON = {"Accept": "application/json"}


def test_a_ledger_is_looked_at_as_it_is_and_survives_without_being_sent_again(app, inspector, url, look):
    content = usual(3)
    page = send(inspector, url, content)
    assert page.request.path == look
    assert "第 5 行" in page.text
    assert count(app) == 0
    with app.app_context():
        sha256 = hashlib.sha256(content).hexdigest()
        assert storage().exists(Storage.original_key(sha256))
        assert named([sha256]) == {sha256}
        assert list(sweeping.unsound()) == []
    turned = fields(page.text) | {"rows-1-text": "改过的文字", "do": "look:1"}
    again = inspector.post(look, data=turned, follow_redirects=True)
    assert "改过的文字" in again.text
    assert "改过的文字" in inspector.get(look).text
    assert inspector.post(look, data=fields(again.text) | {"do": "confirm"}).status_code == 303
    with app.app_context():
        findings = db.session.query(Finding).order_by(Finding.seq).all()
        batch = db.session.query(Batch).one()
        assert [finding.text for finding in findings][1] == "改过的文字"
        assert findings[0].task.category == "消防"
        assert findings[0].extra["联系电话"] == "13800000000"
        assert (batch.name, batch.sha256, batch.size) == ("台账.xlsx", sha256, len(content))
        assert db.session.query(Preview).count() == 0


def test_what_a_refusal_answers_still_keeps_what_was_corrected(app, inspector, url, look):
    page = send(inspector, url, usual(3)).text
    wrong = fields(page) | {"rows-0-text": "改过的文字", "rows-1-unit": "无名小学", "do": "confirm"}
    assert inspector.post(look, data=wrong).status_code == 422
    seen = inspector.get(look).text
    assert "改过的文字" in seen
    assert "无名小学" in seen


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [(b"", "empty.xlsx", 422), (b"%PDF-1.4 scanned", "scan.pdf", 415), (b"PK\x03\x04 broken", "broken.xlsx", 422),
     (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.doc", 415)],
    ids=["empty", "pdf", "broken", "doc"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence_and_leaves_no_trace(
    app, inspector, url, content, name, status, monkeypatch
):
    if name.endswith(("pdf", "doc")):  # however large it is, nobody waits for a worker to be told
        monkeypatch.setitem(app.config, "LIST_BYTES", 10)
    answer = inspector.post(url, data=sent(content, name))
    assert answer.status_code in (status, 415, 422)
    assert 'id="file-error"' in answer.text
    assert count(app, Preview) == count(app) == 0


def test_a_file_that_yields_nothing_says_what_was_looked_for_and_shows_how_it_begins(app, inspector, url):
    content = book([["甲", "乙"], ["丙", "丁"]], head=("姓名", "爱好"))
    answer = inspector.post(url, data=sent(content, "名单.xlsx"))
    assert answer.status_code == 422
    assert "爱好" in answer.text
    assert "名单.xlsx" not in answer.text, "it does not stay on the table"
    told = inspector.post(url, data=sent(content, "名单.xlsx"), headers=JSON).json
    assert told["seen"]
    assert told["tried"]


def test_a_file_that_is_too_large_is_refused(app, inspector, url, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_FILE_BYTES", 1024)
    assert inspector.post(url, data=sent(usual(20))).status_code == 413
    assert count(app, Preview) == 0


def test_units_and_people_are_matched_or_suggested_and_never_decided(app, inspector, url, look):
    rows = [row(1, unit="清河一小", owner="张明远"), row(2, unit="清河县第一小学", owner="张明远"),
            row(3, unit="柳溪小学", owner="王校长"), row(4, unit="柳溪小学", owner="张明远")]  # fmt: skip
    page = send(inspector, url, book(rows)).text
    assert "清河县第一小学" in shown_row(page, "problem", 1)
    assert 'value="put:rows-0-unit:清河县第一小学"' in page
    assert "✔ 总务主任" in shown_row(page, "problem", 2)
    assert 'value="put:rows-2-owner:王建国"' in page
    assert "✔" not in shown_row(page, "problem", 4), "he holds no post in that school"
    page = inspector.post(look, data=fields(page) | {"do": "put:rows-0-unit:清河县第一小学"}).text
    page = inspector.post(look, data=fields(page) | {"do": "put:rows-2-owner:王建国"}).text
    inspector.post(look, data=fields(page) | {"do": "confirm"})
    with app.app_context():
        findings = db.session.query(Finding).order_by(Finding.seq).all()
        people = Cast()
        assert [finding.task.unit.code for finding in findings] == ["first", "first", "willow", "willow"]
        assert findings[1].extra["owner_id"] == people.owner.id
        assert findings[2].extra["owner_id"] == people.neighbour.id
        assert "owner_id" not in findings[3].extra
        assert findings[3].extra["owner"] == "张明远"


def test_bad_rows_are_shown_first_and_then_set_aside_in_a_sheet_of_plain_text(app, inspector, url, look):
    rows = [row(1), row(2, unit="查无此校", text='=HYPERLINK("http://evil","x")灭火器过期'), row(3)]
    page = send(inspector, url, book(rows)).text
    assert inspector.post(look, data=fields(page) | {"do": "confirm"}).status_code == 422
    went = inspector.post(look, data=fields(page) | {"do": "good"})
    assert went.status_code == 303
    assert count(app) == 2
    shown = inspector.get(went.location).text
    where = f"{went.location}/set-aside.xlsx"
    assert where in shown
    sheet = load_workbook(io.BytesIO(inspector.get(where).data)).active
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert len(cells) == 2
    assert cells[1][0] == "5"
    assert "没有这个单位" in cells[1][2]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value} == {"s"}


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_the_sheet_of_rows_set_aside_is_sent_anew_once_it_was_mended(app, inspector, url, look, locale):
    inspector.post("/language", data={"locale": locale})
    send(inspector, url, book([row(1), row(2, unit="查无此校", text="=1+1号灭火器过期"), row(3, text="")]))
    page = inspector.get(look).text
    batch = inspector.post(look, data=fields(page) | {"do": "good"}).location
    aside = load_workbook(io.BytesIO(inspector.get(f"{batch}/set-aside.xlsx").data))
    head = [cell.value for cell in aside.active[1]]
    assert aside.active.max_row == 3
    aside.active.cell(2, head.index("责任单位") + 1).value = "柳溪小学"
    aside.active.cell(3, head.index("存在问题") + 1).value = "围墙开裂"
    mended = io.BytesIO()
    aside.save(mended)
    page = send(inspector, url, mended.getvalue(), "补正.xlsx").text
    assert f"{head[2]}：" not in page
    assert f"{head[2]}:" not in page
    inspector.post(f"{look[:-1]}2", data=fields(page) | {"do": "confirm"})
    with app.app_context():
        one, two, three = db.session.query(Finding).order_by(Finding.seq)
        assert (two.text, two.task.unit.name) == ("=1+1号灭火器过期", "柳溪小学")
        assert two.deadline_on.isoformat() == "2027-03-03"
        assert (two.task.category, two.extra["suggested_measures"][0]["text"]) == ("消防", "更换第2间教室的灭火器")
        assert two.extra["suggested_measures"][0]["confirmed"]
        assert set(two.extra) == {*one.extra}
        assert two.extra["联系电话"] == "13800000000"
        assert three.text == "围墙开裂"


def test_photos_that_are_not_taken_stand_among_what_was_set_aside(app, inspector, url, look, monkeypatch):
    monkeypatch.setattr("app.intake.pictures.MOST", 1)
    page = send(inspector, url, book([row(1), row(2)], photos={0: photo(), 1: jpeg(90)})).text
    where = inspector.post(look, data=fields(page) | {"do": "confirm"}).location
    aside = load_workbook(io.BytesIO(inspector.get(f"{where}/set-aside.xlsx").data)).active
    assert [cell.value for cell in aside[2]][:2] == ["5", "问题清单"]
    assert "1 张照片" in aside["C2"].value


def test_photos_in_rows_become_evidence_of_how_it_was_found(app, inspector, url, look):
    page = send(inspector, url, book([row(1), row(2)], photos={1: photo()})).text
    inspector.post(look, data=fields(page) | {"do": "confirm"})
    with app.app_context():
        first, second = db.session.query(Finding).order_by(Finding.seq)
        assert first.task.evidence == []
        assert [(piece.kind, piece.is_picture) for piece in second.task.evidence] == [("before", True)]
        assert storage().exists(Storage.original_key(second.task.evidence[0].sha256))


def test_a_column_is_taken_for_something_else_and_remembered_for_the_same_headings(app, inspector, url, look):
    head, faults = ("序号", "学校", "存在问题", "毛病"), ["灭火器过期", "电线老化"]
    rows = [["1", "柳溪小学", "见右", faults[0]], ["2", "北山中学", "见右", faults[1]]]
    first = book(rows, head=head, title="检查发现问题整改台账")
    page = send(inspector, url, first).text
    sent_back = fields(page)
    columns = [name for name in sent_back if name.startswith("column-")]
    assert len(columns) == 4
    assert all(one in page for one in head), "the title is no heading"
    chosen = {columns[2]: "", columns[3]: "problem", "do": "columns"}
    page = inspector.post(look, data=sent_back | chosen, follow_redirects=True).text
    assert "灭火器过期" in fields(page)["rows-0-text"][0]
    second = book([["1", "柳溪小学", "见右", faults[0] + "严重"]], head=head, title="检查发现问题整改台账")
    page = send(inspector, url, second, "另一本.xlsx").text
    assert "灭火器过期严重" in fields(page)["rows-0-text"][0]


def test_nine_hundred_rows_are_paged_and_asked_for_in_a_handful_of_statements(app, inspector, url, look, monkeypatch):
    monkeypatch.setitem(app.config, "LIST_ROWS", 1000)
    with app.app_context(), unit_of_work():
        for n in range(3):
            story.issued(Cast(), text=f"第{n}间教室的灭火器压力不足,未按月检查")
    page = send(inspector, url, usual(900)).text
    with counted(app) as few:
        assert inspector.get(look).status_code == 200
    assert page.count('<tr id="problem-') == 50
    with counted(app) as also:
        last = inspector.get(f"{look}?page=18")
    assert '<tr id="problem-900"' in last.text
    assert len(few) == len(also) <= 15
    turned = inspector.post(look, data=fields(page) | {"rows-3-text": "改过的文字", "do": "look:2"})
    assert turned.location.endswith("page=2")
    assert "改过的文字" in inspector.get(look).text


def test_json_speaks_of_single_rows_at_the_same_address(app, inspector, url):
    opened = inspector.post(url, data=sent(usual(3)), headers=JSON).json
    where = opened["url"]
    told = inspector.get(where, headers=JSON).json
    assert [one["row"] for one in told["rows"]] == [4, 5, 6]
    wrong = inspector.post(where, data={"rows-1-unit": "无名小学", "do": "confirm"}, headers=JSON)
    assert (wrong.status_code, list(wrong.json["fields"])) == (422, ["rows-1-unit"])
    done = inspector.post(where, data={"rows-1-unit": "柳溪小学", "do": "issue"}, headers=JSON)
    assert (done.status_code, done.json["taken"], done.json["issued"]) == (201, 3, 3)
    assert json.loads(inspector.get(f"/intake/batches/{done.json['batch']}", headers=JSON).text)["findings"]


def test_somebody_elses_preview_does_not_exist(app, sign_in, inspector, url, look):
    send(inspector, url, usual(3))
    assert sign_in("colleague").get(look).status_code == 404


def test_a_column_the_house_has_no_field_for_is_shown_with_the_finding(app, inspector, url, look):
    page = send(inspector, url, usual(1)).text
    inspector.post(look, data=fields(page) | {"do": "confirm"})
    with app.app_context():
        finding = db.session.query(Finding).one().id
    shown = inspector.get(f"/findings/{finding}").text
    assert "联系电话" in shown
    assert "13800000000" in shown
