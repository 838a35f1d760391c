"""Forms in cells, label by label, and ledgers that lie on their side: notices, orders, opinions, cards."""

from __future__ import annotations

from datetime import date

from tests.intake.test_shapes import grid, measured, told

NOTICE = """
安全检查整改通知单
编号：安〔2025〕17号||填单日期：|2025-06-10
受检单位|青石仓储公司|检查人|王建平、李秀云
检查部位|1号库、消防泵房|主管签章|
存在问题|{problems}
整改意见|{asked}
整改期限|2025年6月20日前|整改责任人|赵国庆（工程主管）
实施情况|
备注|本单一式三联：一联存查，二联整改后返回，三联为存根。
"""


def test_a_notice_names_its_problems_its_answers_and_who_is_to_act_by_labels():
    rows = grid(NOTICE.format(problems="{p}", asked="{a}"))
    rows.rows[4][1] = "1.卷帘下停放摩托车；\n2.泵房门未上锁；"
    rows.rows[5][1] = "1.清离车辆；\n2.补装门锁。"
    assert told(rows) == [
        ("卷帘下停放摩托车；", "青石仓储公司", "赵国庆", date(2025, 6, 20)),
        ("泵房门未上锁；", "青石仓储公司", "赵国庆", date(2025, 6, 20)),
    ]
    assert measured(rows) == [("清离车辆；", True), ("补装门锁。", True)]


def test_an_order_tells_its_matter_and_what_is_asked_for():
    order = (
        "督办单|\n编号|督字3号\n签发人|副局长 王建平\n督办事项|校门前排水沟盖板缺失\n来源（领导批示）|随访发现\n"
        "承办单位|清河小学\n办理时限|2025年4月17日前\n办理要求|更换盖板\n签收人及时间|李秀云　4月7日\n办理情况|"
    )
    assert told(grid(order)) == [("校门前排水沟盖板缺失", "清河小学", None, date(2025, 4, 17))]
    assert measured(grid(order)) == [("更换盖板", True)]


def test_a_day_in_a_numbered_answer_is_that_of_the_problem_with_its_number():
    opinion = grid(
        "督导意见书\n责任区|第三责任区|责任督学|王建平\n被督导学校|清河小学|督导时间|2025-10-22\n"
        "学校存在的问题|{p}\n学校整改措施|{m}\n责任督学意见|同意，下月复核。\n校长（签字）||学校盖章|"
    )
    opinion.rows[3][1] = "1.饮水机没有清洗记录。\n2.书面作业超过规定。\n3.校门石墩破损2个。"
    opinion.rows[4][1] = "1.每周清洗，10月25日前完成。\n2.教导处统筹作业总量。\n3.更换石墩，11月15日前完成。"
    assert [due for *_, due in told(opinion)] == [date(2025, 10, 25), None, date(2025, 11, 15)]


def test_one_demand_beside_several_problems_dates_all_of_them_only_if_it_says_so():
    record = "现场检查记录\n被检查单位|永安加油站\n检查时间|2025年3月2日\n检查发现的问题|{p}\n处理意见|{d}"
    one, other = grid(record), grid(record)
    for rows in (one, other):
        rows.rows[3][1] = "1、静电接地夹失效。\n2、消防沙箱内无沙。"
    one.rows[4][1] = "责令限期整改，2025年3月12日前整改完毕。"
    other.rows[4][1] = "请于3月12日前更换接地夹；沙箱立即补沙。"
    assert [due for *_, due in told(one)] == [date(2025, 3, 12)] * 2
    assert [due for *_, due in told(other)] == [None, None]


def test_a_card_with_its_fields_down_is_turned_whatever_stands_above_it():
    card = (
        "消防检查问题整改卡（2025年3月）\n问题编号|1号|2号\n检查部位|书库|报告厅\n存在的问题|瓶组压力偏低|后门上锁\n"
        "产生的根源|超过周期|图方便\n整改措施|充装检验|拆除门锁\n责任部门|典藏部|物业部\n责任人|王建平|李秀云\n"
        "完成期限|2025-04-15|当场整改\n复查人||赵国庆"
    )
    assert told(grid(card)) == [
        ("瓶组压力偏低", "典藏部", "王建平", date(2025, 4, 15)), ("后门上锁", "物业部", "李秀云", None)
    ]  # fmt: skip


