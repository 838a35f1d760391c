"""Labelled values: 责任人:… 整改时限:… 问题1:… on lines of their own, at the end of a line or in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.intake.readers.lines import Line
from app.intake.readers.worth import is_a_status

_OTHER = """
    联系电话 整改资金 所需资金 资金 佐证材料 备注 检查项目 检查内容 检查点位 问题类别 隐患等级
    点位 小区 社区 网格员 督导人员 检查人 检查人员 检查时间 检查日期 发现时间 发现日期 是否整改 是否完成 是否销号 整改确认日期 整改状态 隐患级别 隐患类型 具体位置 隐患位置 责任督学
    整改类型 验收人 复查人 依据 整改标准 下步措施 下一步措施 问题来源 类别 地点 位置 部位
"""
KINDS: dict[str, tuple[str, ...]] = {
    "problem": (
        "存在的主要问题",
        "存在的问题",
        "存在问题",
        "主要问题",
        "具体问题",
        "问题描述",
        "问题内容",
        "问题表现",
        "隐患描述",
        "隐患内容",
        "安全隐患",
        "存在隐患",
        "反馈问题",
        "发现问题",
        "问题隐患",
        "检查发现问题",
        "检查发现的问题",
        "发现的问题",
        "具体意见",
        "问题详情",
        "学校存在的问题",
        "督导发现的问题",
        "需整改的隐患",
        "问题",
        "隐患",
    ),
    "measure": (
        "整改措施和实际成效",
        "整改措施及成效",
        "整改措施及完成情况",
        "学校整改措施",
        "学校整改情况",
        "整改举措",
        "控制措施",
        "拟采取的整改措施",
        "拟采取的措施",
        "采取的措施",
        "采取措施",
        "整改措施",
        "改进措施",
        "解决措施",
        "防范措施",
        "治理措施",
        "整改办法",
        "整改方案",
        "整改落实情况",
        "整改完成情况",
        "整改进展",
        "整改情况",
        "整改结果",
        "整改成效",
        "落实情况",
        "措施",
    ),
    "demand": ("整改要求", "整改意见", "整改建议", "督导建议", "处理意见"),
    "target": ("整改目标", "目标"),
    "cause": ("原因分析", "产生原因", "问题原因", "原因"),
    "planned": (
        "计划完成时间",
        "计划完成时限",
        "要求完成时间",
        "拟完成时间",
        "整改完成时限",
        "整改截止时间",
        "截止时间",
        "整改时限",
        "整改期限",
        "完成时限",
        "完成期限",
        "治理期限",
        "办理时限",
        "限期",
        "时限要求",
        "时限",
        "期限",
    ),
    "done": ("实际完成时间", "整改完成时间", "完成日期", "整改完成日期", "销号时间", "验收时间"),
    "unknown": ("整改时间", "完成时间", "时间节点", "整改日期"),
    "owner": (
        "整改责任人",
        "具体责任人",
        "直接责任人",
        "第一责任人",
        "责任人员",
        "责任人",
        "负责人",
        "经办人",
        "承办人",
        "整改人",
    ),
    "leader": ("责任领导", "牵头领导", "分管领导", "包联领导", "督办人", "整改责任领导"),
    "unit": (
        "整改责任单位",
        "整改责任部门",
        "责任单位",
        "责任部门",
        "责任科室",
        "责任处室",
        "牵头单位",
        "牵头部门",
        "牵头科室",
        "承办单位",
        "整改单位",
    ),
    "partner": ("配合单位", "配合部门", "协办单位"),
    "site": ("被检查单位", "受检单位", "被督导学校", "被督导单位", "学校名称", "单位名称", "检查单位名称"),
    "other": tuple(_OTHER.split()),
}
KIND_OF = {word: kind for kind, words in KINDS.items() for word in words}
_WORDS = "|".join(sorted(KIND_OF, key=len, reverse=True))
_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,3}|[①-⑳])"
_FIELD = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<label>{_WORDS})\s?(?P<number>{_NUMBER})?\s?(?:\([^()\n]{{0,12}}\))?\s{{0,3}}:"
    r"|(?P<late>责任人|整改责任人|责任单位|责任部门|整改时[间限]|整改期限|完成时[间限]"
    r"|整改措施|整改情况)\s{0,3}:"
)
_OPEN = re.compile(rf"(?P<label>{_WORDS})\s?(?P<number>{_NUMBER})?(?:[\s、.]+(?=\S)|$)")
_NUMBERED = re.compile(rf"(?P<label>{_WORDS}|问题|隐患)\s?(?P<number>{_NUMBER})\s?(?:[、.,:\s]\s*|$)")
_TERMS = ("planned", "done", "unknown", "owner", "leader", "unit", "partner")
_STOP = re.compile(r"[。;\n]")


@dataclass(frozen=True)
class Field:
    """One labelled value; `number` is the one in the label itself (问题2:)."""

    kind: str
    label: str
    number: str
    value: Line


def _named(hit: re.Match[str]) -> tuple[str, str]:
    words = hit.groupdict()
    return words.get("label") or words.get("late") or "", words.get("number") or ""


def _opening(line: Line) -> re.Match[str] | None:
    numbered = _NUMBERED.match(line.plain)
    if numbered:
        return numbered
    bare = _OPEN.match(line.plain)
    if bare and KIND_OF[bare["label"]] not in ("problem", "measure", "demand", "target", "cause", "other"):
        return bare
    return None


def _hits(line: Line) -> list[re.Match[str]]:
    found = list(_FIELD.finditer(line.plain))
    opening = _opening(line)
    if opening and not (found and found[0].start() == 0):
        found.insert(0, opening)
    return [hit for place, hit in enumerate(found) if not place or hit.start() >= found[place - 1].end()]


def fields_of(line: Line) -> tuple[Line, list[Field]]:
    """The words before and between the labelled values, and the values."""
    hits = _hits(line)
    if not hits:
        return line, []
    head, rest, fields = line.cut(0, hits[0].start()), "", []
    for hit, end in zip(hits, [later.start() for later in hits[1:]] + [len(line.plain)], strict=True):
        label, number = _named(hit)
        value = line.cut(hit.end(), end)
        if KIND_OF[label] in _TERMS and (stop := _STOP.search(value.plain)):
            rest += value.raw[stop.end() :].strip(" ）)")
            value = value.cut(0, stop.start())
        fields.append(_field(label, number, value))
    head = _unopened(head)
    if rest:
        head = Line(head.number, head.raw + rest, head.plain + rest)
    return head, fields


def _field(label: str, number: str, value: Line) -> Field:
    """A measure that only says how far it is (“整改结果：已完成”) is told as such and is no measure."""
    kind = KIND_OF[label]
    if kind == "measure" and value.plain and is_a_status(value.plain):
        kind = "other"
    return Field(kind, label, number, value if kind in ("problem", "measure") else _unclosed(value))


def _unopened(head: Line) -> Line:
    bare = head.plain.rstrip(" (;,[")
    return head.cut(0, len(bare))


def _unclosed(value: Line) -> Line:
    bare = value.plain.rstrip(" ;,")
    while bare.endswith((")", ")。", "]")) and bare.count("(") < bare.count(")") + bare.count("]"):
        bare = bare.rstrip("。")[:-1].rstrip(" ;,")
    return value.cut(0, len(bare))
