"""Pasting a list through the pages: the look before anything is written, the rule, and what becomes of it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from app.clock import today
from app.db import db, unit_of_work
from app.findings.models import Finding
from app.intake.models import Batch
from app.tasks.models import Task
from tests import story
from tests.cast import Cast

SHARED = sorted(Path("/work/shared/seeds").glob("000_*.txt"))
OWN = """一、存在问题
1、部分教师对档案归档要求认识不到位，材料没有分类。
2、功能室管理人员兼职，对器材台账不熟悉，不能做到“一口清”。
3、阅览室与图书室合用，面积偏小。
4、学生电脑不能上网。
5、档案目录编目混乱，不能反映检查主题。
6、校园围墙有裂缝，存在安全隐患。
7、操场没有硬化，无100米直跑道。
二、整改措施
1、召开专题会议，部署归档工作，提高教师认识。
整改时间：2026.5.10
责任人：XX
2、针对档案编目，召开档案工作培训会，规范目录。
整改时间：2026.5.11
责任人：XX
3、培训功能室管理人员，熟悉器材台账，做到“一口清”。
整改时间：2026.5.12
责任人：XX
4、联系电信部门将电脑接入互联网。整改时间：2026.5.15
责任人：XX
5、争取项目，申请立项维修校园围墙，消除安全隐患。
2026年5月13日
"""
ROWS = "序号\t问题\t责任单位\t整改时限\t整改措施\n" + "".join(
    f"{n}\t第{n}间教室的灭火器压力不足，需要更换\t清河县第一小学\t2027-03-{n:02d}\t更换第{n}间教室的灭火器\n"
    for n in range(1, 21)
)
FIELD = re.compile(r"<(input|textarea|select)\b([^>]*)>(?:(.*?)</\1>)?", re.S)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def fourth() -> str:
    """The problem list and the measure list of the fourth text, as they stand."""
    text = SHARED[0].read_text(encoding="utf-8")
    begin = text.index("一、存在问题", text.index("第四篇"))
    return text[begin : text.index("第五篇")]


def fields(page: str) -> dict[str, list[str]]:
    """What a browser would send back of the page's preview as it stands."""
    form = page[page.index('<form class="intake"') :]
    form = form[: form.index("</form>")]
    sent: dict[str, list[str]] = {}
    for tag, inside, body in re.findall(r"<(input|textarea|select)\b([^>]*)>(?:((?:(?!<input).)*?)</\1>)?", form, re.S):
        said = dict(ATTRIBUTE.findall(inside))
        value = value_of(tag, inside, said, body)
        if value is not None and "name" in said:
            sent.setdefault(said["name"], []).append(unescape(value))
    return sent


def value_of(tag: str, inside: str, said: dict[str, str], body: str) -> str | None:
    if tag == "textarea":
        return re.sub(r"^\r?\n", "", body)
    if tag == "select":
        chosen = re.search(r'<option selected value="([^"]*)"', body) or re.search(r'value="([^"]*)"', body)
        return chosen.group(1) if chosen else ""
    if said.get("type") in ("checkbox", "radio") and not re.search(r"\bchecked\b", inside):
        return None
    return said.get("value", "")


@pytest.fixture
def visit(app) -> int:
    """The task of a visit."""
    with app.app_context(), unit_of_work():
        return story.visit(Cast()).task_id


@pytest.fixture
def url(visit) -> str:
    return f"/tasks/{visit}/paste"


@pytest.fixture
def inspector(sign_in):
    return sign_in("inspector")


def pasted(text: str, **more: str) -> dict[str, str]:
    return {"raw": text, "unit": "", "ordinary": "30", "serious": "15", "major": "7", "do": "read"} | more


def read(browser, url, text=OWN, **more):
    answer = browser.post(url, data=pasted(text, **more))
    assert answer.status_code == 200, answer.text
    return answer


def count(app, what=Finding) -> int:
    with app.app_context():
        return db.session.query(what).count()


def row(page: str, kind: str, number: int) -> str:
    found = re.search(rf'<tr id="{kind}-{number}">.*?</tr>', page, re.S)
    assert found
    return found.group()


TEXTS = [OWN] + ([fourth()] if SHARED else [])


@pytest.mark.parametrize("text", TEXTS, ids=["own", "shared"][: len(TEXTS)])
def test_the_preview_shows_seven_problems_and_five_measures_and_decides_nothing(app, inspector, url, text):
    page = read(inspector, url, text).text
    assert len(re.findall(r'<tr id="problem-\d+">', page)) == 7
    assert len(re.findall(r'<tr id="measure-\d+">', page)) == 5
    sent = fields(page)
    assert not [name for name in sent if name.endswith("-answers")], "no suggested link is ticked"
    assert {sent[f"measures-{n}-meaning"][0] for n in range(4)} == {"open"}
    assert {sent[f"measures-{n}-due_on"][0] for n in range(5)} == {""}
    assert {sent[f"measures-{n}-owner"][0] for n in range(5)} == {""}
    assert {sent[f"rows-{n}-owner"][0] for n in range(7)} == {""}
    bare = [n for n in range(1, 8) if "data-tone=\"soon\"" in row(page, "problem", n)]
    assert bare == [3, 7]
    assert count(app) == count(app, Batch) == 0


