"""Three lists that share numbers, matrices of ticks, forms with a list in them, and English action plans."""

from __future__ import annotations

from app.intake.readers.grids import Grid
from app.intake.readers.reader import read_grids

PROBLEMS = [["编号", "问题表述"], ["W-1", "退费窗口只设1个，排队时间长"], ["W-2", "自助机经常缺纸"]]
DUTIES = [
    ["责任清单", "", ""],
    ["编号", "牵头领导", "责任人"],
    ["W-1", "副院长 苏合", "王建平"],
    ["W-2", "副院长 苏合", "李秀云"],
]
MEASURES = [
    ["编号", "整改举措", "完成时间"],
    ["W-2", "安排专人每日补纸", "2026-03-15"],
    ["W-1", "增设窗口2个", "2026年4月30日前"],
]
TICKS = [
    ["序号", "学校", "消防通道畅通", "灭火器有效", "护学岗到位", "整改期限"],
    ["1", "云台小学", "√", "√", "√", ""],
    ["2", "柳溪小学", "×", "√", "√", "2026年9月10日前"],
    ["3", "北山中学", "√", "×", "√", "2026年9月8日前"],
]
NOTICE = [
    ["编号：", "云食安改〔2026〕9号", "检查时间：", "2026年3月24日"],
    ["序号", "问题", "依据条款", "整改要求"],
    ["1", "凉菜间紫外线灯损坏", "第五十五条", "更换灯管"],
    ["2", "4名从业人员未戴发帽", "第四十七条", "加强晨检"],
    ["整改期限：", "2026年4月3日前", "逾期后果：", "依法处理"],
    ["签收人：", "李秀云", "签收日期：", "2026-03-24"],
]
PLAN = [
    ["Ref", "Significant finding", "Recommendation", "Management response", "Person responsible", "Timescale"],
    ["A1", "Laundry door is wedged open", "Remove the wedge", "Agreed.", "D. Pryce", "By 30 April 2026"],
    ["A2", "Emergency lighting adequate throughout", "None", "-", "-", "-"],
    ["A3", "Cooking oil stored next to boiler", "Move to dry store", "Agreed.", "D. Pryce", "Immediate"],
    ["Signed:", "S. Okafor", "Date:", "2026-03-14", "", ""],
]


def read(*sheets):
    return read_grids([Grid(f"表{at}", rows) for at, rows in enumerate(sheets)])


def test_lists_of_problems_duties_and_measures_are_joined_by_their_codes():
    reading = read(PROBLEMS, DUTIES, MEASURES)
    assert [(one.owner, str(one.deadline)) for one in reading.findings] == [
        ("王建平", "2026-04-30"), ("李秀云", "2026-03-15"),
    ]  # fmt: skip
    assert [(one.links[0].finding, one.links[0].certain) for one in reading.measures] == [(1, True), (0, True)]


def test_only_crosses_of_a_matrix_are_problems_whatever_its_columns_are_called():
    found = read(TICKS).findings
    assert [(one.unit, one.text.split("：")[0]) for one in found] == [
        ("柳溪小学", "消防通道畅通"),
        ("北山中学", "灭火器有效"),
    ]
    assert [str(one.deadline) for one in found] == ["2026-09-10", "2026-09-08"]


def test_lines_of_a_form_below_its_list_say_until_when_and_are_no_problems():
    found = read(NOTICE).findings
    assert [str(one.deadline) for one in found] == ["2026-04-03", "2026-04-03"]


def test_an_action_plan_holds_what_is_amiss_and_what_was_recommended():
    reading = read(PLAN)
    assert [(one.owner, str(one.deadline)) for one in reading.findings] == [
        ("D. Pryce", "2026-04-30"),
        ("D. Pryce", "None"),
    ]
    assert [one.text for one in reading.measures] == ["Remove the wedge", "Move to dry store"]


def test_an_empty_form_yields_nothing():
    rows = [["责任督学督导意见表", ""], ["存在问题", "提出时间"], ["学校整改情况", "回访时间"], ["督学后续建议", ""]]
    assert read(rows).findings == ()
