"""Promises of the reader that hold for any text: no exception, no delay, nobody invented, and the real report."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.intake.readers import read_text
from app.intake.readers.body import Body
from app.intake.readers.dates import find_day
from app.intake.readers.grids import Grid
from app.intake.readers.headers import find_header
from app.intake.readers.parts import Part
from app.intake.readers.people import is_nobody, names_in

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
_PIECES = """一、 (一) 1、 2. ① 问题1: 隐患二: 整改措施: 责任人:XX 整改时间: 2016.5.10 存在问题 二、整改措施 。 ; | 第
关于“墙”问题 围墙开裂 5月底前 99月99日 20xx年 一是 同上 合计 ｛"""
PIECES = st.sampled_from([*_PIECES.split(), "\n", "\t", '"', "\x00", "\ud800", "序号\t存在问题\t责任人\n"])
LISTS = """一、存在问题
1、教学楼北侧围墙开裂,雨后有砖块松动,存在安全隐患。
2、三楼走廊应急灯不亮,疏散指示牌脱落后没有及时补装。
二、整改措施
1、联系施工单位修复北侧围墙,修复前拉设警戒线并安排专人值守。
责任人:XX
"""


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join)))
def test_no_text_raises_and_nothing_is_silent(text: str) -> None:
    reading = read_text(text, 2024)
    reading.as_json()
    assert reading.findings or reading.warnings
    assert all(link.finding < len(reading.findings) for measure in reading.measures for link in measure.links)


_CELLS = """围墙开裂 未发现问题 正常。 到位 符合要求 ,要求立即整改 建议更换 1. ①灯不亮 存在问题:1.墙 同上 — √ 已完成
待定 无隐患 未查出 5月底前修复 立行立改 一是门坏;二是窗坏 不 请 x 没有安全隐患 教学楼北侧的应急照明灯损坏多日无人更换"""
CELLS = st.lists(st.sampled_from([*_CELLS.split(), "\n", "\x01", ",", ""]), max_size=4).map("".join)


@settings(max_examples=60)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), st.booleans())
def test_a_row_that_is_read_at_once_says_what_the_rules_for_odd_rows_read_in_it(rows, dated: bool) -> None:
    head = ["序号", "存在问题", "整改措施", *(["整改时限"] if dated else [])]
    body = [[str(at), *map(str.strip, cells), *(["5月1日"] if dated else [])] for at, cells in enumerate(rows, 1)]
    grid, at_once, one_by_one = Grid("台账", [head, *body]), Part(2026), Part(2026)
    header = find_header(grid, 0)
    Body(grid, header, at_once).read(len(grid.rows))
    slowly = Body(grid, header, one_by_one)
    for at, row in enumerate(body, 1):
        slowly.row(at, row)
    assert at_once == one_by_one


@pytest.mark.parametrize(
    "piece",
    [
        LISTS,
        "围墙。",
        "1、",
        "校园整洁,成绩突出。\n",
        "问题1:墙 ",
    ],
)
def test_four_times_the_text_costs_about_four_times_as_much(piece: str) -> None:
    once, four_times = _cost(piece, 60_000), _cost(piece, 240_000)
    assert four_times < 9 * max(once, 0.05)


def _cost(piece: str, signs: int) -> float:
    text = (piece * (signs // len(piece) + 1))[:signs]
    started = time.process_time()
    read_text(text)
    return time.process_time() - started


@pytest.mark.parametrize("text", ["", " \n\t", "asdf 1234 ~~", "春风吹绿了校园,孩子们笑得很甜。", "围墙。" * 100_000])
def test_nonsense_yields_nothing_and_a_sentence_that_says_what_to_do(text: str) -> None:
    reading = read_text(text)
    assert not reading.findings
    assert "Paste" in str(reading.warnings[0]) or "Copy" in str(reading.warnings[0])


@pytest.mark.parametrize("name", ["XX", "xx", "某某", "××", "--", "待定", "XX校长", "王某"])
def test_a_placeholder_is_nobody(name: str) -> None:
    assert names_in(name) is None
    assert name == "王某" or is_nobody(name)


@pytest.mark.parametrize("role", ["校长", "总务处", "教务主任", "各班班主任", "全体教师", "后勤"])
def test_a_role_is_not_a_person(role: str) -> None:
    assert names_in(role) is None


def test_a_person_is_found_beside_titles_and_telephones() -> None:
    assert names_in("张明远(校长) 13800000000") == "张明远"
    assert names_in("李秀云、赵国庆") == "李秀云、赵国庆"


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2016.5.10", date(2016, 5, 10)),
        ("2016-5-10", date(2016, 5, 10)),
        ("2016/5/10", date(2016, 5, 10)),
        ("2016年5月10日", date(2016, 5, 10)),
        ("16.5.10", date(2016, 5, 10)),
        ("2017 9 26", date(2017, 9, 26)),
        ("2 0 1 4年8月3 1日", date(2014, 8, 31)),
        ("二〇一九年一月十日", date(2019, 1, 10)),
        ("2018年2月底", date(2018, 2, 28)),
        ("2018年2月低", date(2018, 2, 28)),
        ("5月10日", None),
        ("20xx年4月5日", None),
        ("2019年2月30日", None),
        ("0 1 4年", None),
        ("5月下旬", None),
        ("年底前", None),
        ("3日内", None),
        ("2013年4月—2014年8月", None),
    ],
)
def test_a_day_is_named_only_when_the_text_carries_it(raw: str, day: date | None) -> None:
    assert find_day(raw, None)[0] == day


def _fourth_report() -> str:
    found = sorted(SEEDS.glob("000_*.txt")) if SEEDS.is_dir() else []
    if not found:
        pytest.skip(f"the real report is not here: no 000_*.txt beside the repository in {SEEDS.parent.name}/seeds")
    text = found[0].read_text(encoding="utf-8")
    return text[text.index("第四篇") : text.index("第五篇")]


@pytest.mark.parametrize("part", ["whole", "lists"])
def test_the_real_report_gives_seven_findings_and_five_measures(part: str) -> None:
    text = _fourth_report()
    if part == "lists":
        text = text[text.index("一、存在问题") : text.index("2016年5月13日")]
    reading = read_text(text)
    assert (len(reading.findings), len(reading.measures)) == (7, 5)
    assert not any(link.certain for measure in reading.measures for link in measure.links)
    assert reading.findings_without_measure == (2, 6)
    assert all(measure.owner is None for measure in reading.measures)
    days = [[when.on for when in measure.dates] for measure in reading.measures]
    assert days == [[date(2016, 5, day)] for day in (10, 11, 12, 15)] + [[]]
    assert {when.meaning for measure in reading.measures for when in measure.dates} == {"unknown"}
    assert any("planned or done" in str(warning) for warning in reading.warnings)


ORDER = """限期整改指令书
被检查单位：远山培训学校
经查，你单位存在下列问题：
（1）未按规定设置应急照明；
（2）电线私拉乱接；
（3）未建立消防台账；
以上问题第（1）（2）项，限于2025年6月30日前整改；第（3）项，限于2025年7月15日前整改。
"""
CHAT = """安监-李工 10:21
3号楼电梯间堆了纸箱
后勤老周 10:22
收到,马上整改
安监-李工 10:25
实验室废液桶没贴标签
[图片]
"""
BOXES = """发现你单位存在下列消防安全违法行为：
☑1. 防火门闭门器损坏5处；
□2. 埋压、圈占、遮挡消火栓；
☑3. 未按规定对员工进行消防安全培训
"""
BULLETS = """不足：
- 部分班级课桌高度与学生身高不匹配
- 图书室未对学生开放
建议：
- 图书室每天开放1小时
"""
PATROL = """二、发现的主要问题
（一）责任压得不实
1.学习不深入。一是中心组学习走过场，记录雷同；二是对新规定理解不透，考核不合格者9人。
2.违规发放津补贴。2022年向行政人员超标发放补贴8万元。
（二）基层组织薄弱
三会一课记录雷同，内容空白。党员发展程序不规范，超期7个月。
"""
ENGLISH = """Findings
1. Fire door wedged open. Owner: Dana Orlowe. Due: 31 March 2026
2. Bus bay: no findings.
3. Padlock missing. Action: fit padlock. Owner: Boarding Manager; Due: 2026/3/25
Good practice
4. First-aid kits complete.
"""


@pytest.mark.parametrize(("text", "wanted"), [
    (ORDER, [("未按规定设置应急照明", "2025-06-30"), ("电线私拉乱接", "2025-06-30"), ("未建立消防台账", "2025-07-15")]),
    (CHAT, [("3号楼电梯间堆了纸箱", ""), ("实验室废液桶没贴标签", "")]),
    (BOXES, [("防火门闭门器损坏5处", ""), ("未按规定对员工进行消防安全培训", "")]),
    (BULLETS, [("部分班级课桌高度与学生身高不匹配", ""), ("图书室未对学生开放", "")]),
    (PATROL, [("中心组学习走过场，记录雷同", ""), ("对新规定理解不透，考核不合格者9人", ""),
              ("违规发放津补贴。2022年向行政人员超标发放补贴8万元", ""), ("三会一课记录雷同，内容空白", ""),
              ("党员发展程序不规范，超期7个月", "")]),
    (ENGLISH, [("Fire door wedged open.", "2026-03-31"), ("Padlock missing.", "2026-03-25")]),
], ids=("order", "chat", "boxes", "bullets", "patrol", "english"))  # fmt: skip
def test_further_shapes(text: str, wanted: list[tuple[str, str]]) -> None:
    found = read_text(text).findings
    assert [one.deadline.isoformat() if one.deadline else "" for one in found] == [day for _, day in wanted]
    assert all(words in one.text for one, (words, _) in zip(found, wanted, strict=True))


def test_english_owners_are_persons_and_their_actions_answer_them() -> None:
    reading = read_text(ENGLISH)
    assert [one.owner for one in reading.findings] == ["Dana Orlowe", None]
    assert [(one.text, one.links[0].finding, one.links[0].certain) for one in reading.measures] == [
        ("fit padlock", 1, True)
    ]
