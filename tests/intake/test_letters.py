"""Letters to and from those who were inspected or who complained: what was verified, and who is to act."""

from __future__ import annotations

from app.intake.readers import read_text
from app.intake.readers.grids import Grid
from app.intake.readers.reader import read_blocks

REPLY = """关于“东湖里小区油烟扰民”信访事项的答复
您好！您反映的问题，我局于4月20日现场核查，现答复如下：
反映问题一：“烧烤油烟直排，熏得开不了窗”。
经查，情况属实。该店油烟净化器损坏停用，烟气未经处理直排小区内侧。
反映问题二：“小区门口的垃圾站臭”。
现场检查时，垃圾站当日清运，未发现明显异味，所反映情况不属实。
2026年4月24日"""
LETTER = """Dear Sir, the following deficiencies were noted:
1. Six extinguishers are past their service date. Have them serviced by 22 May 2026. Action: Mr. Alan Pryce
2. Emergency lighting did not operate when tested. Action: Estates Office. Due: 15 June 2026"""


def test_what_was_verified_is_found_and_not_what_was_complained_of():
    (found,) = read_text(REPLY, None).findings
    assert found.text.startswith("该店油烟净化器损坏停用")


def test_an_action_in_english_may_name_who_is_to_act():
    found = read_text(LETTER, None)
    assert [(one.owner, str(one.deadline)) for one in found.findings] == [
        ("Alan Pryce", "2026-05-22"),
        (None, "2026-06-15"),  # an office is nobody
    ]
    assert [one.text.strip(".") for one in found.measures] == ["Have them serviced by 22 May 2026"]


AUDIT = """三、审计发现的主要问题和处理意见
（一）超标准发放加班补贴14.58万元。
2024年，中心未经核定，向管理人员发放节假日补贴。责令清退超标准发放的补贴。
（二）往来款项长期挂账63.4万元。
其他应收款中有11笔挂账超过3年。
责令于2026年9月30日前完成清理。
另发现垃圾房未上锁。
四、审计建议
（一）强化预算约束。"""
MINUTES = """一、通报3月5日安全大检查情况
发现问题如下：
学生公寓B栋消火栓箱内缺水带1条。（责任人：总务处 史平，2026年3月13日前配齐）
南门闸机经常失灵，早高峰学生拥堵。（责任部门：信息中心，本周内联系厂家）
二、研究清明节放假安排
会议同意购置钢琴1台。"""
PLAN = """自查中还有下面这些地方没做好：
• 吊扇有一台晃动厉害
• 门锁坏了
我们的打算是：
1.由总务处更换吊扇和门锁。
2.每周巡查一遍。"""


def _told(text: str) -> list[tuple[str, list[str]]]:
    """Each problem with the measures that are certain to answer it."""
    found = read_text(text, 2026)
    answers = [[one.text for one in found.measures if at in [link.finding for link in one.links if link.certain]]
               for at in range(len(found.findings))]  # fmt: skip
    return [(one.text.rstrip("。"), mine) for one, mine in zip(found.findings, answers, strict=True)]


def test_a_paragraph_between_two_items_belongs_to_the_item_above():
    assert _told(AUDIT) == [
        ("超标准发放加班补贴14.58万元", ["责令清退超标准发放的补贴。"]),
        ("往来款项长期挂账63.4万元", ["责令于2026年9月30日前完成清理。"]),
        ("垃圾房未上锁", []),
    ]
    first, second, _ = read_text(AUDIT, 2026).findings
    assert "未经核定" in first.extra["说明"]
    assert str(second.deadline) == "2026-09-30"


def test_a_list_without_numbers_ends_where_the_next_part_begins():
    found = read_text(MINUTES, 2026).findings
    assert [(one.text[:4], one.owner, one.unit, one.deadline_raw) for one in found] == [
        ("学生公寓", "史平", None, "2026年3月13日前配齐"),
        ("南门闸机", None, "信息中心", "本周内联系厂家"),
    ]


def test_a_line_that_announces_another_list_belongs_to_no_item():
    found = read_text(PLAN, 2026)
    assert [one.text for one in found.findings] == ["吊扇有一台晃动厉害", "门锁坏了"]
    assert len(found.measures) == 2


def test_a_name_in_a_frame_says_where_what_stands_below_it_was_found():
    text = (
        "周检通报\n【冲压车间】\n1、模具架超载 → 4月14日前减载（邢涛）\n【成品库】\n2、没有灭火器 → 配两具（鲍玉芬）\n"
    )
    found = read_text(text, 2026)
    assert [(one.text, one.unit, one.owner) for one in found.findings] == [
        ("模具架超载", "冲压车间", "邢涛"),
        ("没有灭火器", "成品库", "鲍玉芬"),
    ]
    assert [one.text for one in found.measures] == ["4月14日前减载", "配两具"]


