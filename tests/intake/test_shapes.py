"""Tables in unusual shapes, one each: what makes the shape readable is held by a test of its own."""

from __future__ import annotations

from datetime import date

import pytest

from app.intake.readers import read_text
from app.intake.readers.grids import Grid
from app.intake.readers.reader import read_grids


def grid(text: str, merged: list[tuple[int, int, int, int]] | None = None) -> Grid:
    """Rows line by line, cells parted by bars."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return Grid("表", rows, merged=merged or [])


def told(*grids: Grid) -> list[tuple[str, str | None, str | None, date | None]]:
    return [(one.text, one.unit, one.owner, one.deadline) for one in read_grids(grids, 2025).findings]


def measured(*grids: Grid) -> list[tuple[str, bool]]:
    return [(one.text, any(link.certain for link in one.links)) for one in read_grids(grids, 2025).measures]


def test_headings_are_known_by_the_word_they_end_with():
    list_ = "序号|学校|周边隐患描述|处置意见|企业整改责任人|限改日期\n1|清河小学|围墙开裂|拆除重砌|王建平|2025-03-08"
    assert told(grid(list_)) == [("围墙开裂", "清河小学", "王建平", date(2025, 3, 8))]
    assert measured(grid(list_)) == [("拆除重砌", True)]
    assert measured(grid("序号|存在问题|怎么改\n1|地毯卷边|换成防滑地垫")) == [("换成防滑地垫", True)]


def test_headings_in_two_languages_are_known_by_either():
    list_ = "ID|Description(描述)|Assignee/指派给|Due Date/到期\nE-1|接头漏油，地面打滑|王建平|2025-03-10"
    assert told(grid(list_)) == [("接头漏油，地面打滑", None, "王建平", date(2025, 3, 10))]


def test_a_column_that_tells_what_is_wrong_needs_no_name_that_says_so():
    names = "编号|单位名称|检查中所记|谁负责|何时改完\n"
    list_ = f"{names}1|清河四中|应急灯损坏|赵国庆|6月15日\n2|清河五中|门锁坏了|王建平|6月16日"
    assert told(grid(list_))[0] == ("应急灯损坏", "清河四中", "赵国庆", date(2025, 6, 15))


def test_a_column_of_days_is_no_deadline_unless_its_name_lets_it_be_one():
    list_ = "序号|存在问题|责任人|建成\n1|围墙开裂|王建平|2011-05-01"
    assert told(grid(list_)) == [("围墙开裂", None, "王建平", None)]


def test_tables_side_by_side_are_read_one_below_the_other():
    names = "房间|检查情况|责任人|房间|检查情况|责任人\n"
    list_ = f"{names}101|正常|王建平|102|插座松动|李秀云\n103|窗户损坏|王建平|104|正常|李秀云"
    assert {(text, owner) for text, _unit, owner, _due in told(grid(list_))} == {
        ("窗户损坏", "王建平"), ("插座松动", "李秀云")
    }  # fmt: skip


def test_a_matrix_tells_what_failed_and_where():
    list_ = "学校|留样|消毒|备注\n青石小学|√|×|\n红岩中学|√|√|\n柳林小学|量不足|√|"
    assert [(text.split("：")[0], unit) for text, unit, *_ in told(grid(list_))] == [
        ("消毒", "青石小学"), ("量不足", "柳林小学")
    ]  # fmt: skip


def test_a_cross_before_words_gives_way_to_what_was_looked_at():
    list_ = "学校|应急灯|灭火器\n青石小学|×（不亮）|√\n红岩中学|√|×,压力不足\n柳林小学|√|√"
    assert [(text, unit) for text, unit, *_ in told(grid(list_))] == [
        ("应急灯：不亮", "青石小学"), ("灭火器：压力不足", "红岩中学")
    ]  # fmt: skip


def test_several_crosses_are_several_findings_whatever_a_note_beside_them_says():
    list_ = "学校|通道畅通|留样|围墙牢固|备注\n青石小学|×|√|×|围墙已报危房鉴定\n红岩中学|√|√|√|\n柳林小学|√|×|√|"
    assert [(text.split("：")[0], unit) for text, unit, *_ in told(grid(list_))] == [
        ("通道畅通", "青石小学"), ("围墙牢固", "青石小学"), ("留样", "柳林小学")
    ]  # fmt: skip


def test_instructions_and_rows_that_say_all_is_well_hold_no_findings():
    how = grid("填表说明\n1、“问题描述”应写明时间、部位；\n2、能当场整改的填“立行立改”。")
    list_ = (
        "序号|单位|发现问题\n1|三江鱼庄|活鱼进货无票据\n2|百味轩|复查合格，无新问题\n3|学子快餐|灭火器过期，其余无问题"
    )
    assert [text for text, *_ in told(how, grid(list_))] == ["活鱼进货无票据", "灭火器过期，其余无问题"]


def test_headings_may_be_spoken_as_people_speak():
    list_ = "#|在哪儿|啥毛病|咋整|谁去弄|啥时候弄好\n1|9号楼|楼梯没装扶手|先拉灯带|老魏|5月3日"
    assert told(grid(list_)) == [("楼梯没装扶手", None, "老魏", date(2025, 5, 3))]
    assert measured(grid(list_)) == [("先拉灯带", True)]


def test_a_matrix_is_turned_where_its_columns_are_the_places():
    list_ = (
        "内容|滨江公园|人民公园\n路面|完好|地砖松动\n照明|路灯不亮|完好\n责任人|王建平|李秀云\n整改时限|4月1日|4月2日"
    )
    assert told(grid(list_)) == [
        ("路灯不亮", "滨江公园", "王建平", date(2025, 4, 1)), ("地砖松动", "人民公园", "李秀云", date(2025, 4, 2))
    ]  # fmt: skip


def test_only_problems_that_a_dot_marks_were_found():
    list_ = "号|问题|东苑1栋|西苑2栋|整改人\n1|使用电热毯|●||王建平\n2|安全出口上锁|||\n3|灭火器缺失||●|李秀云"
    assert [text for text, *_ in told(grid(list_))] == ["使用电热毯", "灭火器缺失"]


def test_a_dot_makes_the_school_it_stands_under_answer_for_the_problem():
    head = "序号|问题|清河县第一小学|柳溪小学|北山中学|整改措施\n"
    across = head + "1|灭火器压力不足|●||●|更换\n2|出口上锁||||\n3|留样不足||●||补足"
    down = "学校|灭火器压力不足|出口上锁|留样不足\n清河县第一小学|●||\n柳溪小学|||●\n北山中学|●||"
    each = [("灭火器压力不足", "清河县第一小学"), ("灭火器压力不足", "北山中学"), ("留样不足", "柳溪小学")]
    assert [one[:2] for one in told(grid(across))] == [one[:2] for one in told(grid(down))] == each
    reading = read_grids([grid(across)], 2025)
    assert [[link.finding for link in one.links if link.certain] for one in reading.measures] == [[0, 1], [2]]
    assert not any(one.extra for one in reading.findings), "the dots are told"


def test_a_form_is_a_table_of_one_row():
    head = "单位名称|小河幼儿园|检查日期|2025年3月4日\n隐患描述|||\n"
    one = grid(f"{head}整改责任人|王建平|整改期限|2025年3月20日", [(1, 1, 1, 3)])
    one.rows[1][1] = "1.5#楼窗台低矮\n2.栏杆松动"
    due = ("小河幼儿园", "王建平", date(2025, 3, 20))
    assert told(one) == [("5#楼窗台低矮", *due), ("栏杆松动", *due)]


def test_numbered_rows_need_no_headings():
    assert told(grid("1|塑胶跑道起皮|5月30日前\n2|校门口无防撞柱|5月15日前")) == [
        ("塑胶跑道起皮", None, None, date(2025, 5, 30)), ("校门口无防撞柱", None, None, date(2025, 5, 15))
    ]  # fmt: skip


def test_rows_without_headings_name_place_measure_person_and_day_by_what_they_hold():
    list_ = (
        "1|西山工地|基坑未设警示灯|加设警示灯20盏|于乐天|4月18日\n2|西山工地|气瓶间距不足5米|分开存放|于乐天|立行立改\n"
    )
    list_ += "3|南站工地|平台无限载牌|悬挂标识|/|"
    assert told(grid(list_)) == [
        ("基坑未设警示灯", "西山工地", "于乐天", date(2025, 4, 18)), ("气瓶间距不足5米", "西山工地", "于乐天", None),
        ("平台无限载牌", "南站工地", None, None),
    ]  # fmt: skip
    assert measured(grid(list_)) == [("加设警示灯20盏", True), ("分开存放", True), ("悬挂标识", True)]


PROBLEMS = "序号|存在问题\n1|围墙开裂\n2|灯具损坏"


def test_measures_that_name_the_number_of_a_problem_answer_it():
    answers = grid("对应序号|整改举措|责任人|完成期限\n2|更换灯具|王建平|7月15日")
    assert told(grid(PROBLEMS), answers)[1] == ("灯具损坏", None, "王建平", date(2025, 7, 15))
    assert measured(grid(PROBLEMS), answers) == [("更换灯具", True)]


def test_a_table_that_merely_counts_its_rows_answers_nothing_for_certain():
    plan = grid("序号|工作措施|责任人|完成期限\n1|召开会议|王建平|7月1日\n2|更换灯具|李秀云|7月15日")
    assert told(grid(PROBLEMS), plan) == [("围墙开裂", None, None, None), ("灯具损坏", None, None, None)]
    assert not any(certain for _text, certain in measured(grid(PROBLEMS), plan))


def test_a_number_that_stands_twice_answers_neither_for_certain():
    twice = grid("序号|存在问题\n1|围墙开裂\n1|灯具损坏")
    answers = grid("对应序号|整改举措|责任人|完成期限\n1|更换|王建平|7月15日")
    assert [due for *_, due in told(twice, answers)] == [None, None]
    assert measured(twice, answers) == [("更换", False)]


@pytest.mark.parametrize("title", ["全年检修计划", "值班安排表", "隐患统计表"])
def test_plans_rosters_and_counts_hold_no_findings(title: str):
    list_ = (
        f"{title}||||\n序号|内容|负责人|完成时限|备注\n1|水泵漏水处损坏|王建平|7月20日|\n2|灯具损坏处|李秀云|8月1日|"
    )
    assert told(grid(list_)) == []


def test_the_last_who_looked_judges_a_check_and_full_marks_are_none():
    checks = "检查项目|自查|复核|复核说明\n炉坑无积水|√|×|炉坑积水5厘米\n卸灰及时|×|√|自查后已清理"
    marks = "项目|满分|得分|扣分原因\n观察|8|8|记录详实，有分析\n持证|8|6|3人无证"
    assert [text for text, *_ in told(grid(checks))] == ["炉坑积水5厘米"]
    assert [text for text, *_ in told(grid(marks))] == ["3人无证"]


def test_a_deadline_that_tells_items_apart_names_no_day():
    form = grid("受检单位|清河小学\n存在问题|围墙开裂\n整改期限|以上2025年6月6日前，其中第1条2025年6月1日前")
    assert told(form) == [("围墙开裂", "清河小学", None, None)]


def test_what_was_done_by_a_day_is_no_deadline():
    reading = read_text("一、关于“灯具损坏”的问题\n已整改。4月底前更换灯具12盏，安排专人巡查。\n", 2025)
    assert [(one.deadline, one.text) for one in reading.findings] == [(None, "灯具损坏")]
    assert all(one.due is None for one in reading.measures)


def test_what_a_scanner_broke_is_joined():
    scanned = """经查 ，你单位存在下列火灾隐患 ：
    1 .教学楼二层疏散走道防火门闭门 器损坏 ，不能自
