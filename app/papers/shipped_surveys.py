"""The surveys as they are shipped: a circular over all units, and the report of a month."""

from __future__ import annotations

from app.papers.composing import Composed

HEADS = ("单位", "问题数", "已销号", "待验收", "整改中", "逾期", "销号率", "按期率")
WIDTHS = (45, 15, 15, 15, 15, 13, 19, 19)
NUMBERS = ("all", "closed", "waiting", "going", "late", "rate", "on_time")
CELLS = ("{{ u.name }}", *(f"|{{{{ u.{name} }}}}" for name in NUMBERS))
TOTAL = ("合计", *(f"|{{{{ total.{name} }}}}" for name in NUMBERS))
LATE_ONES = (("序号", "责任单位", "问题", "整改时限", "备注"), (11, 34, 58, 34, 19), "f in late",
             ("|{{ f.n }}", "{{ f.unit }}", "{{ f.title }}\n{{ f.number }}", "|{{ f.due }}",
              "|{% if f.days > 0 %}逾期{{ f.days }}天{% endif %}"))  # fmt: skip
NEXT_ONES = (("序号", "责任单位", "问题", "整改时限"), (11, 38, 73, 34), "f in next",
             ("|{{ f.n }}", "{{ f.unit }}", "{{ f.title }}\n{{ f.number }}", "|{{ f.due }}"))  # fmt: skip
MEANING = ("注：问题数不含已撤销的问题；销号率＝已销号÷问题数；按期率＝在期限内提交并已销号的问题÷已到期或已销号的问题；逾期指"
           "超过现行时限仍未提交。分母为零时记“—”。")  # fmt: skip
LATE = "{{ '下列问题未在规定时限内办理' if waited else '下列问题已超过整改时限，责任单位仍未提交整改结果' }}："


def circular() -> bytes:
    """通报: the whole in numbers, who did well, whose matters are late and by how much, what is required."""
    paper = Composed()
    paper.masthead()
    paper.title("关于督导检查发现问题整改情况的通报")
    paper.line("{% if said.copies %}{{ said.copies }}{% else %}各有关单位{% endif %}：", "主送机关")
    paper.line("截至{{ day }}，{{ scope }}各单位共有督导检查发现的问题{{ total.all }}个，已销号{{ total.closed }}个，销号率"
               "{{ total.rate }}；待验收{{ total.waiting }}个，正在整改{{ total.going }}个，其中逾期{{ total.late }}个；按期率"
               "{{ total.on_time }}。现将有关情况通报如下。")  # fmt: skip
    paper.line("一、总体情况", "一级标题")
    paper.listed(HEADS, WIDTHS, "u in units", CELLS, TOTAL)
    paper.note(MEANING)
    paper.lines("{%p if said.good %}")
    paper.line("二、做得好的方面", "一级标题")
    paper.lines("{{ said.good|paragraphs }}", "{%p endif %}")
    paper.line("{{ '三' if said.good else '二' }}、存在的问题", "一级标题")
    paper.lines("{%p if late %}")
    paper.announced(LATE)
    paper.listed(*LATE_ONES)
    paper.lines("{%p if more_late %}", "另有{{ more_late }}个逾期问题，详见整改台账。", "{%p endif %}",
                "{%p else %}", "目前没有逾期未提交的问题。", "{%p endif %}")  # fmt: skip
    paper.line("{{ '四' if said.good else '三' }}、下一步要求", "一级标题")
    paper.closing(
        "{{ (said.demand or '各单位要对照整改台账逐项推进，逾期问题的责任单位要立即查明原因，明确完成时间并书面"
        "报告。')|paragraphs }}"
    )
    paper.signed()
    return paper.save()


def agenda() -> bytes:
    """联席会议议题: what is late, by what it needs from those who meet, with room for what they decide."""
    paper = Composed()
    paper.turned()
    paper.title("整改工作联席会议议题")
    paper.line("截至{{ day }}，超过整改时限且尚未提交的问题共{{ total }}个，按所需支持分列如下，请逐项议定。")
    paper.lines("{%p for group in groups %}")
    paper.line("{{ group.ordinal }}、{{ group.needs }}（{{ group.count }}个）", "一级标题")
    paper.listed(("序号", "问题", "责任单位", "整改时限", "现由何处办理", "配合单位", "议定事项"),
                 (11, 58, 30, 34, 30, 22, 40), "m in group.matters",
                 ("|{{ m.n }}", "{{ m.title }}\n{{ m.number }}{{ m.orders }}", "{{ m.unit }}",
                  "|{{ m.due }}\n逾期{{ m.days }}天", "{{ m.holder }}", "|{{ m.supporting }}", ""))  # fmt: skip
    paper.lines("{%p endfor %}", "{%p if more %}", "另有{{ more }}个逾期问题，详见整改台账。", "{%p endif %}",
                "{%p if not total %}", "目前没有逾期未提交的问题。", "{%p endif %}")  # fmt: skip
    return paper.save()


def monthly() -> bytes:
    """整改工作月报: what came in, what was closed, what is late, what is due next."""
    paper = Composed()
    paper.form_title("整改工作月报（{{ month }}）")
    paper.lines("填报单位：{{ issuer }}", "填报日期：{{ day }}", style="编号行")
    paper.line("一、本月情况", "一级标题")
    paper.line("{{ month }}，{{ scope }}新下达问题{{ flow.new }}个，提交整改结果{{ flow.submitted }}个，验收销号{{ flow.closed }}个。"
               "截至{{ day }}，共有问题{{ total.all }}个，已销号{{ total.closed }}个（销号率{{ total.rate }}），待验收"
               "{{ total.waiting }}个，正在整改{{ total.going }}个，逾期{{ total.late }}个。")  # fmt: skip
    paper.lines("{%p if said.organised %}", "{{ said.organised|paragraphs }}", "{%p endif %}")
    paper.line("二、各单位情况", "一级标题")
    paper.listed(HEADS, WIDTHS, "u in units", CELLS, TOTAL)
    paper.note(MEANING)
    paper.line("三、逾期问题", "一级标题")
    paper.line("{%p if late %}")
    paper.listed(*LATE_ONES)
    paper.lines("{%p if more_late %}", "另有{{ more_late }}个，详见整改台账。", "{%p endif %}",
                "{%p else %}", "无。", "{%p endif %}")  # fmt: skip
    paper.line("四、下月到期问题", "一级标题")
    paper.line("{%p if next %}")
    paper.listed(*NEXT_ONES)
    paper.lines("{%p if more_next %}", "另有{{ more_next }}个，详见整改台账。", "{%p endif %}",
                "{%p else %}", "无。", "{%p endif %}")  # fmt: skip
    return paper.save()