SECTIONS = """各区域扣分项如下：
一、总装车间
①物料架标识脱落；②废料桶未加盖。
以上由车间主任鲁振海负责，9月10日前完成。
二、注塑车间
地面干净，无扣分项。
三、成品仓库
①托盘码放超高；②灭火器被纸箱遮挡；③标签缺失。
以上由仓库主管皇甫莲负责，①②立即整改，③9月15日前完成。
四、办公楼
①茶水间下班未断电。"""


def test_what_closes_the_list_of_one_place_is_said_of_that_list_only():
    assert [(one.unit, one.owner, one.deadline_raw) for one in read_text(SECTIONS, 2025).findings] == [
        ("总装车间", "鲁振海", "9月10日前完成"),
        ("总装车间", "鲁振海", "9月10日前完成"),
        ("成品仓库", "皇甫莲", "立即整改"),
        ("成品仓库", "皇甫莲", "立即整改"),
        ("成品仓库", "皇甫莲", "9月15日前完成"),
        ("办公楼", None, ""),
    ]


PARENTS = """家委会给学校的一封信
把大家说得最多的几件事汇总一下：
◆ 营养午餐的汤连续一个多月都是紫菜汤。希望请食堂每两周换一次菜单。
◆ 足球课有三次临时改成自习，事先没有通知家长。
◆ 图书角书目交上去，到今天没有人回复。
以上三条，盼学校能在2025年5月30日前解决。"""


def test_a_list_that_is_to_be_solved_by_a_day_is_one_of_problems():
    found = read_text(PARENTS, 2025)
    assert [str(one.deadline) for one in found.findings] == ["2025-05-30"] * 3


def test_below_a_whole_sentence_are_its_instances_and_below_a_name_the_problems():
    whole = "存在的问题\n一、抽查8个班中有3个班挤占课程。\n（1）美术课上数学；\n（2）体育课自习。\n二、操场积水。"
    name = "存在的问题\n1.食堂管理不规范：\n（1）留样不足125克；\n（2）生熟砧板混用。\n2.操场积水。"
    inside = "存在的问题\n1.教案流于形式，表现为：①语文教案缺反思；②数学教案无日期。\n2.操场积水。"
    assert [len(read_text(text, None).findings) for text in (whole, name, inside)] == [2, 3, 2]
    assert read_text(name, None).findings[0].extra["类别"] == "食堂管理不规范"


DECISIONS = """后勤例会纪要
一、通报检查情况
会议指出，宿舍存在不足：一是走廊堆放纸箱；二是水房漏水；三是值班记录缺页。
二、议定事项
1. 走廊由宿管清理。
2. 阀门、龙头全部更换，4月3日前完成。责任人：季南星
3. {last}"""


def test_the_day_of_one_decision_is_not_that_of_every_problem():
    alone, all_of_them = (
        read_text(DECISIONS.format(last=last), 2026).findings
        for last in ("下次会议4月20日召开。", "以上问题4月15日前全部整改到位。")
    )
    assert [one.deadline_raw for one in alone] == [""] * 3
    assert {str(one.deadline) for one in all_of_them} == {"2026-04-15"}


TASKS = """某局巡察反馈问题整改任务分解表
根据巡察组反馈意见，现将整改任务分解如下：
一、聚焦基层治理方面
（一）档案工作抓得不紧。
1．馆藏图纸受潮12卷。（牵头单位：档案科；整改时限：2026年9月30日）
2．借阅登记缺页。（牵头单位：档案科；整改时限：2026年4月30日）
二、聚焦财经纪律方面
（二）财务管理不严。
3．超标准列支会议费0.87万元。（责任人：季南星；整改时限：2026年3月底）
①整改措施：全额清退；②整改措施：学习会议费办法。
4．领款手续不全。（责任人：季南星；整改时限：已于2026年1月30日整改完成）
三、工作要求
各牵头单位每月25日前报送进展情况。"""


def test_items_counted_on_below_headings_are_the_problems_and_keep_what_brackets_tell():
    found = read_text(TASKS, 2026)
    assert [(one.text[:5], one.owner, str(one.deadline)) for one in found.findings] == [
        ("馆藏图纸受", None, "2026-09-30"),
        ("借阅登记缺", None, "2026-04-30"),
        ("超标准列支", "季南星", "2026-03-31"),
        ("领款手续不", "季南星", "None"),
    ]
    assert [link.finding for one in found.measures for link in one.links] == [2, 2]


WARDS = """惠民醫院 安全查核報告
查核日期：2026年3月18日

受查單位：三樓病房
缺失事項：
(1) 點滴架輪子鬆脫，無法固定。
　　改善措施：更換輪子。
　　負責人：鄭雅筑
　　完成期限：2026年3月31日
(2) 急救車未上鎖。
　　改善措施：立即補齊。
　　完成期限：俟預算核定

受查單位：檢驗科
缺失事項：
(1) 冰箱溫度紀錄有4日未填。
　　改善措施：每日覆核。

受查單位：藥劑部
查核結果：各項均符合規定，無缺失。

以上缺失請各單位依限改善。"""


