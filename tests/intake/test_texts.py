"""Our own texts in all the shapes people paste, and how much of them the reader gets right."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.intake.readers import read_text
from app.intake.readers.lines import fold
from app.intake.reading import ReadFinding, Reading

TEXTS = Path(__file__).parent / "texts"
NAMES = sorted(path.stem for path in TEXTS.glob("*.txt"))


def _expected(name: str) -> dict[str, Any]:
    return dict(json.loads((TEXTS / f"{name}.json").read_text(encoding="utf-8")))


def _read(name: str) -> Reading:
    return read_text((TEXTS / f"{name}.txt").read_text(encoding="utf-8"), _expected(name)["year"])


def _bare(text: str) -> str:
    return re.sub(r"[^\w]", "", fold(text))


@dataclass
class Score:
    """Counts over all texts."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    values: int = 0
    values_right: int = 0
    invented: int = 0
    wrong_links: int = 0

    def add(self, wanted: dict[str, Any], reading: Reading) -> None:
        by_text = {_bare(found.text): found for found in reading.findings}
        self.wanted += len(wanted["findings"]) + wanted["measures"]
        self.found += len(reading.findings) + len(reading.measures)
        self.right += min(wanted["measures"], len(reading.measures))
        for one in wanted["findings"]:
            if found := by_text.get(_bare(one["text"])):
                self.right += 1
                self._values(one, found)
        certain = {tuple(pair) for pair in wanted.get("certain", ())}
        self.wrong_links += len(_links(reading, certain=True) - certain)

    def _values(self, one: dict[str, Any], found: ReadFinding) -> None:
        for name in ("unit", "owner", "deadline", "deadline_raw"):
            if name in one:
                seen = getattr(found, name)
                seen = seen.isoformat() if name == "deadline" and seen else seen
                self.values += 1
                self.values_right += seen == one[name]
        self.invented += found.deadline is not None and one.get("deadline") != found.deadline.isoformat()


def _links(reading: Reading, *, certain: bool) -> set[tuple[int, int]]:
    return {
        (link.finding, place)
        for place, measure in enumerate(reading.measures)
        for link in measure.links
        if link.certain is certain
    }


def test_the_reader_finds_what_a_person_finds(capsys: pytest.CaptureFixture[str]) -> None:
    score = Score()
    for name in NAMES:
        score.add(_expected(name), _read(name))
    recall, precision = score.right / score.wanted, score.right / score.found
    with capsys.disabled():
        print(
            f"\nreader: {len(NAMES)} texts, recall {recall:.1%}, precision {precision:.1%}, values "
            f"{score.values_right}/{score.values}, invented dates {score.invented}, wrong certain {score.wrong_links}"
        )
    assert len(NAMES) >= 25
    assert recall >= 0.90
    assert precision >= 0.93
    assert score.values_right >= 0.93 * score.values
    assert (score.invented, score.wrong_links) == (0, 0)


@pytest.mark.parametrize("name", NAMES)
def test_each_text_is_read_as_expected(name: str) -> None:
    wanted, reading = _expected(name), _read(name)
    assert [_bare(found.text) for found in reading.findings] == [_bare(one["text"]) for one in wanted["findings"]]
    assert len(reading.measures) == wanted["measures"]
    for one, found in zip(wanted["findings"], reading.findings, strict=True):
        seen = {key: getattr(found, key) for key in one if key != "text"}
        seen |= {"deadline": seen["deadline"] and seen["deadline"].isoformat()} if "deadline" in seen else {}
        assert seen == {key: value for key, value in one.items() if key != "text"}
    assert _links(reading, certain=True) == {tuple(pair) for pair in wanted.get("certain", ())}
    assert {tuple(pair) for pair in wanted.get("suggested", ())} <= _links(reading, certain=False)
    if "owners" in wanted:
        assert [measure.owner for measure in reading.measures] == wanted["owners"]
    if "meanings" in wanted:
        assert [when.meaning for measure in reading.measures for when in measure.dates] == wanted["meanings"]


