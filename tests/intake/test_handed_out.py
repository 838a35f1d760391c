"""Papers as they are handed out: an order, a notice, an inspector's record, a plan, a report with a list in the end."""

from __future__ import annotations

from app.intake.readers import read_text
from app.intake.readers.grids import Grid
from app.intake.readers.reader import read_grids

ORDER = [
    ["督办事项", "实验小学周边道路安全隐患整改", "", ""],
    ["来源", "县领导批示", "交办时间", "2026年5月9日"],
    ["承办单位", "县交通运输局", "协办单位", "县教育局"],
    ["存在问题", "1.停靠点未设置标志牌；\n2.校门前路段无减速设施", "", ""],
    ["办理要求", "1.设置标志牌；\n2.增设减速带两道", "", ""],
    ["办理时限", "2026年5月31日前", "签收人", "李秀云"],
]
NOTICE = [
    ["责令限期整改通知书", "", "", ""],
    ["检查时间", "2026年5月13日", "检查人", "王建平"],
    ["存在问题", "", "", "整改要求"],
    ["1", "3号车床无防护罩", "", "加装防护罩"],
    ["2", "焊接实训室通风不良", "", "增设排风设备"],
    ["整改期限", "2026年5月28日前", "", ""],
    ["签收人", "李秀云", "签收日期", "2026-05-13"],
]
RECORD = """责任督学督导工作记录
督导学校：云台小学
督导时间：2025年4月9日
督导情况：
1.查看课程表，课程开齐开足，与公示一致。
2.查看作业公示，五年级第4周作业公示缺失。
3.校园一键报警装置测试正常。
4.课后服务签到表齐全，但社团教案有4个班未写。
整改建议：
针对第2条，教务处每周更新公示，4月14日前补齐。
针对第4条，请补写教案，4月底前检查一次。
"""
PLAN = """优质均衡发展反馈问题整改方案
一、总体要求
对标对表，销号管理。
二、整改任务
（一）资源配置方面
1．农村学校多媒体设备老化。
（1）投入资金更新设备180套，2026年8月25日前完成。
（牵头单位：县财政局；责任单位：县教育局）
（二）社会认可度方面
2．近视防控知晓率偏低。
（1）开展家校共育宣传活动。
（牵头单位：县教育局；责任单位：县卫生健康局）
三、工作要求
各单位每月28日前报送进展。
"""
REPORT = """食品安全问题整改报告
一、人员管理方面
问题一：1名厨师未戴口罩上岗。
整改情况：对当事人进行批评教育。责任人：王建平，9月11日已完成。
二、进货查验方面
存在问题：
1．供货商营业执照复印件过期。
2．冷冻肉品缺检疫合格证明。
整改措施：
1．要求供货商提供最新证照。
2．停用该批肉品并退货。
责任人：李秀云
2025年9月12日
"""


def test_an_order_names_itself_and_its_problems_stand_below():
    reading = read_grids([Grid("督办单", ORDER)])
    assert [one.text.strip("；") for one in reading.findings] == ["停靠点未设置标志牌", "校门前路段无减速设施"]
    assert {(one.unit, str(one.deadline)) for one in reading.findings} == {("县交通运输局", "2026-05-31")}
    assert [(one.links[0].finding, one.links[0].certain) for one in reading.measures] == [(0, True), (1, True)]


def test_a_heading_may_span_the_number_and_the_words():
    merged = [(2, 0, 2, 2)]
    found = read_grids([Grid("通知书", NOTICE, merged=merged)]).findings
    assert [one.text for one in found] == ["3号车床无防护罩", "焊接实训室通风不良"]
    assert {str(one.deadline) for one in found} == {"2026-05-28"}


def test_a_record_tells_what_is_amiss_among_what_is_well():
    reading = read_text(RECORD)
    assert [(one.number, str(one.deadline)) for one in reading.findings] == [("2.", "2025-04-14"), ("4.", "2025-04-30")]
    assert [(one.links[0].finding, one.links[0].certain) for one in reading.measures] == [(0, True), (1, True)]


def test_tasks_of_a_plan_are_problems_with_their_measures():
    reading = read_text(PLAN)
    assert [one.text.strip("。") for one in reading.findings] == ["农村学校多媒体设备老化", "近视防控知晓率偏低"]
    assert str(reading.findings[0].deadline) == "2026-08-25"


def test_who_is_named_below_a_list_owns_nothing_that_another_answers():
    assert [one.owner for one in read_text(REPORT).findings] == ["王建平", "李秀云", "李秀云"]
