"""The plan as it is shipped: a letter with the three lists, of problems, responsibilities and measures."""

from __future__ import annotations

from app.papers.composing import Composed


def plan() -> bytes:
    """整改方案 with the three lists: problems, responsibilities, measures."""
    paper = Composed()
    paper.line("{{ number }}", "发文字号")
    paper.gap()
    paper.title("{{ (unit + '关于' + visit.name + '发现问题的整改方案')|balanced }}")
    paper.line("{{ issuer }}：", "主送机关")
    paper.line(
        "{{ visit.day }}，{{ visit.issuer }}对我单位开展了{{ visit.name }}，指出{{ count }}个问题。为切实抓好整改，制定本方案。"
    )
    paper.line("一、整改目标", "一级标题")
    paper.line(
        "坚持问题导向，逐项明确责任、措施和时限，做到立行立改、限期整改和长期坚持相结合，整改一项、验收一项、销号一项。"
    )
    paper.line("二、组织领导", "一级标题")
    paper.line(
        "{{ (said.organised or '由单位主要负责人任第一责任人，各问题责任人具体落实，整改情况定期研究。')|paragraphs }}"
    )
    paper.line("三、整改任务", "一级标题")
    paper.line("整改任务共{{ count }}项，详见问题清单、责任清单和整改措施清单。")
    paper.line("四、工作要求", "一级标题")
    paper.closing(
        "{{ (said.lasting or '严格按时限推进，真实留存佐证材料；举一反三，同类问题一并排查，健全长效机制。')|paragraphs }}",
        *("", "附件：1．问题清单", "　　　2．责任清单", "　　　3．整改措施清单"),
    )
    paper.signed("unit")
    _three_lists(paper)
    return paper.save()


def _three_lists(paper: Composed) -> None:
    lists = (
        ("问题清单", ("序号", "编号", "存在问题", "依据", "类型"), (11, 34, 68, 25, 18),
         ("|{{ f.n }}", "|{{ f.number }}", "{{ f.text }}", "{{ f.basis }}", "|{{ f.track }}")),
        ("责任清单", ("序号", "问题", "责任单位", "责任人", "整改时限"), (11, 54, 33, 24, 34),
         ("|{{ f.n }}", "{{ f.head }}", "{{ f.unit }}", "|{{ f.owner }}", "|{{ f.due }}")),
        ("整改措施清单", ("序号", "问题", "整改措施", "整改时限"), (11, 44, 67, 34),
         ("|{{ f.n }}", "{{ f.head }}", "{{ f.measures_text }}", "|{{ f.due }}")),
    )  # fmt: skip
    for number, (name, heads, widths, cells) in enumerate(lists, start=1):
        paper.page_break()
        paper.line(f"附件{number}", "表题")
        paper.gap()
        paper.line(name, "公文标题")
        paper.gap()
        paper.listed(heads, widths, "f in findings", cells)