@pytest.mark.parametrize("name", [name for name in NAMES if not _expected(name)["findings"]])
def test_a_text_without_problems_yields_none_and_says_why(name: str) -> None:
    reading = _read(name)
    assert not reading.findings
    assert len(str(reading.warnings[0])) > 20


LIST = "检查发现以下问题：\n1、食堂无留样；\n2、灭火器过期3具；\n（3）围墙开裂，我局将于6月3日前组织复查整改情况。\n"
SAID = {
    "除第1项立即整改外，限你校于2026年5月20日前整改完毕，整改报告于5月25日前报局。": [None, "2026-05-20", "2026-05-20"],
    "第1、3项立即停工整改，第2项于5月14日18时前整改完毕。": [None, "2026-05-14", None],
    "请于2026年6月5日前将整改完成情况书面报我局，6月30日前可申请行政复议。": [None, None, None],
    "以上问题限5月20日前整改完毕，下次检查时间5月28日前。": ["2026-05-20"] * 3,
}


@pytest.mark.parametrize("closing", SAID)
def test_only_the_day_by_which_the_work_is_due_is_a_deadline(closing: str):
    found = read_text(f"{LIST}{closing}\n2026年5月6日", None).findings
    assert [one.deadline and one.deadline.isoformat() for one in found] == SAID[closing]


PLACES = """☆ 望湖新村
问题1：电梯底坑积水
  责任单位：瑞通物业　回头看：未整改。限5月18日前排干。
☆ 金穗公寓
问题1：机房门未上锁，堆放杂物
  责任单位：金穗物业　回头看：已整改到位。
2026年5月6日"""


def test_a_heading_that_names_a_place_begins_its_own_list():
    found = read_text(PLACES, None)
    assert [(one.text, one.unit, one.owner, str(one.deadline)) for one in found.findings] == [
        ("电梯底坑积水", "望湖新村", "瑞通物业", "2026-05-18"),
        ("机房门未上锁，堆放杂物", "金穗公寓", "金穗物业", "None"),
    ]
    assert not found.measures  # “问题1” of another place answers nothing


GROUP = """工地安全群(86)
4月9日 上午 8:42
监理-老顾
3#楼栏杆拆了没恢复，今天下班前必须装回去 @木工班老褚
木工班老褚
收到[OK]
安全员_冉
补充：1.配电箱门没锁 2.宿舍有人用热得快，已没收
项目经理 廖
1 4月12号前整完，回头发照片
监理-老顾
👍
昨天那个漏电保护器已经换好了@监理-老顾"""


def test_in_a_group_each_message_that_tells_of_something_amiss_is_one():
    found = read_text(GROUP, 2026)
    assert [(one.text, one.owner, str(one.deadline)) for one in found.findings] == [
        ("3#楼栏杆拆了没恢复", "老褚", "None"),
        ("配电箱门没锁", None, "2026-04-12"),
        ("宿舍有人用热得快", None, "None"),
    ]
    assert [one.text for one in found.measures] == ["今天下班前必须装回去", "已没收"]


def test_what_is_to_be_done_is_nobodys_name_and_a_day_of_completion_no_deadline():
    found = read_text(f"{LIST}第1项由安全员补齐，第2项由季南星负责。\n2026年5月6日", None).findings
    assert [one.owner for one in found] == [None, "季南星", None]
    done = read_text("问题1：围墙开裂\n整改措施：重砌\n整改时限：已于2026年4月10日完成", None).findings
    assert [(one.text, one.deadline) for one in done] == [("围墙开裂", None)]


@pytest.mark.parametrize(
    "label", ["整改责任人及电话：", "跟办人：", "责任到人：", "责任教师：", "具体经办人：", "责任人为"]
)
def test_an_owner_may_be_called_in_many_ways(label: str):
    paper = f"存在问题：\n1、消防栓没有水。{label}王建平。\n2、围墙开裂，雨后有砖块松动。"
    assert [found.owner for found in read_text(paper, 2026).findings] == ["王建平", None]