@pytest.mark.skipif(not SHARED, reason="the shared text is not here")
def test_the_fourth_text_goes_in_as_it_stands(app, inspector, url):
    sent = fields(read(inspector, url, fourth(), unit="清河县第一小学").text)
    assert inspector.post(url, data=sent | {"do": "confirm"}).status_code == 303
    with app.app_context():
        findings = db.session.query(Finding).order_by(Finding.seq).all()
        assert len(findings) == 7
        assert findings[3].extra["suggested_measures"][0]["confirmed"] is False
        assert findings[3].extra["suggested_measures"][0]["date_raw"] == "2016.5.15"
        assert "suggested_measures" not in findings[2].extra


def test_twenty_findings_are_assigned_within_four_clicks(app, inspector, url, visit):
    inspector.get(url)
    page = read(inspector, url, ROWS).text  # 1 read
    page = inspector.post(url, data=fields(page) | {"do": "assign"}).text  # 2 assign by rule
    went = inspector.post(url, data=fields(page) | {"do": "confirm"})  # 3 write down
    assert went.status_code == 303
    shown = inspector.get(went.location).text
    issue = re.search(r'action="([^"]*/issue-drafts)"', shown).group(1)
    assert inspector.post(issue).status_code == 200  # 4 issue all
    with app.app_context():
        tasks = db.session.query(Task).filter_by(kind="finding").all()
        assert len(tasks) == 20
        assert {task.state for task in tasks} == {"issued"}
        assert {task.unit.code for task in tasks} == {"first"}


def test_a_certain_measure_is_ticked_and_goes_with_its_problem(app, inspector, url):
    sent = fields(read(inspector, url, ROWS).text)
    assert sent["measures-4-answers"] == ["4"]
    inspector.post(url, data=sent | {"do": "confirm"})
    with app.app_context():
        finding = db.session.query(Finding).filter_by(seq=5).one()
        kept = finding.extra["suggested_measures"]
        assert [one["confirmed"] for one in kept] == [True]
        assert finding.deadline_on.isoformat() == finding.deadline_raw == "2027-03-05"
        assert finding.measures == []


def test_the_rule_fills_only_what_is_lacking(app, inspector, url):
    sent = fields(read(inspector, url).text)
    sent |= {"rows-1-unit": "柳溪小学", "rows-2-weight": "major", "rows-3-deadline_on": "2099-01-01", "do": "assign"}
    sent["unit"] = "清河县第一小学"
    sent.pop("rows-4-take")
    filled = fields(inspector.post(url, data=sent).text)
    with app.app_context():
        day = today()
    assert filled["rows-0-unit"] == ["清河县第一小学"]
    assert filled["rows-1-unit"] == ["柳溪小学"]
    assert filled["rows-0-deadline_on"] == [(day + timedelta(days=30)).isoformat()]
    assert filled["rows-2-deadline_on"] == [(day + timedelta(days=7)).isoformat()]
    assert filled["rows-3-deadline_on"] == ["2099-01-01"]
    assert filled["rows-4-unit"] == [""]
    assert count(app) == 0


def test_what_was_corrected_is_what_is_written(app, inspector, url, visit):
    sent = fields(read(inspector, url).text)
    sent |= {
        "rows-0-text": "档案没有分类归档", "rows-0-unit": "柳溪小学", "rows-5-weight": "serious",
        "rows-5-protection": "拉警戒线", "measures-1-answers": "4", "measures-1-also": "1",
        "measures-1-meaning": "planned", "measures-2-meaning": "done", "do": "confirm",
    }  # fmt: skip
    sent.pop("rows-6-take")
    assert inspector.post(url, data=sent).status_code == 303
    with app.app_context():
        findings = db.session.query(Finding).order_by(Finding.seq).all()
        batch = db.session.query(Batch).one()
        assert [batch.taken, batch.left_out, batch.text] == [6, 1, OWN]
        assert findings[0].text == "档案没有分类归档"
        assert findings[0].task.unit.code == "willow"
        assert (findings[5].task.weight, findings[5].protection) == ("serious", "拉警戒线")
        assert findings[5].extra["batch"] == batch.id
        first, fifth = (find.extra["suggested_measures"] for find in (findings[0], findings[4]))
        confirmed = next(one for one in fifth if one["confirmed"])
        assert confirmed["due_on"] == "2026-05-11"
        assert confirmed["text"] in [one["text"] for one in first if one["confirmed"]]
        assert {find.task.state for find in findings} == {"draft"}


def test_a_likely_duplicate_of_an_open_finding_is_pointed_out(app, inspector, url):
    with app.app_context(), unit_of_work():
        story.issued(Cast(), text="校园围墙有裂缝,存在安全隐患")
        story.issued(Cast(), unit="willow", text="学生电脑不能上网")
    page = read(inspector, url, unit="清河县第一小学").text
    assert "/tasks/" in row(page, "problem", 6)
    assert "/tasks/" not in row(page, "problem", 4), "another school's finding is no duplicate"
    assert "rows-5-take" in fields(page)


def test_a_longer_list_leaves_what_is_there_already_unticked(app, inspector, url):
    sent = fields(read(inspector, url, unit="清河县第一小学").text)
    inspector.post(url, data=sent | {"do": "confirm"})
    longer = OWN.replace("二、整改措施", "8、食堂留样盒没有标签。\n二、整改措施")
    page = read(inspector, url, longer, unit="清河县第一小学").text
    assert [name for name in fields(page) if name.endswith("-take")] == ["rows-7-take"]
