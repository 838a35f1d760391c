"""Papers through their pages: what they say, who gives numbers, what a number keeps."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from app.clock import now, today
from app.db import db, unit_of_work
from app.evidence import actions_erasing, sweeping
from app.extensions import actions as extensions
from app.papers import actions, gathering, phrases, rendering, reserving
from app.papers.commands import paper
from app.papers.gathering import order
from app.papers.kinds import KINDS
from app.papers.models import Paper
from app.papers.samples import sample
from app.tasks.models import Task
from tests import story
from tests.cast import Cast
from tests.papers.reading import words
from tests.statements import counted

JSON = {"Accept": "application/json"}


@pytest.fixture
def scene(app):
    """A visit that found two things at one school and one at another."""
    with app.app_context(), unit_of_work():
        cast = Cast()
        visit = story.visit(cast)
        first = story.draft(cast, inspection=visit, place="东侧", basis="安-03")
        second = story.draft(cast, inspection=visit, text="灭火器 <过期> & 失效", demand="立即更换")
        other = story.draft(cast, inspection=visit, unit="willow", text="柳溪的秘密问题")
        for finding in (first, second, other):
            story.take(finding.task, "issue", cast.inspector, now=now())
        unit = cast.units["bureau"].id
        return {"first": first.id, "second": second.id, "other": other.id, "unit": unit, "number": first.task.number}


def docx(browser, address: str) -> bytes:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text[:300]
    return answer.data


def issue(browser, kind: str, subject: int, **said):
    return browser.post(f"/papers/{kind}/{subject}", data=said, headers=JSON)


def test_days_numbers_and_headings_are_spelled_as_official_papers_do():
    assert phrases.day(date(2026, 3, 5)) == "2026年3月5日"
    assert phrases.numbered("教督整", 2026, 3) == "教督整〔2026〕3号"
    assert [phrases.ordinal(n) for n in (1, 10, 12, 20, 21, 110, 101, 115)] == [
        "一", "十", "十二", "二十", "二十一", "一百一十", "一百零一", "一百一十五"
    ]  # fmt: skip
    assert phrases.rate(1, 0) == "—"
    assert phrases.days(date(2026, 3, 5), date(2026, 3, 8)) == "2026年3月5日至8日"


def test_a_heading_is_the_whole_text_where_it_is_short_and_its_first_clause_where_not():
    long = "食堂留样柜无温度记录，11月3日至7日连续五日留样不足125克，留样时间、品名和经手人均未登记，且留样盒未消毒。"
    assert phrases.brief(long) == "食堂留样柜无温度记录"
    assert phrases.brief("灭火器过期12具。") == "灭火器过期12具"
    assert phrases.brief("2026年9月28日上午，" + long) == "2026年9月28日上午，食堂留样柜无温度记录"
    assert (
        phrases.brief("实验室（含准备室，药品室）未实行双人双锁，" + long) == "实验室（含准备室，药品室）未实行双人双锁"
    )
    assert phrases.brief("无" * 60) == "无" * 28 + "……"


@pytest.mark.parametrize("kind", ["notice", "opinion", "plan", "report", "circular"])
def test_no_signature_stands_alone_on_a_page(kind):
    """From the last words to the date every line stays with the next; what is said below a table with its last row."""
    document = Document(BytesIO(rendering.render(rendering.shipped(kind), sample(kind))))
    lines = document.paragraphs
    date = next(at for at, line in enumerate(lines) if line.text == "2026年3月5日")
    held = [line.paragraph_format.keep_with_next for line in lines[:date]]
    before = date - held[::-1].index(None)
    assert any(line.text.strip() for line in lines[before:date][:-3]), "a sentence of the letter goes with it"
    for table in document.tables:
        if table.rows[-1].cells[0].text == "合计":
            assert table.rows[-1].cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_a_notice_names_everything_that_was_found_at_that_unit_and_nothing_of_others(app, sign_in, scene):
    said = words(docx(sign_in("inspector"), f"/papers/notice/{scene['first']}/draft.docx?phone=何静 0311"))
    assert "整改通知书\n" in said
    assert "清河县第一小学：" in said
    assert "检查发现2个问题" in said
    assert "灭火器 <过期> & 失效" in said  # nothing vanishes after < or &
    assert "立即更换" in said
    assert "联系人及电话：何静 0311。" in said
    assert "整改通知书回执" in said
    assert "复查意见" in said
    assert "秘密" not in said


def test_the_page_is_that_of_the_standard(app, sign_in, scene):
    document = Document(BytesIO(docx(sign_in("inspector"), f"/papers/notice/{scene['first']}/draft.docx")))
    page = document.sections[0]
    margins = page.top_margin, page.bottom_margin, page.left_margin, page.right_margin
    assert [round(side.mm) for side in (page.page_width, page.page_height, *margins)] == [210, 297, 37, 35, 28, 26]
    body, title = document.styles["公文正文"], document.styles["公文标题"]
    assert (body.font.size.pt, body.paragraph_format.line_spacing.pt, title.font.size.pt) == (16, 28.95, 22)
    assert body.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert title.element.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    (closer,) = body.element.rPr.findall(qn("w:spacing"))
    sign = body.font.size.pt + int(closer.get(qn("w:val"))) / 20
    wide, high = (
        (page.page_width - margins[2] - margins[3]) / Pt(1),
        (page.page_height - margins[0] - margins[1]) / Pt(1),
    )
    assert 28 * sign <= wide < 29 * sign
    assert 22 * 28.95 <= high < 23 * 28.95
    issuer, number = document.paragraphs[0], document.paragraphs[3]
    assert round((issuer.paragraph_format.space_before.pt + 5) / 72 * 25.4) == 35, "five points of air are in its line"
    assert (number.style.name, document.paragraphs[6].style.name) == ("发文字号", "公文标题")
    day = next(line for line in document.paragraphs[6:] if line.style.name == "落款" and line.text.startswith("20"))
    assert day._p.pPr.ind.get(qn("w:rightChars")) == "400"
    assert document.settings.odd_and_even_pages_header_footer
    assert page.footer.paragraphs[0].text == "— 1 —"


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.about in ("visit", "finding")])
def test_every_paper_of_a_finding_can_be_written_from_the_first_day(app, sign_in, scene, kind):
    said = words(docx(sign_in("inspector"), f"/papers/{kind}/{scene['first']}/draft.docx"))
    assert "围墙开裂" in said
    assert "草稿，未编号" in said
    assert "{{" not in said
    assert "{%" not in said


def test_a_report_tells_measure_result_owner_date_and_evidence_of_each(app, sign_in):
    with app.app_context(), unit_of_work():
        finding = story.closed(Cast()).id
    said = words(docx(sign_in("head"), f"/papers/report/{finding}/draft.docx?lasting=每周排查"))
    for part in (
        "拆除并重砌围墙",
        "围墙已重砌",
        "责任人：张明远",
        "已销号",
        "整改后照片1件，详见附件",
        "照片.jpg | 整改后照片",
        "每周排查",
        "特此报告",
        "佐证材料清单",
    ):
        assert part in said
    application = words(docx(sign_in("head"), f"/papers/application/{finding}/draft.docx"))
    assert "已重砌，现场查看属实" in application
    assert "东片学区初核意见" in application
    assert "清河县教育督导室审批意见" in application


def test_an_extension_a_circular_and_a_monthly_report(app, sign_in, scene):
    with app.app_context(), unit_of_work():
        cast = Cast()
        finding = story.rectifying(cast)
        later = finding.task.due_on.replace(year=finding.task.due_on.year + 1)
        asked = extensions.ask(finding, cast.owner, now=now(), reason="待拨款", proposed_on=later).id
    said = words(docx(sign_in("head"), f"/papers/extension/{asked}/draft.docx"))
    assert "待拨款" in said
    assert "第1次" in said
    for kind in ("circular", "monthly"):
        said = words(docx(sign_in("inspector"), f"/papers/{kind}/{scene['unit']}/draft.docx"))
        assert "清河县第一小学 | 3 | 0" in said
        assert "柳溪小学 | 1" in said


def test_an_order_takes_the_facts_of_an_order_in_the_records():
    finding = {"late_days": 3, "text": "围墙开裂。", "number": "1-1", "due": "2026年3月5日", "demand": ""}
    visit = {"name": "专项督导", "day": "2026年1月5日"}
    said = order(finding, visit, {"colour": "red"}, date(2026, 3, 8), {"until": "2026年3月12日", "answer": "已更换。"})
    assert (said["colour"], said["until"], said["answer"]) == ("红色", "2026年3月12日", "已更换。")
    assert "已逾期3天" in said["source"]


def test_numbers_are_given_one_by_one_and_a_number_keeps_its_bytes(app, sign_in, scene):
    browser = sign_in("inspector")
    first, second = (issue(browser, "notice", scene["first"]) for _ in range(2))
    year = now().year
    assert [one.json["number"] for one in (first, second)] == [f"整改通知书〔{year}〕1号", f"整改通知书〔{year}〕2号"]
    once, again = (browser.get(f"{first.json['url']}/file.docx").data for _ in range(2))
    assert once == again
    assert hashlib.sha256(once).hexdigest() == first.json["sha256"]
    assert f"整改通知书〔{year}〕1号" in words(once)
    with app.app_context():
        sweeping.sweep_now(now().replace(year=year + 1))
    assert browser.get(f"{first.json['url']}/file.docx").data == once


def test_the_mark_of_a_unit_stands_in_its_numbers(app, sign_in, scene):
    with app.app_context():
        office = Cast().units["office"].id
    assert sign_in("admin").post(f"/papers/marks/{office}", data={"mark": "清教督"}).status_code == 303
    said = issue(sign_in("inspector"), "opinion", scene["first"]).json
    assert said["number"] == f"清教督意〔{now().year}〕1号"


def test_only_the_issuing_side_numbers_its_papers_and_only_the_unit_its_own(app, sign_in, scene):
    may = {"notice": ["inspector", "colleague", "county"], "report": ["head"], "application": ["head"]}
    for kind, logins in may.items():
        for login in ("inspector", "colleague", "county", "head", "district", "neighbour"):
            expected = 404 if login == "neighbour" else 201 if login in logins else 403
            assert issue(sign_in(login), kind, scene["first"]).status_code == expected, (kind, login)


def test_whoever_sees_one_of_two_findings_does_not_read_the_paper_about_both(app, sign_in, scene):
    paper = issue(sign_in("inspector"), "notice", scene["first"]).json
    statuses = {
        login: sign_in(login).get(paper["url"]).status_code for login in ("head", "leader", "neighbour", "owner")
    }
    assert statuses == {"head": 200, "leader": 200, "neighbour": 404, "owner": 404}
    with app.app_context(), unit_of_work():
        cast = Cast()
        task = db.session.get_one(story.Finding, scene["first"]).task
        task.give("owner", now=now(), person=cast.owner)
    assert sign_in("owner").get(f"/findings/{scene['first']}").status_code == 200
    assert sign_in("owner").get(paper["url"]).status_code == 404
    assert paper["number"] not in sign_in("owner").get("/papers").text


@pytest.mark.parametrize("kind", ["order", "talk", "circular"])
def test_what_a_leader_must_decide_is_a_draft_without_a_number(app, sign_in, scene, kind):
    subject, leader = scene["unit" if kind == "circular" else "first"], sign_in("leader")
    assert "草稿，未编号" in words(docx(leader, f"/papers/{kind}/{subject}/draft.docx"))
    page = leader.get(f"/papers/{kind}/{subject}").text
    assert "编号出文" not in page
    assert f"kind={kind}" in page  # the way to the decision
    for login in ("leader", "inspector"):
        refused = issue(sign_in(login), kind, subject)
        assert (refused.status_code, "签发" in refused.text) == (422, True)
    with app.app_context():
        ran = app.test_cli_runner().invoke(paper, ["write", kind, str(subject), "x.docx", "--as", "leader", "--issue"])
        assert (ran.exit_code, db.session.query(Paper).count()) == (1, 0)


def test_a_monthly_report_is_read_by_those_who_supervise(app, sign_in, scene):
    paper = issue(sign_in("leader"), "monthly", scene["unit"]).json
    statuses = {
        login: sign_in(login).get(paper["url"]).status_code for login in ("county", "head", "stranger", "admin")
    }
    assert statuses == {"county": 200, "head": 404, "stranger": 404, "admin": 404}


def test_a_voided_paper_keeps_its_number_and_its_file(app, sign_in, scene):
    browser = sign_in("inspector")
    paper = issue(browser, "notice", scene["first"]).json
    assert browser.post(f"{paper['url']}/void", data={"reason": ""}).status_code == 422
    assert sign_in("head").post(f"{paper['url']}/void", data={"reason": "错"}).status_code == 403
    assert browser.post(f"{paper['url']}/void", data={"reason": "检查日期有误"}).status_code == 303
    assert browser.post(f"{paper['url']}/void", data={"reason": "再来"}).status_code == 409
    assert "检查日期有误" in browser.get(paper["url"]).text
    assert browser.get(f"{paper['url']}/file.docx").status_code == 200
    assert issue(browser, "notice", scene["first"]).json["number"].endswith("2号")


@pytest.mark.faults
def test_two_who_number_at_once_leave_no_gap_and_no_double(app, sign_in, scene):
    browsers = [sign_in(login) for login in ("inspector", "colleague", "county", "leader")]
    answers, gate = [], threading.Barrier(len(browsers))

    def press(browser) -> None:
        gate.wait()
        answers.append(issue(browser, "notice", scene["first"]).status_code)

    threads = [threading.Thread(target=press, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {201, 422, 503}
    with app.app_context():
        numbers = sorted(number for (number,) in db.session.query(Paper.number))
    assert numbers == list(range(1, answers.count(201) + 1))
    assert len(numbers) >= 2


def test_a_draft_is_no_paper_and_a_finding_not_issued_has_none(app, sign_in):
    with app.app_context(), unit_of_work():
        finding = story.draft(Cast()).id
    assert sign_in("inspector").get(f"/papers/notice/{finding}").status_code == 404
    assert sign_in("inspector").get("/papers/nonsense/1").status_code == 404


def test_a_paper_about_many_findings_costs_no_more_statements(app, sign_in, scene):
    browser = sign_in("inspector")
    docx(browser, f"/papers/report/{scene['other']}/draft.docx")
    with counted(app) as few:
        docx(browser, f"/papers/report/{scene['other']}/draft.docx")
    with counted(app) as more:
        docx(browser, f"/papers/report/{scene['first']}/draft.docx")
    assert len(more) <= len(few) + 1


def test_the_page_of_a_finding_offers_its_papers_and_the_register_lists_them(app, sign_in, scene):
    browser = sign_in("inspector")
    assert f"/papers/notice/{scene['first']}" in browser.get(f"/findings/{scene['first']}").text
    paper = issue(browser, "notice", scene["first"]).json
    assert paper["number"] in browser.get("/papers").text
    assert paper["number"] in browser.get(f"/papers/notice/{scene['first']}").text
    assert [one["number"] for one in browser.get("/papers", headers=JSON).json["papers"]] == [paper["number"]]


def test_photos_told_alike_are_told_once_with_their_number():
    assert phrases.counted(["整改后照片：围墙", "签字扫描件：单", "整改后照片：围墙"]) == [
        "整改后照片：围墙（共2件）",
        "签字扫描件：单",
    ]


def test_words_erased_before_a_paper_is_first_opened_are_not_in_it(app, sign_in, monkeypatch):
    """Nor when they go while its file is being written; what was said to others stays."""
    text = "王小明（五年级）在三楼走廊被坠落的吊扇擦伤，教室吊扇未固定"
    with app.app_context(), unit_of_work():
        cast = Cast()
        finding, other = story.issued(cast, text=text), story.issued(cast, text="消火栓箱上锁")
        found = [gathering.gather("order", one.id, cast.leader, today()) for one in (finding, other)]
        papers = [
            paper.id
            for paper in reserving.reserve([replace(one, is_decided=True) for one in found], cast.leader, now=now())
        ]
        task, other_task = finding.task_id, other.task_id

    def erase(task_id: int) -> None:
        with unit_of_work():
            cast = Cast()
            entry = next(one for one in db.session.get_one(Task, task_id).entries if one.step == "begin")
            asked = actions_erasing.propose(entry, cast.colleague, "家长要求删除", now=now())
            actions_erasing.confirm(asked, cast.inspector, now=now())

    def filled_meanwhile(*asked):
        monkeypatch.undo()
        with app.app_context():
            erase(other_task)
        return actions.filled(*asked)

    with app.app_context():
        erase(task)
        assert "王小明" not in str([one.unwritten for one in db.session.query(Paper)])
        assert "消火栓箱上锁" in str([one.unwritten for one in db.session.query(Paper)])
    said = words(docx(sign_in("leader"), f"/papers/{papers[0]}/file.docx"))
    assert ("吊扇" in said, "督办事项 | —" in said) == (False, True)
    monkeypatch.setattr(reserving, "filled", filled_meanwhile)
    assert "上锁" not in words(docx(sign_in("leader"), f"/papers/{papers[1]}/file.docx"))