def test_each_unit_that_was_looked_at_begins_a_list_of_its_own():
    found = read_text(WARDS, 2026)
    assert [(one.text[:3], one.unit, one.owner, str(one.deadline)) for one in found.findings] == [
        ("點滴架", "三樓病房", "鄭雅筑", "2026-03-31"),
        ("急救車", "三樓病房", None, "None"),
        ("冰箱溫", "檢驗科", None, "None"),
    ]
    assert [[(link.finding, link.certain) for link in one.links] for one in found.measures] == [
        [(0, True)],
        [(1, True)],
        [(2, True)],
    ]


AUDITED = """INTERNAL AUDIT - CATERING STORES
SUMMARY
Dry goods were tested and found satisfactory.
DETAILED FINDINGS

F1 (High)
Condition: Former suppliers could still open the cold store; 3 of 12 keys had not been returned.
Criteria: Key Policy, s.2
Recommendation: Change the locks and keep a key register.
Owner: Mina Farrow, Head of Catering
Target date: 31/05/2026

F2 (Medium)
Condition: Recipes on the board refer to a menu that has been replaced.
Recommendation: Update the board.
Owner: Kitchen Services
Target date: Completed 20 March 2026
"""


def test_a_record_of_an_audit_in_english_tells_all_under_labels():
    found = read_text(AUDITED, 2026)
    assert [(one.number, one.text[:7], one.owner, str(one.deadline), one.extra) for one in found.findings] == [
        ("F1", "Former ", "Mina Farrow", "2026-05-31", {"Criteria": "Key Policy, s.2"}),
        ("F2", "Recipes", None, "None", {}),  # an office is nobody, and what is done is due no more
    ]
    assert [(one.text, one.links[0].finding, one.links[0].certain) for one in found.measures] == [
        ("Change the locks and keep a key register", 0, True),
        ("Update the board", 1, True),
    ]


BOOKS = """食堂账目审计发现（征求意见稿）
现场审计结束日：2026年3月6日

【发现一】
事实：46笔采购中有7笔无发票。
标准：原始凭证须真实、完整
影响：支出真实性无法确认
建议：逐笔清理，能补开的补开。
承办：财务科
期限：2026年6月30日

【发现二】
事实：鱼塘租金存放于会计个人银行卡。
建议：全额缴入账户。
承办：季南星
期限：立行立改

另：审计注意到，会计电算化升级已完成，值得肯定。"""


def test_a_record_of_an_audit_tells_fact_measure_and_by_when():
    found = read_text(BOOKS, 2026)
    assert [(one.text[:4], one.owner, str(one.deadline), one.extra) for one in found.findings] == [
        (
            "46笔采",
            None,
            "2026-06-30",
            {"承办": "财务科", "标准": "原始凭证须真实、完整", "影响": "支出真实性无法确认"},
        ),
        ("鱼塘租金", "季南星", "None", {}),
    ]
    assert [(one.text, one.links[0].finding, one.links[0].certain) for one in found.measures] == [
        ("逐笔清理，能补开的补开。", 0, True),
        ("全额缴入账户。", 1, True),
    ]


CHECKED = Grid("", [["序号", "需整改的隐患", "整改措施"], ["1", "插座超负荷", "增设回路"], ["2", "水带缺失", "补齐"]])


def test_what_is_added_below_a_table_is_a_problem_with_its_own_terms():
    added = "补充：当日夜间，保安发现后门封死，无法开启。拟于6月20日前切割改造，责任人：季南星。"
    found = read_blocks(["自查记录", CHECKED, added], 2026, {})
    assert [(one.text, one.owner, str(one.deadline)) for one in found.findings] == [
        ("后门封死，无法开启。", "季南星", "2026-06-20"),
        ("插座超负荷", None, "None"),
        ("水带缺失", None, "None"),
    ]
    assert ("拟于6月20日前切割改造", 0) in [(one.text, one.links[0].finding) for one in found.measures]
    for idle in ("补充：今后发现损坏及时上报。", "另：检查中未发现其他隐患。"):
        assert len(read_blocks(["自查记录", CHECKED, idle], 2026, {}).findings) == 2


REPORTED = """食堂会议纪要
一、会议通报了3月2日检查的情况
周副校长指出，本学期食堂总体平稳。但也要看到不足：一是留样冰箱温度超标；二是砧板混用，标识磨损。
{said}
二、议定事项
1. 冰箱由承包方报修。"""


def test_what_somebody_reports_behind_the_problems_is_one_too():
    said = "家长代表反映，周二的汤有异味。承包方解释当日换了厨师，验收单未及时收取。"
    found = read_text(REPORTED.format(said=said), 2026).findings
    assert [one.text for one in found][2:] == ["周二的汤有异味。", "验收单未及时收取。"]
    assert found[0].extra["类别"] == "会议通报了3月2日检查的情况"
    for idle in ("家长代表反映，周二的汤味道很好。", "家长代表提出，希望防止汤变凉。"):
        assert len(read_text(REPORTED.format(said=idle), 2026).findings) == 2
