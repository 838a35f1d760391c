"""Papers of a few lines, each of a shape that offices use: what is found, who owns it, until when, what answers it."""

from __future__ import annotations

from app.intake.readers import read_text
from app.intake.readers.grids import Grid
from app.intake.readers.reader import read_blocks
from app.intake.reading import Reading


def _told(found: Reading) -> list[tuple[str, str | None, str]]:
    return [(one.text, one.owner, str(one.deadline or one.deadline_raw)) for one in found.findings]


ALIGNED = """
车间安全巡检 2026年5月
区域        隐患描述                责任人     完成时限
一号车间    行车吊钩防脱卡损坏      鲍启明     2026年5月8日
            砂轮机无防护罩          鲍启明     立即
二号车间    配电柜前堆放杂物，
            柜门敞开                韩 露      5月10日
三号仓库    正常                    --         --

序号  检查点位  存在问题  整改责任人  整改期限
1  食堂  留样不足125克  向 荣  2026-05-13
2  配电房  绝缘垫破裂    2026-05-15
检查人：方圆
"""


def test_columns_that_only_blanks_part_are_read_below_their_headings() -> None:
    assert _told(read_text(ALIGNED, 2026)) == [
        ("行车吊钩防脱卡损坏", "鲍启明", "2026-05-08"),
        ("砂轮机无防护罩", "鲍启明", "立即"),
        ("配电柜前堆放杂物，柜门敞开", "韩露", "2026-05-10"),
        ("留样不足125克", "向荣", "2026-05-13"),
        ("绝缘垫破裂", None, "2026-05-15"),
    ]


ENGLISH = """
Site Safety Inspection
A. ACCESS
  A1  Scaffold board split on level 2.
      Action required: Replace the board. [R. Osei – by 16 May 2025]
  A2  No edge protection at stairwell B. Action: install guard rails (Site Manager, 48 hours)
  A3  Welfare cabin clean and stocked. No action.
B. PEOPLE
  B1  Two drivers without reversing assistants. Action: brief all subcontractors - Ann Kerr, 20 May 2025
4. Block D, cold room
Issue: Rinse temperature only 61 °C, below the 82 °C required.
Recommendation: Call the service engineer.
By whom: Kitchen Manager / Tom Adeyemi
By when: TBC
5. Block D, dry store
Issue: None.
"""


def test_english_items_have_codes_and_tell_who_and_when_in_brackets_or_lines() -> None:
    found = read_text(ENGLISH)
    assert _told(found) == [
        ("Scaffold board split on level 2.", "R. Osei", "2025-05-16"),
        ("No edge protection at stairwell B.", None, "48 hours"),  # a manager is a role
        ("Two drivers without reversing assistants.", "Ann Kerr", "2025-05-20"),
        ("Rinse temperature only 61 °C, below the 82 °C required", "Tom Adeyemi", "TBC"),
    ]
    assert [one.text for one in found.measures] == [
        "Replace the board.", "install guard rails", "brief all subcontractors", "Call the service engineer",
    ]  # fmt: skip
    assert found.findings[3].extra == {"location": "Block D, cold room"}


IN_ORDER = """
一、问题清单
（一）大班班额42人，超出规定7人。
（二）保健医生未取得资格证书。
二、整改要求
（一）2026年9月1日前将班额降至35人以内。
（二）三个月内参加培训并取得资格，由副园长施洋负责。
以上两项要求与问题逐条对应。整改责任人为园长郝洁。请于2026年1月10日前报送书面整改报告。
澄湾区教育局
2025年11月24日
"""
NESTED = """
二、整改任务
(一)履行职责方面
1.公租房动态管理不到位
(1)12户已购房家庭未退出.
整改措施:①送达通知书;②申请司法执行.
(牵头领导:郁金堂;责任科室:保障科;完成时限:2025年6月底前)
(2)租金收缴率仅71%.
整改措施:分片上门催缴.
(责任领导:副主任 祝长庚;完成时限:2025年5月下旬并长期坚持)
2.公务加油卡管理混乱
整改措施:一车一卡.
(责任人:屈映红;完成时限:2025年4月31日前)
三、组织保障
(一)及时报送进展.责任人:屈映红.
2025年3月3日
"""


def test_two_lists_go_together_where_the_paper_says_so() -> None:
    found = read_text(IN_ORDER)
    assert [(one.owner, str(one.deadline or one.deadline_raw)) for one in found.findings] == [
        ("郝洁", "2026-09-01"),
        ("施洋", "三个月内"),
    ]
    assert [[(link.finding, link.certain) for link in one.links] for one in found.measures] == [
        [(0, True)],
        [(1, True)],
    ]
    wanted = IN_ORDER.replace("以上两项要求与问题逐条对应。", "要做到要求与问题逐条对应。")
    assert not any(link.certain for one in read_text(wanted).measures for link in one.links)


