"""Names in two rows without merged cells, and tables that count problems place by place."""

from __future__ import annotations

from datetime import date

from tests.intake.test_shapes import grid, measured, told


def test_names_in_two_rows_are_known_without_merged_cells():
    list_ = (
        "2025年实验室督导发现及改进一览\n什么时候改完|谁负责||督导发现||怎么改|改完了吗|谁查的\n"
        "|牵头人|经办人|在哪间|具体情况|||\n"
        "2025/10/15|王建平|李秀云|B304|废液桶未贴标签|清运废液|否|督导组甲\n长期坚持|赵国庆||B307|气瓶没有固定|加装气瓶架|是|督导组甲"
    )
    assert told(grid(list_)) == [
        ("废液桶未贴标签", None, "李秀云", date(2025, 10, 15)), ("气瓶没有固定", None, "赵国庆", None)
    ]  # fmt: skip
    assert [text for text, _sure in measured(grid(list_))] == ["清运废液", "加装气瓶架"]
    whole = "单位|问题|||整改||\n"
    whole += "名称|类别|描述|图片|措施|人员|完成时限\n清河小学|消防|灭火器过期3具|a.jpg|更换|王建平|2025-05-01"
    assert told(grid(whole)) == [("灭火器过期3具", "清河小学", "王建平", date(2025, 5, 1))]


def test_a_first_row_with_gaps_is_no_second_row_of_names():
    list_ = "单位|存在问题|整改措施|\n清河小学|地面积水|拖干|已改\n南湖中学|灯管不亮|更换|"
    assert [text for text, *_ in told(grid(list_))] == ["地面积水", "灯管不亮"]


def test_what_is_counted_at_a_place_is_its_problem_and_the_rows_below_are_of_places():
    list_ = (
        "序号|隐患内容|计量|东站|西站|火车站枢纽|合计\n1|灭火器压力不足|具|2||1|3\n2|场区照明灯不亮|盏|5|0||5\n"
        "3|监控离线|路||||0\n合计|||7|0|1|8\n整改责任人|||王建平|李秀云|赵国庆|\n整改期限|||2025-11-10|2025-11-12|11月20日前|"
    )
    assert told(grid(list_)) == [
        ("灭火器压力不足", "东站", "王建平", date(2025, 11, 10)),
        ("场区照明灯不亮", "东站", "王建平", date(2025, 11, 10)),
        ("灭火器压力不足", "火车站枢纽", "赵国庆", date(2025, 11, 20)),
    ]
    assert told(grid("隐患类别|一小|二小|合计\n消防|2|1|3\n用电|1|1|2")) == []


def test_who_answers_for_a_school_may_stand_below_its_marks():
    list_ = (
        "检查项目|清河小学|南湖小学|青石小学\n灭火器是否有效|√|×|√\n通道是否畅通|√|√|×\n"
        "责任人|王建平|李秀云|赵国庆\n整改期限|2025-05-10|2025-05-11|2025-05-12"
    )
    assert {(unit, owner, due) for _text, unit, owner, due in told(grid(list_))} == {
        ("南湖小学", "李秀云", date(2025, 5, 11)), ("青石小学", "赵国庆", date(2025, 5, 12))
    }  # fmt: skip


def test_a_rare_name_among_names_is_one_and_a_role_is_none():
    list_ = "序号|存在问题|整改责任人\n1|灯管不亮|王建平\n"
    list_ += "2|地面积水|紫苏\n3|门锁损坏|李秀云\n4|井盖缺失|物业\n5|墙皮脱落|安全办"
    assert [owner for _text, _unit, owner, _due in told(grid(list_))] == ["王建平", "紫苏", "李秀云", None, None]


def test_a_column_for_who_looks_again_is_empty_while_nobody_has():
    list_ = "項次|檢查所見缺失|改善措施|負責人|預計完成日|複查結果\n"
    list_ += "1|消防栓箱前堆放雜物|清除|王建平|2025/5/10|\n2|緊急照明燈故障|更換|李秀雲|2025/5/15|"
    assert [(text, due) for text, _unit, _owner, due in told(grid(list_))] == [
        ("消防栓箱前堆放雜物", date(2025, 5, 10)), ("緊急照明燈故障", date(2025, 5, 15))
    ]  # fmt: skip
