"""Units and people from a workbook: looked at, mended, confirmed, and then all of it or nothing."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import datetime

import pytest
import xlsxwriter

from app.acts.models import Act
from app.db import db, unit_of_work
from app.folding import fold
from app.people import importing, template, workbooks
from app.people.models import Person, Post
from app.people.planning_units import LOOKED_FOR
from app.units.models import Unit
from tests.statements import counted

UNITS = [
    ["单位名称(全称)", "上级单位", "单位类别", "编码", "有无账号"],
    ["南岗小学", "南片学区", "学校", "0012", "无"],  # stands above the row of its own district
    ["南片学区", "清河县教育局", "学区", "0011", ""],
    ["柳溪小学", "东片学区", "学校", "", ""],  # is there already
]
PEOPLE = [
    ["姓名", "手机", "单位", "职务", "角色", "任职日期"],
    ["吴小梅", "13900000001", "南岗小学", "校长", "", "2026年9月1日"],
    ["韩立新", "13900000002", "东片学区", "主任", "验收人", "2026/9/1"],
]


def workbook(**sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    sheet.write_string(line, place, cell)
    return out.getvalue()


def look(browser, content, name="名单.xlsx"):
    return browser.post("/people/import", data={"file": (io.BytesIO(content), name)})


def ticket_in(text):
    return text.split('name="ticket" value="')[1].split('"')[0]


def count(app):
    with app.app_context():
        return db.session.query(Unit).count(), db.session.query(Person).count(), db.session.query(Post).count()


def test_a_workbook_is_looked_at_first_and_written_when_confirmed(app, sign_in):
    admin, before = sign_in("admin"), count(app)
    shown = look(admin, workbook(单位=UNITS, 人员=PEOPLE))
    assert (shown.status_code, count(app)) == (200, before)
    answer = admin.post("/people/import/confirm", data={"ticket": ticket_in(shown.text)})
    assert answer.status_code == 303
    assert count(app) == (before[0] + 2, before[1] + 2, before[2] + 2)
    with app.app_context():
        school = db.session.query(Unit).filter_by(code="0012").one()
        assert (school.parent.name, school.has_account) == ("南片学区", False)
        assert school.path == f"{school.parent.path}{school.id}/"
        head = db.session.query(Person).filter_by(login="13900000001").one()
        assert [(p.kind, p.unit_id, p.starts_on.isoformat()) for p in head.posts] == [("head", school.id, "2026-09-01")]


def test_a_long_list_is_written_in_a_few_statements_and_every_row_keeps_its_act(app, sign_in):
    with app.app_context():
        next_id = db.session.query(Unit.id).order_by(Unit.id.desc()).limit(1).scalar() + 1
    schools = [[f"第{n}小学", "南岗学区" if n % 2 else "东片学区", "学校", "", ""] for n in range(150)]
    borrowed = ["借码小学", "南岗学区", "学校", f"U{next_id:04d}", "无"]  # the code that the first would be given
    districts = [["南岗学区", "清河县教育局", "学区", "", ""], borrowed]
    people = [[f"校长{n}", f"139{n:08d}", f"第{n}小学", "校长", "", ""] for n in range(150)]
    again = [["校长0", "13900000000", "第1小学", "", "成员", ""], ["孙晓", "", "第2小学", "", "成员", ""]]
    admin, before = sign_in("admin"), count(app)
    heads = PEOPLE[0][:6], ["登录名"]
    rows = [[*heads[0], *heads[1]], *([*row, ""] for row in people + again[:1]), [*again[1], "teacher"]]
    content = workbook(单位=[UNITS[0], *schools, *districts], 人员=rows)
    ticket = ticket_in(look(admin, content).text)
    with counted(app) as sent:
        assert admin.post("/people/import/confirm", data={"ticket": ticket}).status_code == 303
    assert len(sent) <= 40, "\n".join(sent)
    assert count(app) == (before[0] + 152, before[1] + 150, before[2] + 152)
    with app.app_context():
        acts = [act for act in db.session.query(Act) if act.what == "make"]
        assert sorted(Counter(act.about for act in acts).items()) == [("person", 150), ("post", 152), ("unit", 152)]
        assert not any("139" in str(value) for act in acts for name, value in act.after.items() if name == "phone")
        made = {unit.name: unit for unit in db.session.query(Unit)}
        assert all(unit.path == f"{unit.parent_path}{unit.id}/" for unit in made.values())
        assert made["第1小学"].parent is made["南岗学区"]
        assert len({unit.code for unit in made.values()}) == len(made)
        twice = db.session.query(Person).filter(Person.login.in_(["13900000000", "teacher"])).all()
        assert [len(person.posts) for person in twice] == [2, 2]
        assert fold("第7小学") in made["第7小学"].folded
    assert look(admin, content).text.count("已存在") >= 300


def test_of_many_wrong_names_only_the_first_are_held_against_every_unit(sign_in):
    people = [[f"某人{n}", f"138{n:08d}", f"东片学曲{n}", "", "", ""] for n in range(250)]
    assert look(sign_in("admin"), workbook(人员=[PEOPLE[0], *people])).text.count("东片学区") == LOOKED_FOR


def test_confirming_twice_writes_once(app, sign_in):
    admin = sign_in("admin")
    ticket = ticket_in(look(admin, workbook(单位=UNITS, 人员=PEOPLE)).text)
    admin.post("/people/import/confirm", data={"ticket": ticket})
    written = count(app)
    assert admin.post("/people/import/confirm", data={"ticket": ticket}).status_code == 422
    assert count(app) == written


def test_what_changed_between_preview_and_confirmation_is_noticed(app, sign_in):
    admin = sign_in("admin")
    ticket = ticket_in(look(admin, workbook(人员=PEOPLE[:1] + PEOPLE[2:])).text)
    with app.app_context(), unit_of_work():
        db.session.query(Person).filter_by(login="head").one().login = "13900000002"
    before = count(app)
    assert admin.post("/people/import/confirm", data={"ticket": ticket}).status_code == 422
    assert count(app) == before


WRONG = [
    (["单位名称", "上级单位"], ["新小学", "东片学曲"], "东片学区"),  # the nearest name is suggested
    (["单位名称", "上级单位"], ["某某某", "东片学区"], ""),  # no kind, and the name shows none
    (["单位名称", "编码"], ["新小学", "first"], "清河县第一小学"),
    (["单位名称", "有无账号"], ["新小学", "也许"], ""),
    (["单位名称", "上级单位"], ["新小学", "新小学"], ""),
    (["单位名称", "类别"], ["校" * 121, "学校"], ""),
    (["姓名", "单位", "登录名"], ["王五", "第一小学校", "w5"], ""),
    (["姓名", "单位", "登录名"], ["王五", "柳溪小学", ""], ""),
    (["姓名", "单位", "登录名"], ["王五", "柳溪小学", "head"], "李秀云"),
    (["姓名", "单位", "登录名", "角色"], ["王五", "柳溪小学", "w5", "皇帝"], "皇帝"),
    (["姓名", "单位", "登录名", "任职日期"], ["王五", "柳溪小学", "w5", "明天"], "明天"),
    (["姓名", "单位", "登录名", "手机"], ["王五", "柳溪小学", "w5", "电话"], ""),
    (["姓名", "单位", "登录名"], ["", "柳溪小学", "w5"], ""),
]


@pytest.mark.parametrize("head, row, said", WRONG)
def test_a_wrong_row_is_named_with_its_number_and_nothing_can_be_confirmed(app, sign_in, head, row, said):
    before = count(app)
    shown = look(sign_in("admin"), workbook(表=[head, row]))
    assert shown.status_code == 200
    assert "表 2" in shown.text
    assert said in shown.text
    assert 'name="ticket"' not in shown.text
    assert count(app) == before


def test_two_rows_alike_are_told_apart(sign_in):
    rows = [["单位名称", "上级单位"], ["新小学", "东片学区"], ["新小学", "东片学区"]]
    assert "表 3" in look(sign_in("admin"), workbook(表=rows)).text


def test_the_template_can_be_read_back(app):
    with app.test_request_context():
        table = importing.read(template.blank())
    assert ([row.get("name") for row in table.units][-1], table.people[0].get("role")) == ("示例小学", "单位负责人")


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def far_away(cell):
    """A workbook with one cell at the far end, which would be laid out as billions of empty ones."""
    with zipfile.ZipFile(io.BytesIO(workbook(表=[["单位名称", "上级单位"], ["甲小学", ""]]))) as sound:
        parts = {name: sound.read(name) for name in sound.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", cell + b"</sheetData>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


BAD_FILES = {
    "not a workbook": b"hello",
    "empty": b"",
    "old xls": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "another archive": zipped(readme="x"),
    "damaged": workbook(表=UNITS)[:900],
    "a shell": zipped(xl__workbook_xml="<workbook/>"),
    "a bomb": zipped(xl__workbook_xml="<workbook/>", xl__worksheets__sheet1_xml=b"0" * (61 * 1024 * 1024)),
    "a row far away": far_away(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    "a column far away": far_away(b'<row r="9"><c r="XFD9"><v>1</v></c></row>'),
    "places left out": far_away(b"<row><c><v>1</v></c></row>"),
    "no headings": workbook(表=[["甲", "乙"], ["丙", "丁"]]),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(app, sign_in, name):
    before = count(app)
    answer = look(sign_in("admin"), BAD_FILES[name])
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert count(app) == before


def test_a_file_over_the_limit_is_refused_before_it_is_opened(app, sign_in, monkeypatch):
    monkeypatch.setattr(workbooks, "LARGEST", 2000)
    answer = look(sign_in("admin"), workbook(单位=UNITS))
    assert answer.status_code == 422
    assert "5 MB" in answer.text.split('id="file-error"')[1][:80]


def test_a_file_is_known_by_its_content_and_not_by_its_name(sign_in):
    assert look(sign_in("admin"), workbook(单位=UNITS), name="x.txt").status_code == 200


def test_no_file_and_a_forged_ticket_are_refused(app, sign_in):
    admin, before = sign_in("admin"), count(app)
    assert admin.post("/people/import", data={}).status_code == 422
    for ticket in ("", "x", ticket_in(look(admin, workbook(单位=UNITS)).text)[:-2] + "zz"):
        assert admin.post("/people/import/confirm", data={"ticket": ticket}).status_code == 422
    assert count(app) == before


def test_a_ticket_serves_only_the_one_who_looked(app, sign_in):
    ticket = ticket_in(look(sign_in("admin"), workbook(单位=UNITS)).text)
    with app.app_context(), unit_of_work():
        db.session.query(Person).filter_by(login="leader").one().is_admin = True
    before = count(app)
    assert sign_in("leader").post("/people/import/confirm", data={"ticket": ticket}).status_code == 422
    assert count(app) == before


def test_the_headings_of_real_lists_are_understood():
    table = workbooks_read([["序号", "*学校名称：", "主管单位", "备注"], ["1", "甲小学", "东片学区", "x"]])
    assert table.units[0].said == {"name": "甲小学", "parent": "东片学区"}
    assert [heading.split(": ")[1] for heading in table.ignored] == ["序号", "备注"]


def workbooks_read(rows):
    return importing.read(workbook(表=rows))


def test_numbers_and_dates_in_cells_become_plain_text():
    assert [workbooks._text(cell) for cell in (12.0, datetime(2026, 9, 1), 1.5, "　甲 ")] == [
        "12",
        "2026-09-01",
        "1.5",
        "甲",
    ]


def test_the_command_says_what_it_would_do_and_then_does_it(app, tmp_path):
    file = tmp_path / "名单.xlsx"
    file.write_bytes(workbook(单位=UNITS, 人员=PEOPLE))
    before, runner = count(app), app.test_cli_runner()
    dry = runner.invoke(args=["people", "import", str(file), "--dry-run"])
    assert (dry.exit_code, count(app)) == (0, before)
    assert runner.invoke(args=["people", "import", str(file)]).exit_code == 0
    assert count(app)[0] == before[0] + 2
    file.write_bytes(workbook(表=[["单位名称", "上级单位"], ["新小学", "无此单位"]]))
    assert runner.invoke(args=["people", "import", str(file)]).exit_code == 1