def test_a_plan_counts_on_behind_the_measures_of_each_of_its_problems() -> None:
    found = read_text(NESTED)
    assert _told(found) == [
        ("12户已购房家庭未退出.", "郁金堂", "2025-06-30"),
        ("租金收缴率仅71%.", "祝长庚", "2025年5月下旬并长期坚持"),
        ("公务加油卡管理混乱", "屈映红", "2025年4月31日前"),
    ]
    assert [link.finding for one in found.measures for link in one.links] == [0, 0, 1, 2]


def test_a_second_table_may_answer_problems_by_their_numbers() -> None:
    asked = Grid("", [["任务", "对应问题", "责任人", "时限"], ["增聘教师", "Q1", "易水寒", "2025年12月底前"],
                      ["启动修订", "Q2", "", "本学期末"], ["共建学院", "Q1、Q2", "杭小军", "长期"]])  # fmt: skip
    listed = Grid("", [["编号", "反馈问题"], ["Q1", "教师比例低于要求"], ["Q2", "方案三年未修订"]])
    said = ["检查发现问题：", "Q1. 教师比例低于要求", "Q2. 方案三年未修订"]
    for blocks in (
        [listed, "会议议定任务分解表", asked],
        [*(one.replace("Q", "") for one in said), "任务分解表", asked],
    ):
        found = read_blocks(blocks, None, {})
        assert _told(found) == [("教师比例低于要求", "易水寒", "2025-12-31"), ("方案三年未修订", "杭小军", "本学期末")]
        assert [len(one.links) for one in found.measures] == [1, 1, 2]


def test_an_empty_form_and_how_to_fill_it_in_hold_no_problem() -> None:
    form = Grid("", [["编号", "隐患内容", "整改责任人", "整改时限"], ["1", "", "", ""]])
    told = ["填表说明：", "“隐患内容”要具体，不得填写“管理不到位”等。"]
    note = ["注：1.隐患内容栏应写明缺陷、损坏、堵塞等；", "2.整改责任人栏填写姓名。"]
    assert read_blocks([form, *told, *note], None, {}).findings == ()


def test_two_who_looked_and_who_is_named_below_for_all_or_for_one_room() -> None:
    rows = [["房间", "自查情况", "督查情况", "整改要求及期限"], ["A101", "符合", "氮气瓶未固定", "5月8日前固定"],
            ["A102", "只有一把锁", "情况属实，尚未整改", "立即加锁"]]  # fmt: skip
    below = ["整改责任人：副院长 凌霄；A102由实验员贲文负责。", "检查人（签字）：左民　负责人（签字）：凌霄"]
    found = read_blocks([Grid("", rows), *below, "2026年5月4日"], None, {})
    assert [(one.text, one.owner, str(one.deadline)) for one in found.findings] == [
        ("氮气瓶未固定", "凌霄", "2026-05-08"),
        ("只有一把锁", "贲文", "None"),
    ]


GROUP = """
07:53 值周-邢国梁
三楼男厕第二个隔间门锁坏了[图片]
07:55 值周-邢国梁
还有二年级走廊那块地砖翘起来了，差点绊倒人[图片]
08:01 总务-麻世杰
收到。@水电-老戚 门锁今天中午前换掉
08:04 总务-麻世杰
地砖我联系施工队，周五下班前铺好
12:20 水电-老戚
门锁换好了[图片]
16:50 德育-蒯敏
通知：明天下午4点各班班主任开家长会筹备会
08:10 校长-乌云飞
昨天的事处理得很及时。另外我看到操场单杠螺丝松了，体育组谁管？
08:12 体育-展鹏
我管，今天停用，本周内找人加固
08:15 校长-乌云飞
好，安全无小事，大家多留心
"""
TALK = """李主任：一楼东头灭火器压力不足
王老师：收到，我来换，下午放学前
李主任：五年级二班后门插销断了
电工小丁：明天一早修
李主任：其他正常，大家辛苦了"""