def test_who_looked_last_is_right_and_a_word_that_judges_is_no_finding():
    list_ = (
        "项目|检查内容|自查情况|督查情况\n后厨|刀具生熟分开|合格|合格\n后厨|留样|合格|不合格。留样盒未贴标签\n"
        "餐厅|轮椅通道|不合格，通道堆放折叠桌|属实，不合格\n档案|进货台账|合格|不合格"
    )
    assert [text for text, *_ in told(grid(list_))] == ["留样盒未贴标签", "通道堆放折叠桌", "进货台账"]


def test_what_a_system_wrote_tells_in_one_column_and_asks_in_another():
    list_ = (
        "id|日期|小区|督导内容|photo|是否整改|整改责任单位|整改责任人|备注\n"
        "1041|2025-08-19 08:22:10|翠柳花园|楼道堆放纸箱|a.jpg|True|翠柳物业|王建平|\n"
        "1042|2025-08-19 08:47:51|翠柳花园|无问题|b.jpg||||\n"
        "1043|2025-08-19 09:05:03|机械厂宿舍|盖板破裂|c.jpg|False|居委会|李秀云|无物业小区\n"
        "1045|2025-08-20 15:58:20|映山里||d.jpg||||照片拍虚\n1048|2025-08-21 11:02:00|邮电新村|正常|e.jpg||||"
    )
    assert told(grid(list_)) == [
        ("楼道堆放纸箱", "翠柳物业", "王建平", None), ("盖板破裂", "居委会", "李秀云", None)
    ]  # fmt: skip
    list_ = (
        "巡检单号|巡检时间|门店名称|巡检项|巡检结果|异常说明|处理人|要求完成时间|工单状态\n"
        "X1|2025-04-01 09:12:33|解放路店|冷柜|异常|温度-8℃，高于-18℃|王建平|2025-04-02 18:00:00|待处理\n"
        "X2|2025-04-01 09:15:02|解放路店|通道|正常||||已关闭"
    )
    assert told(grid(list_)) == [("温度-8℃，高于-18℃", "解放路店", "王建平", date(2025, 4, 2))]
    assert not measured(grid(list_))


def test_a_record_names_results_and_remarks_and_what_is_signed_below_is_none():
    record = (
        "安全检查记录表\n项目|序|检查内容|检查情况|备注\n校园管理|1|门卫值班|有值班|\n|2|来人登记|登记不全，缺离校时间|限3月10日补\n"
        "消防|3|灭火器|有效|\n|4|安全出口|后门锁闭|\n学校（公章）|检查人员签字|王建平|学校负责人签字|\n督学后续建议|加强值班检查|||"
    )
    assert [(text, due) for text, _unit, _owner, due in told(grid(record))] == [
        ("登记不全，缺离校时间", date(2025, 3, 10)), ("后门锁闭", None)
    ]  # fmt: skip


def test_the_day_of_a_signature_is_no_deadline_and_a_problem_may_sound_like_a_heading():
    notice = (
        "整改通知书|\n被检查单位|永安宾馆\n检查时间|2025年3月2日\n存在问题|客房烟感故障\n整改要求|立即更换\n"
        "签收人|王建平\n签收时间|2025年3月2日"
    )
    assert told(grid(notice)) == [("客房烟感故障", "永安宾馆", None, None)]
    request = (
        "Corrective action request\nCAR no.|CAR-07|Date raised|2025-05-01\nDepartment|Molding|Raised by|Ian Bell\n"
        "Nonconformity|Torque wrench used after calibration due date\nRoot cause|Recall list not updated\n"
        "Corrective action|Recalibrate the wrench\nResponsible|Sue Park|Due date|2025-05-20\nVerified by||Date closed|"
    )
    assert told(grid(request)) == [
        ("Torque wrench used after calibration due date", "Molding", "Sue Park", date(2025, 5, 20))
    ]