行关闭 ；
                    — 1 —
    2 .消防控制室值班人员仅有一人 ，且未持证上岗 。
    以上问题限于 2 0 2 5 年 1 0 月 1 5 日前改
正 。
"""
    assert [(one.text.rstrip("；。"), one.deadline) for one in read_text(scanned).findings] == [
        ("教学楼二层疏散走道防火门闭门器损坏，不能自行关闭", date(2025, 10, 15)),
        ("消防控制室值班人员仅有一人，且未持证上岗", date(2025, 10, 15)),
    ]


def test_what_stands_in_the_row_of_a_problem_is_told_once_and_by_one_name():
    list_ = (
        "序号|问题|整改措施|责任|\n||||责任人\n1|灭火器压力不足|更换灭火器|总务处|XX\n2|出口上锁|打开出口|总务处|校长"
    )
    merged = [(0, place, 1, place) for place in range(3)] + [(0, 3, 0, 4)]
    reading = read_grids([grid(list_.replace("||||责任人", "|||责任单位|责任人"), merged)], 2025)
    assert [str(one) for one in reading.warnings] == [
        "1 owners are placeholders such as XX: nobody is named.",
        "1 owners are named by their role only. Choose the person.",
    ]
    assert reading.findings[1].extra == {"责任人": "校长"}


def test_a_column_under_a_group_keeps_its_own_name_unless_two_have_it():
    head = "序号|存在问题|检查|检查|整改|整改\n||地点|备注|佐证材料|备注\n"
    list_ = head + "1|灭火器压力不足|食堂|甲|照片|乙\n2|出口上锁|楼道|丙|照片|丁"
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]
    assert list(read_grids([grid(list_, merged)]).findings[0].extra.values()) == ["食堂", "甲", "照片", "乙"]
    assert {"地点", "佐证材料"} < {*read_grids([grid(list_, merged)]).findings[0].extra}


def test_a_long_list_goes_on_past_its_thousandth_item_and_a_year_is_none():
    items = [f"{number}、{number}号楼道灯损坏。" for number in range(1, 2031)]
    items.insert(5, "2026、2027年两年未检修。")
    read = read_text("存在问题：\n" + "\n".join(items), 2025).findings
    assert len(read) == 2030
    assert read[-1].text == "2030号楼道灯损坏。"
    assert read[4].text == "5号楼道灯损坏。"


def test_parts_of_a_heading_that_mean_nothing_alone_keep_their_group():
    rows = "序号|存在问题|责任|责任\n||技术|行政\n1|电缆接头松动|王建平|赵小兰"
    (one,) = read_grids([grid(rows, merged=[(0, 2, 0, 3)])], 2025).findings
    assert "王建平" in (one.owner or "")


def test_several_columns_of_problems_each_hold_their_own():
    head = "学校|消防方面问题|食堂方面问题|责任人|整改时限\n"
    rows = "溪口小学|三楼消防栓箱门打不开|无|王建平|2025-06-05\n柳林小学|无|留样盒未标注时间；消毒柜电源线破损||立即\n"
    assert [one[:2] for one in told(grid(f"{head}{rows}梅岭小学|无|无||\n合计：2所学校存在问题||||"))] == [
        ("三楼消防栓箱门打不开", "溪口小学"), ("留样盒未标注时间", "柳林小学"), ("消毒柜电源线破损", "柳林小学")
    ]  # fmt: skip


def test_days_numbered_like_the_problems_of_their_row_are_each_its_own():
    head = "单位|发现问题|整改措施|责任人|完成时限\n"
    row = "城关小学|①门禁失灵；②闭门过慢|①报修门禁；②调整闭门器|王建平|①4月20日②4月30日\n"
    other = "柳溪小学|①灯不亮；②窗破损；③门破损|修理|李秀云|①4月20日②4月30日"
    days = [date(2025, 4, 20), date(2025, 4, 30), None, None, None]
    assert [one[3] for one in told(grid(head + row + other))] == days
    assert [one.due.on for one in read_grids([grid(head + row)], 2025).measures] == days[:2]


def test_a_list_without_numbers_or_names_is_told_by_its_persons_and_days():
    list_ = "翠湾3栋|应急照明不亮|联系维保|仇珊|2025-03-18\n翠湾会所|余氯记录未公示|每日公示|单洁|长期坚持"
    assert told(grid(list_)) == [
        ("应急照明不亮", "翠湾3栋", "仇珊", date(2025, 3, 18)), ("余氯记录未公示", "翠湾会所", "单洁", None)
    ]  # fmt: skip


def test_the_day_it_is_completed_is_a_deadline_where_its_words_say_so():
    head = "序号|问题表现|整改举措|整改完成时间\n1|资格证未公示|公示|2025-12-20\n"
    assert [one[3] for one in told(grid(f"{head}2|票据不全|补开|元旦前"))] == [date(2025, 12, 20), None]
    assert [one[3] for one in told(grid(f"{head}2|票据不全|补开|2025-12-22"))] == [None, None]
    english = "No.|Non-conformity|Owner|Due date\n1|Time cards incomplete|Rosa Lim|30-Apr-25\n2|No non-conformity||\n"
    assert told(grid(f"{english}Total|1 non-conformity||")) == [
        ("Time cards incomplete", None, "Rosa Lim", date(2025, 4, 30))
    ]


def test_dots_beside_other_columns_are_problems_and_the_others_keep_their_words():
    head = "序号|学校|灭火器压力不足|出口上锁|责任人|备注\n"
    one = grid(f"{head}1|清河县第一小学|●|●|王建平|已通知\n2|柳溪小学||●|李秀云|\n3|北山中学||||待查")
    assert [(found.text, found.unit, found.owner, found.extra) for found in read_grids([one], 2025).findings] == [
        ("灭火器压力不足", "清河县第一小学", "王建平", {"备注": "已通知"}),
        ("出口上锁", "清河县第一小学", "王建平", {"备注": "已通知"}), ("出口上锁", "柳溪小学", "李秀云", {}),
    ]  # fmt: skip
    assert [(row.row, row.text) for row in read_grids([one], 2025).set_aside] == [(4, "北山中学 | 待查")]


def test_words_in_a_matrix_tell_what_is_wrong_and_its_gaps_that_nothing_is():
    head = "部门|消防|用电|卫生|时限\n"
    rows = f"{head}财务科|灭火器过期|||2025-05-01\n仓库|通道堵塞|插线板破损||2025-05-03\n车间|||地面积水|"
    wanted = [("灭火器过期", "财务科"), ("通道堵塞", "仓库"), ("插线板破损", "仓库"), ("地面积水", "车间")]
    assert [one[:2] for one in told(grid(rows))] == wanted
    turned = "检查项目|财务科|仓库|一车间\n消防|灭火器过期|通道堵塞|无\n用电|无|插线板破损|无\n卫生|无|无|地面积水"
    assert [one[0] for one in told(grid(turned))] == [text for text, _unit in wanted]
    assert [one[1] for one in told(grid(turned))] == ["财务科", "仓库", "仓库", "一车间"]


def test_a_ledger_that_lies_on_its_side_is_turned():
    head = "序号|学校|存在问题|整改措施|责任人|整改时限\n"
    rows = f"{head}1|城关小学|灭火器过期|更换|王建平|2025-05-01\n2|柳溪小学|留样不足|补足|李秀云|5月2日"
    lying = "\n".join("|".join(column) for column in zip(*(line.split("|") for line in rows.split("\n")), strict=True))
    assert told(grid(lying)) == told(grid(rows)) != []
    assert measured(grid(lying)) == measured(grid(rows))


def test_offices_answer_like_schools_across_down_and_above():
    across = "序号|检查内容|财务科|一车间|责任人\n1|消防|灭火器过期|无|王建平\n2|用电|无|插线板破损|李秀云"
    wanted = [("灭火器过期", "财务科", "王建平", None), ("插线板破损", "一车间", "李秀云", None)]
    assert told(grid(across)) == wanted
    dots = "问题|财务科|一车间|责任人\n灭火器过期|●||王建平\n插线板破损||●|李秀云"
    down = "部门|灭火器过期|插线板破损|责任人\n财务科|√||王建平\n一车间||√|李秀云"
    assert told(grid(dots)) == told(grid(down)) == wanted
    head = "序号|存在问题|责任人\n"
    assert (
        told(grid(f"{head}一、财务科||\n1|灭火器过期|王建平\n二、一车间（共1个问题）||\n1|插线板破损|李秀云")) == wanted
    )
    named = f"{head}城关小学（共1个问题）||\n1|灭火器过期|王建平\n柳溪小学||\n2|插线板破损|李秀云"
    assert [one[1] for one in told(grid(named))] == ["城关小学", "柳溪小学"], "no heading near the end names all"