def test_a_group_answers_what_it_speaks_of_whoever_wrote_in_between() -> None:
    found = read_text(GROUP)
    assert [(one.text, one.owner) for one in found.findings] == [
        ("三楼男厕第二个隔间门锁坏了", "老戚"),
        ("二年级走廊那块地砖翘起来了，差点绊倒人", "麻世杰"),
        ("操场单杠螺丝松了", "展鹏"),
    ]
    assert [one.text for one in found.measures] == [
        "门锁今天中午前换掉", "地砖我联系施工队，周五下班前铺好", "我管，今天停用，本周内找人加固",
    ]  # fmt: skip
    talk = read_text(TALK)
    assert [(one.text, one.owner) for one in talk.findings] == [
        ("一楼东头灭火器压力不足", "王老师"),
        ("五年级二班后门插销断了", None),
    ]
    assert [link.finding for one in talk.measures for link in one.links] == [0, 1]


def test_no_day_is_taken_for_a_deadline_that_is_none() -> None:
    days = {
        "2025年5月10日至20日": "2025-05-20", "2025年5月20日通报后10日内": "None", "2025年9月1日起": "None",
        "2025年3月1日检查时仍未完成": "None", "2025年4月31日": "None", "20xx年5月1日前": "None", "5-6月": "None",
    }  # fmt: skip
    for said, day in days.items():
        (found,) = read_text(f"检查发现以下问题：\n1. 台账缺失。整改时限：{said}。\n2025年5月3日").findings
        assert (str(found.deadline), found.deadline_raw) == (day, said)
    text = "经查，存在下列问题：\n一、预案2024年12月31日前应修订而未修订。\n二、健康证过期（2024年12月31日前到期）。\n"
    found = read_text(text + "责令你单位立即改正，并于2025年1月15日前将改正情况报我所。\n2025年1月6日").findings
    assert [(one.deadline, "立即改正" in one.deadline_raw) for one in found] == [(None, True)] * 2
    english = "Findings\n1. Door wedged open. Due: 5/6\n2. Panel dead. Due: from 12 May 2025"
    assert [one.deadline for one in read_text(english, 2025).findings] == [None, None]


PRAISE = """关于表扬2025年度隐患整改先进集体的通报
一、先进集体
1．长岭小学。该校围墙倾斜、管道老化等历史遗留隐患在半年内全部整改到位。
2．东湖幼儿园。针对消防通道狭窄问题，主动拆除违建3处，整改时限提前两个月。"""
CALL = """关于召开全县问题整改工作推进会的通知
一、会议时间
2026年4月22日上午9:00。
二、会议内容
1．大班额化解、教师编制不足、校舍安全隐患三个专项组作表态发言；
2．签订整改责任书。"""


def test_praise_and_calls_to_a_meeting_tell_of_no_problem() -> None:
    assert read_text(PRAISE).findings == read_text(CALL).findings == ()


PAGES = """        安 全 隐 患 登 记 表
单位：南  山  乡  敬  老  院
   序号：1
   隐患内容：液化气罐与灶台同室，软管老
化开裂
   整改措施：更换软管，气罐移至室外专用
小间
   整改时限：二OO九年十月二十日
   整改责任人：邬 德 贵
                                     2
安 全 隐 患 登 记 表  （续）
   序号：2
   隐患内容：电线裸露
   整改责任人：邬 德 贵"""
PLACES = """二、存在问题
（一）云栖府项目（施工单位：宏岳建设，项目经理：申屠亮）
1．连墙件缺失8处；
（二）滨河扩建工程（施工单位：九鼎建筑）
1．基坑临边未设护栏；
三、处理意见
（一）云栖府项目立即停工整改，整改合格后方可复工。
（二）滨河扩建工程限6月25日前整改完毕，整改报告报区安监站。
2025年6月18日"""
NOTE = """周三查寝情况
201室烟感掉了,线头露着,电工老詹今晚装回去.
306室窗户插销坏,关不上,限周五前修.
灶台油管漏油——已让厨师长牛志下班前擦净"""


def test_pages_places_and_notes_keep_what_belongs_together() -> None:
    assert _told(read_text(PAGES)) == [
        ("液化气罐与灶台同室，软管老化开裂", "邬德贵", "2009-10-20"),
        ("电线裸露", "邬德贵", ""),
    ]
    assert [(one.unit, str(one.deadline or one.deadline_raw)) for one in read_text(PLACES).findings] == [
        ("云栖府项目", "立即停工整改"),
        ("滨河扩建工程", "2025-06-25"),
    ]
    found = read_text(NOTE)
    assert [(one.owner, one.deadline_raw) for one in found.findings] == [
        ("老詹", "今晚"), (None, "周五前"), ("牛志", "下班前"),
    ]  # fmt: skip
    assert [one.text for one in found.measures] == ["电工老詹今晚装回去.", "限周五前修.", "已让厨师长牛志下班前擦净"]
