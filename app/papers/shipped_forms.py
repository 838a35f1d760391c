"""The forms as they are shipped: application for closure, supervision order, extension, record of a talk."""

from __future__ import annotations

from app.papers.composing import Cell, Composed, label

SIGN = "负责人（签字）：            （盖章）        年    月    日"


def application() -> bytes:
    """销号申请（审批）表: one finding, and every level that has a say, in order."""
    paper = Composed()
    paper.form_title("问题整改销号申请（审批）表")
    paper.form((32, 50, 30, 44), (
        (10, (label("责任单位"), Cell("{{ unit }}"), label("问题编号"), Cell("{{ f.number }}"))),
        (10, (label("问题来源"), Cell("{{ visit.name }}"), label("检查时间"), Cell("{{ visit.day }}"))),
        (14, (label("存在问题"), Cell("{{ f.text }}{% if f.place %}（{{ f.place }}）{% endif %}", 3))),
        (14, (label("整改措施"), Cell("{{ f.measures_text }}", 3))),
        (14, (label("整改结果"), Cell("{{ f.result }}", 3))),
        (14, (label("佐证材料清单"), Cell("{{ f.evidence_text }}", 3))),
        (10, (label("责任人"), Cell("{{ f.owner }}"), label("整改类型"), Cell("{{ f.track }}"))),
        (10, (label("整改时限"), Cell("{{ f.due }}"), label("完成时间"), Cell("{{ f.finished }}"))),
        (0, (Cell("{%tr for a in approvals %}"), Cell("", 3))),
        (20, (label("{{ a.who }}"), Cell("{{ a.opinion }}\n\n{{ a.sign }}", 3))),
        (0, (Cell("{%tr endfor %}"), Cell("", 3))),
    ))  # fmt: skip
    paper.note("注：本表一式两份，责任单位和验收单位各存一份；申请人不得验收本人承担的整改事项。")
    return paper.save()


def order() -> bytes:
    """督办单: one matter, one sheet; the answer is written into its lower half."""
    paper = Composed()
    paper.form_title("督办单{% if order.colour %}（{{ order.colour }}）{% endif %}")
    paper.form((32, 50, 30, 44), (
        (20, (label("督办事项"), Cell("{{ order.matter }}", 3))),
        (16, (label("督办依据"), Cell("{{ order.source }}", 3))),
        (11, (label("督办单位"), Cell("{{ issuer }}", 3))),
        (11, (label("承办单位"), Cell("{{ unit }}"), label("协办单位"), Cell("{{ order.supporters }}"))),
        (11, (label("交办时间"), Cell("{{ order.issued }}"), label("办理时限"), Cell("{{ order.until }}"))),
        (24, (label("办理要求"), Cell("{{ order.demand }}", 3))),
        (11, (label("签收人"), Cell(""), label("签收时间"), Cell("      年    月    日", 1, "表中"))),
        (44, (label("办理情况"), Cell("{{ order.answer }}\n\n\n承办单位" + SIGN, 3))),
        (24, (label("督办意见"), Cell("□ 办结    □ 继续督办\n\n督办人（签字）：                        年    月    日", 3))),
    ))  # fmt: skip
    paper.note("注：一事一单。请在办理时限届满前反馈办理情况；不能按期办结的，须在期限届满前书面说明原因。")
    return paper.save()


def extension() -> bytes:
    """延期整改审批表: why more time is needed, what protects people meanwhile, and who decides."""
    paper = Composed()
    paper.form_title("延期整改审批表")
    paper.form((32, 46, 34, 44), (
        (11, (label("申请单位"), Cell("{{ unit }}"), label("问题编号"), Cell("{{ f.number }}"))),
        (18, (label("存在问题"), Cell("{{ f.text }}", 3))),
        (11, (label("原定时限"), Cell("{{ f.original_due }}"), label("现行时限"), Cell("{{ f.due }}"))),
        (11, (label("申请延至"), Cell("{{ extension.proposed }}"), label("第几次申请"), Cell("第{{ extension.count }}次"))),
        (24, (label("延期理由"), Cell("{{ extension.reason }}", 3))),
        (18, (label("目前进展"), Cell("{{ extension.progress or '（未填）' }}", 3))),
        (18, (label("延期期间\n防护措施"), Cell("{{ extension.protection or '（未填）' }}", 3))),
        (24, (label("申请单位意见"), Cell("\n" + SIGN, 3))),
        (28, (label("审批意见"), Cell("{{ extension.decision }}\n\n审批人（签字）：            （盖章）        年    月    日", 3))),
    ))  # fmt: skip
    paper.note("注：延期须在期限届满前申请；重大问题延期的，必须落实延期期间的防护措施。原定时限保留备查。")
    return paper.save()


def talk() -> bytes:
    """约谈记录: a blank form with the facts of the matter filled in; a person leads the talk and signs."""
    paper = Composed()
    paper.form_title("约谈记录")
    paper.form((32, 50, 30, 44), (
        (14, (label("约谈人单位\n及姓名"), Cell("{{ issuer }}\n{{ said.speaker }}"), label("约谈时间"), Cell("{{ said.when }}"))),
        (14, (label("被约谈人单位\n及职务"), Cell("{{ unit }}"), label("被约谈人"), Cell("{{ said.invited }}"))),
        (11, (label("约谈地点"), Cell("{{ said.where }}"), label("记录人"), Cell(""))),
        (36, (label("存在的\n主要问题"), Cell("{{ matters }}", 3))),
        (46, (label("约谈内容"), Cell("{{ talk.minutes }}", 3))),
        (32, (label("被约谈人\n表态和承诺"), Cell("{{ talk.promise }}", 3))),
        (14, (label("约谈人签名"), Cell(""), label("被约谈人签名"), Cell(""))),
    ))  # fmt: skip
    paper.note("注：约谈由有权机关决定，由具名人员实施。")
    return paper.save()
