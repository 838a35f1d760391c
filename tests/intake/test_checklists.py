"""Check lists: who ticked what, which answer is bad, and what stands beside it; headings in two languages."""

from __future__ import annotations

from datetime import date

from tests.intake.test_shapes import grid, measured, told


def test_marks_under_yes_no_and_not_applicable_are_one_answer():
    list_ = (
        "序号|检查内容|是|否|不适用|问题描述|整改时限\n"
        "1|食品原料是否离地存放|√||||\n2|是否存在过期食品||√|||\n"
        "3|冰箱是否有温度记录||√||冷冻柜未贴记录表|3月10日\n4|有无鼠迹|√|||库房东墙角见鼠粪|2025-03-06\n"
        "5|餐具消毒时间是否达标||√|||3月8日前\n6|是否使用明火|||√||"
    )
    assert [(text, due) for text, _unit, _owner, due in told(grid(list_))] == [
        ("冷冻柜未贴记录表", date(2025, 3, 10)), ("库房东墙角见鼠粪", date(2025, 3, 6)),
        ("餐具消毒时间是否达标", date(2025, 3, 8))
    ]  # fmt: skip


def test_the_answers_may_stand_below_one_heading():
    list_ = (
        "序号|检查项目|检查标准|检查结果||备注|整改责任人\n|||合格|不合格||\n"
        "1|灭火器|压力正常|√||||\n2|疏散通道|畅通无杂物||√|东侧楼梯堆放课桌|王建平\n3|应急灯|断电后能点亮||√||李秀云"
    )
    merged = [(0, 3, 0, 4), *((0, place, 1, place) for place in (0, 1, 2, 5, 6))]
    assert [(text, owner) for text, _unit, owner, _due in told(grid(list_, merged))] == [
        ("东侧楼梯堆放课桌", "王建平"), ("应急灯", "李秀云")
    ]  # fmt: skip


def test_a_no_is_good_where_an_english_question_asks_for_bad():
    list_ = (
        "Question|Answer|Comment|Action by|Target date\n"
        "Are fire doors kept shut?|No|Door to plant room wedged open|Sam Hill|23/04/2025\n"
        "Is there any damage to sockets?|Yes|Socket by sink cracked|Sam Hill|24/04/2025\n"
        "Is there any evidence of leaks?|No|||\nAre exits clear?|Yes|||\nAre drills held each term?|No|||"
    )
    assert told(grid(list_)) == [
        ("Door to plant room wedged open", None, "Sam Hill", date(2025, 4, 23)),
        ("Socket by sink cracked", None, "Sam Hill", date(2025, 4, 24)),
        ("Are drills held each term?", None, None, None),
    ]


def test_a_column_called_item_may_name_things():
    list_ = "Item|Condition|Comment\nFire doors|Poor|Two closers missing\nEmergency lights|OK|\nHandrails|Fail|"
    assert [text for text, *_ in told(grid(list_))] == ["Two closers missing", "Handrails"]


def test_headings_in_chinese_and_english_are_one_heading():
    list_ = (
        "编号No.|Nonconformity description不符合项描述|根本原因Root cause|Corrective action纠正措施|"
        "负责人Responsible|完成日期Due date|状态Status\n"
        "1|首件检验记录缺少模具编号|表单未更新|修订表单|王建平|2025-09-05|Open"
    )
    assert told(grid(list_)) == [("首件检验记录缺少模具编号", None, "王建平", date(2025, 9, 5))]
    assert measured(grid(list_)) == [("修订表单", True)]


def test_a_snag_list_says_ditto_and_what_holds_no_snag():
    list_ = (
        "Item|Description|Trade|To be completed by|Signed off\n1|Socket dead by whiteboard|Electrician|19/06/2025|\n"
        "2|Carpet joint lifting|Flooring|ditto|\n3|No snags to ceiling or lighting|||\n4|Tap drips|Plumber|ASAP|"
    )
    assert [(text, due) for text, _unit, _owner, due in told(grid(list_))] == [
        ("Socket dead by whiteboard", date(2025, 6, 19)), ("Carpet joint lifting", date(2025, 6, 19)),
        ("Tap drips", None)
    ]  # fmt: skip
