"""Pasting a list through the pages: the look before anything is written, the rule, and what becomes of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.clock import now, today
from app.db import db, unit_of_work
from app.findings.models import Finding
from app.intake.models import Batch
from app.steps.actions import take
from app.tasks.models import Task
from tests import story
from tests.cast import Cast
from tests.intake.pasting import OWN, ROWS, SHARED, count, fields, fourth, read, row

TEXTS = [OWN] + ([fourth()] if SHARED else [])


@pytest.mark.parametrize("text", TEXTS, ids=["own", "shared"][: len(TEXTS)])
def test_the_preview_shows_seven_problems_and_five_measures_and_decides_nothing(app, inspector, url, text):
    page = read(inspector, url, text).text
    assert len(re.findall(r'<tr id="problem-\d+">', page)) == 7
    assert len(re.findall(r'<tr id="measure-\d+">', page)) == 5
    sent = fields(page)
    assert not [name for name in sent if name.endswith("-answers")], "no suggested link is ticked"
    assert not [name for name in sent if name.endswith("-meaning")], "no meaning of a date is chosen"
    assert len(re.findall(r'type="radio"[^>]*value="planned"', page)) == 4
    assert {sent[f"measures-{n}-due_on"][0] for n in range(5)} == {""}
    assert {sent[f"measures-{n}-owner"][0] for n in range(5)} == {""}
    assert {sent[f"rows-{n}-owner"][0] for n in range(7)} == {""}
    bare = [n for n in range(1, 8) if 'data-tone="soon"' in row(page, "problem", n)]
    assert bare == [3, 7]
    assert count(app) == count(app, Batch) == 0


@pytest.mark.skipif(not SHARED, reason="the shared text is not here")
def test_the_fourth_text_goes_in_as_it_stands(app, inspector, url, look):
    sent = fields(read(inspector, url, fourth(), unit="清河县第一小学").text)
    assert inspector.post(look, data=sent | {"do": "confirm"}).status_code == 303
    with app.app_context():
        findings = db.session.query(Finding).order_by(Finding.seq).all()
        assert len(findings) == 7
        assert findings[3].extra["suggested_measures"][0]["confirmed"] is False
        assert findings[3].extra["suggested_measures"][0]["date_raw"] == "2016.5.15"
        assert "suggested_measures" not in findings[2].extra


def test_twenty_findings_are_assigned_within_four_clicks(app, inspector, url, visit, look):
    inspector.get(url)
    page = read(inspector, url, ROWS).text  # 1 read
    page = inspector.post(look, data=fields(page) | {"do": "assign"}).text  # 2 assign by rule
    went = inspector.post(look, data=fields(page) | {"do": "confirm"})  # 3 write down
    assert went.status_code == 303
    shown = inspector.get(went.location).text
    issue = re.search(r'action="([^"]*/issue-drafts)"', shown).group(1)
    assert inspector.post(issue).status_code == 200  # 4 issue all
    with app.app_context():
        tasks = db.session.query(Task).filter_by(kind="finding").all()
        assert len(tasks) == 20
        assert {task.state for task in tasks} == {"issued"}
        assert {task.unit.code for task in tasks} == {"first"}


def test_a_certain_measure_is_ticked_and_goes_with_its_problem(app, inspector, url, look):
    sent = fields(read(inspector, url, ROWS).text)
    assert sent["measures-4-answers"] == ["4"]
    inspector.post(look, data=sent | {"do": "confirm"})
    with app.app_context():
        finding = db.session.query(Finding).filter_by(seq=5).one()
        kept = finding.extra["suggested_measures"]
        assert [one["confirmed"] for one in kept] == [True]
        assert finding.deadline_on.isoformat() == finding.deadline_raw == "2027-03-05"
        assert finding.measures == []


def test_the_rule_fills_only_what_is_lacking(app, inspector, url, look):
    sent = fields(read(inspector, url).text)
    sent |= {"rows-1-unit": "柳溪小学", "rows-2-weight": "major", "rows-3-deadline_on": "2099-01-01", "do": "assign"}
    sent["unit"] = "清河县第一小学"
    sent.pop("rows-4-take")
    filled = fields(inspector.post(look, data=sent).text)
    with app.app_context():
        day = today()
    assert filled["rows-0-unit"] == ["清河县第一小学"]
    assert filled["rows-1-unit"] == ["柳溪小学"]
    assert filled["rows-0-deadline_on"] == [(day + timedelta(days=30)).isoformat()]
    assert filled["rows-2-deadline_on"] == [(day + timedelta(days=7)).isoformat()]
    assert filled["rows-3-deadline_on"] == ["2099-01-01"]
    assert filled["rows-4-unit"] == [""]
    assert count(app) == 0


def test_what_was_corrected_is_what_is_written(app, inspector, url, visit, look):
    sent = fields(read(inspector, url).text)
    sent |= {
        "rows-0-text": "档案没有分类归档", "rows-0-unit": "柳溪小学", "rows-5-weight": "serious",
        "rows-5-protection": "拉警戒线", "measures-1-answers": "4", "measures-1-also": "1",
        "measures-1-meaning": "planned", "measures-2-meaning": "done", "do": "confirm",
    }  # fmt: skip
    sent.pop("rows-6-take")
    assert inspector.post(look, data=sent).status_code == 303
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


def test_a_longer_list_leaves_what_is_there_already_unticked(app, inspector, url, look):
    sent = fields(read(inspector, url, unit="清河县第一小学").text)
    inspector.post(look, data=sent | {"do": "confirm"})
    longer = OWN.replace("二、整改措施", "8、食堂留样盒没有标签。\n二、整改措施")
    page = read(inspector, url, longer, unit="清河县第一小学").text
    assert [name for name in fields(page) if name.endswith("-take")] == ["rows-7-take"]


def test_the_school_takes_a_proposed_measure_over_with_one_tap(app, sign_in, inspector, url, look):
    page = read(inspector, url, unit="清河县第一小学").text
    page = inspector.post(look, data=fields(page) | {"do": "assign"}).text
    shown = inspector.get(inspector.post(look, data=fields(page) | {"do": "confirm"}).location).text
    inspector.post(re.search(r'action="([^"]*/issue-drafts)"', shown).group(1))
    with app.app_context(), unit_of_work():
        finding = db.session.query(Finding).filter_by(seq=4).one()
        take(finding.task, "acknowledge", Cast().head, now=now(), owner=Cast().owner)
        task = finding.task_id
    owner = sign_in("owner")
    begun = owner.get(f"/tasks/{task}/measures/new").text
    assert "联系电信部门将电脑接入互联网" in begun
    assert "XX" not in begun[begun.index('id="proposed"') : begun.index("</details>", begun.index('id="proposed"'))]
    taken = owner.get(f"/tasks/{task}/measures/new?like=0").text
    assert "联系电信部门将电脑接入互联网" in re.search(r"<textarea[^>]*>(.*?)</textarea>", taken, re.S).group(1)
    assert owner.get(f"/tasks/{task}/measures/new?like=99").status_code == 200
