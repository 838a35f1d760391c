"""Days that stand beside a deadline and are none: when to write back, when somebody comes again, until when to appeal."""

from __future__ import annotations

from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_CLAUSE = rule(r"[^,;。]+[,;。]?")
_MAY = rule(r"[报送交复回访馈备诉辩述议验查检]")
_DAY = rule(r"\d\s?[月日号天]|[一二三四五六七八九十]\s?个?[月日]|[./-]\d|工作日|底")
_PAPER = rule(
    r"(?:报告|情况|结果|材料|回执|照片|资料|回复|方案|计划|台账|销号表|清单|回函)(?:\([^()]*\))?[^,;。]{0,30}(?:报(?![警修废告案名表])|送|反馈|提交|交(?!通|接)|回复|备案|发[至到给])"
    r"|书面(?:报告|回复|反馈|答复|说明)|(?:提交|报送|上报|反馈|回复|报)[^,;。]{0,20}(?:报告|情况|结果|材料|回执|方案|计划|清单)"
    r"|(?:报(?![警修废告案名表])|反馈|提交|送交|报送)[^,;。]{0,14}(?:局|科|组|办|部|处|中心|站|委|所|督学|督导室)(?![\u4e00-\u9fff]{2})"
)
_VISIT = rule(
    r"(?:将|拟|我[局组科办部]|[检督巡]查组|下次|届时|再次|组织|进行|安排)[^,;。]{0,20}(?:复查|复验|复检|回访|回头看|检查|检验|检测|督查|抽查|核查|验收)(?!合格|通过)|下次[^,;。]{0,6}(?:日期|时间)"
)
_APPEAL = rule(r"(?:申请|提起|提出|进行)[^,;。]{0,10}(?:复查|复议|复核|诉讼|申诉|异议|申辩|陈述)")
_WORK = rule(
    r"(?:完成|全部|逐项|限期?|予以|立即)[^,;。]{0,16}(?:整改|改正|销号)(?!情况|报告|结果|材料|方案|计划|措施|台账|清单|后)|整改(?:完毕|到位|完成|结束|好)(?!后|情况|报告|材料|的)|"
    r"(?:改正|纠正|修复|更换|拆除|清理|到位|解决|修好|补齐|安装|配齐)(?!情况|报告|结果|后)|[前内](?:予以)?整改(?!情况|报告|结果|材料|方案|计划|措施|台账|清单)|整改并"
)


def is_none(plain: str) -> bool:
    """Whether a clause names a day of a paper, a visit or an appeal, and no work that is due by then."""
    return (
        bool(_MAY.search(plain) and _DAY.search(plain))
        and bool(_PAPER.search(plain) or _VISIT.search(plain) or _APPEAL.search(plain))
        and not _WORK.search(plain)
    )


def left_out(line: Line) -> Line:
    """The line without such clauses."""
    hits = list(_CLAUSE.finditer(line.plain[:2000])) if _MAY.search(line.plain[:2000]) else []
    if not any(is_none(hit[0]) for hit in hits):
        return line
    kept = [hit.span() for hit in hits if not is_none(hit[0])]
    return Line(line.number, *("".join(words[a:b] for a, b in kept) for words in (line.raw, line.plain)))
