"""Tables that speak of problems and hold none: rosters, plans, standards, registers of risks, questions."""

from __future__ import annotations

import pytest

from tests.intake.test_shapes import grid, told

NONE = (
    "责任区划分及整改联络一览表\n责任区|责任督学|挂牌学校|学校整改责任人|督导重点|督导频次\n"
    "一区|王建平|秀水一小|李秀云|消防隐患、食品安全问题整改落实|每月1次\n二区|赵国庆|南湖中学|何俊杰|作业超量问题|每月1次",
    "考核评分标准（2025年修订）\n序号|考核项目|考核内容|分值|扣分标准|得分\n"
    "1|隐患整改|建立问题整改台账，按期销号|20|未按期整改的扣3分|\n2|消防安全|通道畅通|15|通道堵塞的每处扣1分|",
    "2025年隐患排查计划\n序号|排查内容|排查频次|责任人|完成时限\n1|线路老化、私拉乱接|每月一次|王建平|每月25日前",
    "风险清单\n序号|风险点|可能导致的事故|风险等级|管控措施|责任人\n1|液氨储罐|泄漏中毒|重大|每日巡检|王建平",
    "培训安排\n时间|培训主题|培训对象|责任人|完成情况\n2025-04-22|隐患辨识和整改措施制定|安全员|王建平|",
    "Training plan 2025\nDate|Topic|Audience|Trainer|Status\n"
    "2025-03-01|Reporting defects and hazards|Staff|Ian Bell|Planned",
    "常见问题解答\n序号|问题|答复\n1|台账怎么报送？|发邮箱\n2|没有隐患也要填表吗？|填“无”",
)


@pytest.mark.parametrize("table", NONE, ids=lambda table: table.split("\n", 1)[0])
def test_a_table_of_something_else_holds_no_findings(table):
    assert told(grid(table)) == []


def test_a_standard_into_which_results_were_written_is_a_check_list():
    list_ = (
        "食堂检查评分标准\n序号|检查内容|分值|评分标准|检查结果|得分\n1|留样规范|10|缺一项扣2分|留样盒未贴标签|8\n"
        "2|地面清洁|10|有油污扣2分|符合要求|10"
    )
    assert [text for text, *_ in told(grid(list_))] == ["留样盒未贴标签"]
    plan = "2025年消防检查整改计划\n序号|存在问题|整改措施|责任人|完成时限\n1|应急灯不亮|更换|王建平|5月8日前"
    assert [text for text, *_ in told(grid(plan))] == ["应急灯不亮"]
