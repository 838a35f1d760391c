"""The letters as they are shipped: notice, opinion, report."""

from __future__ import annotations

from app.papers.composing import Cell, Composed, label

EACH = "{%p for f in findings %}"
END, ELSE, FI = "{%p endfor %}", "{%p else %}", "{%p endif %}"


def notice() -> bytes:
    """整改通知书 with its receipt slip and the record of re-inspection."""
    paper = Composed()
    paper.masthead()
    paper.title("整改通知书")
    paper.line("{{ unit }}：", "主送机关")
    paper.line("{{ visit.day }}，{{ issuer }}对你单位开展了{{ visit.name }}（检查人员：{{ visit.team }}）。检查发现"
               "{{ count }}个问题，现根据《教育督导条例》等有关规定，通知你单位按下列要求限期整改。")  # fmt: skip
    paper.line("一、存在问题和整改要求", "一级标题")
    _each_one(paper)
    paper.lines(
        "{{ f.body }}",
        "整改要求：{{ f.demand or '请对照问题制定措施，整改到位。' }}{% if f.protection %}整改完成前的防护措施：{{ f.protection }}{% endif %}"
        "整改期限：{{ f.due }}（{{ f.track }}）。",
        END,
    )
    _demanded_of_all(paper)
    paper.signed()
    paper.page_break()
    _receipt(paper)
    return paper.save()


def _demanded_of_all(paper: Composed) -> None:
    paper.line("二、有关要求", "一级标题")
    paper.lines(
        "（一）请收到本通知书后立即签收，并将回执送{{ issuer }}。",
        "（二）请逐项明确责任人、整改措施和完成时限，整改中注意举一反三，同类问题一并排查。",
        "（三）整改完成后，请按期提交整改情况报告和佐证材料，申请验收销号。确需延期的，须在期限届满前书面申请。",
    )
    paper.closing(
        "（四）逾期未整改或整改不到位的，将按照《教育督导条例》《教育督导问责办法》有关规定处理。",
        "{%p if said.demand %}", "（五）{{ said.demand|paragraphs }}", FI,
        "{%p if said.phone %}", "联系人及电话：{{ said.phone }}。", FI,
    )  # fmt: skip


def _receipt(paper: Composed) -> None:
    paper.line("整改通知书回执", "公文标题")
    paper.gap()
    paper.form((34, 48, 30, 44), (
        (12, (label("通知书编号"), Cell("{{ number }}"), label("问题数"), Cell("{{ count }}个", 1, "表中"))),
        (12, (label("签收单位"), Cell("{{ unit }}"), label("签收人及职务"), Cell(""))),
        (12, (label("签收时间"), Cell("      年    月    日    时", 1, "表中"), label("联系电话"), Cell(""))),
        (34, (label("单位意见"), Cell("□ 无异议，按通知要求整改。\n□ 对下列问题有异议，现申辩如下：\n\n"
                                  "负责人（签字）：            （盖章）        年    月    日", 3))),
    ))  # fmt: skip
    paper.line("")
    paper.line("————————————  以下由检查单位复查时填写  ————————————", "裁切线")
    paper.line("")
    paper.line("复查意见", "公文标题")
    paper.gap()
    paper.form((34, 48, 30, 44), (
        (12, (label("复查时间"), Cell("      年    月    日", 1, "表中"), label("复查方式"), Cell("□ 现场查看\n□ 查阅材料"))),
        (38, (label("复查情况"), Cell("", 3))),
        (24, (label("复查结论"), Cell("□ 同意销号    □ 退回整改，限于      年    月    日前完成\n\n"
                                  "复查人（签字）：                                  年    月    日", 3))),
    ))  # fmt: skip


def opinion() -> bytes:
    """督导意见书: what was good, what is wrong, what is required until when."""
    paper = Composed()
    paper.masthead()
    paper.title("督导意见书")
    paper.line("{{ unit }}：", "主送机关")
    paper.line("{{ visit.day }}，{{ issuer }}组织{{ visit.team }}对你单位开展了{{ visit.name }}{% if visit.kind not in visit.name %}"
               "（{{ visit.kind }}）{% endif %}。根据"
               "《教育督导条例》有关规定，现提出如下督导意见。")  # fmt: skip
    paper.lines("{%p if said.good %}")
    paper.line("一、主要成绩", "一级标题")
    paper.lines("{{ said.good|paragraphs }}", FI)
    paper.line("{{ '二' if said.good else '一' }}、存在问题", "一级标题")
    paper.lines(EACH, "{{ f.n }}．{{ f.text }}{% if f.basis %}（依据：{{ f.basis }}）{% endif %}", END)
    paper.line("{{ '三' if said.good else '二' }}、整改要求和期限", "一级标题")
    paper.listed(("序号", "问题", "整改要求", "整改期限"), (11, 52, 59, 34), "f in findings",
                 ("|{{ f.n }}", "{{ f.head }}", "{{ f.demand or '请针对问题制定措施，整改到位。' }}", "|{{ f.due }}"))  # fmt: skip
    paper.lines("{%p if said.demand %}", "{{ said.demand|paragraphs }}", FI)
    paper.line("{{ '四' if said.good else '三' }}、整改情况的报送", "一级标题")
    paper.closing("请对照上述意见制定整改方案，逐项整改，并在期限届满前将整改情况和佐证材料报{{ issuer }}。如对本意见有异议，可在收到之日起"
                  "十五日内书面提出。", "")  # fmt: skip
    paper.line("督学（签名）：                ", "落款").paragraph_format.keep_with_next = True
    paper.signed()
    paper.page_break()
    _opinion_slip(paper)
    return paper.save()


