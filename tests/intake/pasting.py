"""What is pasted in the tests, and what a browser would send back of the page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from app.db import db
from app.findings.models import Finding

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


def pasted(text: str, **more: str) -> dict[str, str]:
    return {"raw": text, "unit": "", "ordinary": "30", "serious": "15", "major": "7", "do": "read"} | more


def read(browser, url, text=OWN, **more):
    answer = browser.post(url, data=pasted(text, **more), follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer


def count(app, what=Finding) -> int:
    with app.app_context():
        return db.session.query(what).count()


def row(page: str, kind: str, number: int) -> str:
    found = re.search(rf'<tr id="{kind}-{number}"[^>]*>.*?</tr>', page, re.S)
    assert found
    return found.group()