def _opinion_slip(paper: Composed) -> None:
    paper.line("督导意见书签收回执", "公文标题")
    paper.gap()
    paper.form((34, 48, 30, 44), (
        (12, (label("意见书编号"), Cell("{{ number }}"), label("签收单位"), Cell("{{ unit }}"))),
        (12, (label("签收人及职务"), Cell(""), label("签收时间"), Cell("    年    月    日"))),
        (30, (label("单位意见"), Cell("\n\n负责人（签字）：            （盖章）        年    月    日", 3))),
    ))  # fmt: skip


def report() -> bytes:
    """整改情况报告: the whole, finding by finding, what is left, and the list of evidence."""
    paper = Composed()
    paper.line("{{ number }}", "发文字号")
    paper.gap()
    paper.title("{{ ('关于' + visit.name + '发现问题整改情况的报告')|balanced }}")
    paper.line("{{ issuer }}：", "主送机关")
    paper.line("{{ visit.day }}，{{ visit.issuer }}对我单位开展了{{ visit.name }}，指出{{ tally.all }}个问题。我单位高度重视，"
               "对照问题逐项整改。截至{{ day }}，已完成整改{{ tally.done }}个，其中验收销号{{ tally.closed }}个、待验收"
               "{{ tally.waiting }}个；正在整改{{ tally.going }}个，其中超过期限{{ tally.late }}个。现将整改情况报告如下。")  # fmt: skip
    _told_one_by_one(paper)
    _what_is_left(paper)
    paper.closing("特此报告。", "", "附件：佐证材料清单")
    paper.signed("unit")
    paper.lines("{%p if said.phone %}", "（联系人及电话：{{ said.phone }}）", FI)
    paper.page_break()
    paper.line("附件", "表题")
    paper.gap()
    paper.line("佐证材料清单", "公文标题")
    paper.gap()
    paper.listed(("问题编号", "序号", "佐证材料", "类别", "提交日期", "校验码"), (33, 11, 33, 22, 35, 22),
                 "e in evidence", ("|{{ e.finding }}", "|{{ e.n }}", "{{ e.name }}", "|{{ e.kind }}", "|{{ e.day }}", "|{{ e.mark }}"))  # fmt: skip
    return paper.save()


def _each_one(paper: Composed) -> None:
    paper.line(EACH)
    paper.line("（{{ f.ordinal }}）{{ f.head }}", "二级标题")


def _told_one_by_one(paper: Composed) -> None:
    paper.lines("{%p if said.organised %}")
    paper.line("一、整改工作组织情况", "一级标题")
    paper.lines("{{ said.organised|paragraphs }}", FI)
    paper.line("{{ '二' if said.organised else '一' }}、逐项整改情况", "一级标题")
    _each_one(paper)
    paper.lines("{{ f.body }}", "整改措施：{{ f.measures_text|paragraphs }}", "整改结果：{{ f.result|paragraphs }}",
                "责任人：{{ f.owner }}。整改时限：{{ f.due }}。{% if f.finished %}完成时间：{{ f.finished }}。{% endif %}"
                "目前状态：{{ f.state }}{% if f.closed %}（{{ f.closed }}）{% endif %}。",
                "佐证材料：{% if f.evidence %}{{ f.evidence_kinds }}，详见附件。{% else %}（无）{% endif %}", END)  # fmt: skip


def _what_is_left(paper: Composed) -> None:
    paper.line("{{ '三' if said.organised else '二' }}、未完成事项和下步安排", "一级标题")
    paper.lines("{%p if tally.going %}", "{%p for f in findings if f.is_open %}",
                "{{ f.n }}．{{ f.head }}：责任人{{ f.owner }}，时限{{ f.due }}{% if f.late_days %}，已超期{{ f.late_days }}天{% endif %}。"
                "{% for m in f.measures if m.state != '已完成' %}{% if loop.first %}下一步：{% endif %}{{ m.text }}{% endfor %}",
                END, ELSE, "以上问题均已完成整改。", FI)  # fmt: skip
    paper.lines("{%p if said.lasting %}")
    paper.line("{{ '四' if said.organised else '三' }}、长效机制", "一级标题")
    paper.lines("{{ said.lasting|paragraphs }}", FI)
