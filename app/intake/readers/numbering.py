"""The signs that number items (一、 (一) 1、 1. (1) ① 第一 一是 …), and the digits that only look like them."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.intake.readers.dates import arabic
from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_CN = "[一二三四五六七八九十]{1,3}"
_SHAPES = (
    ("cn", rf"(?P<cn>{_CN})\s?(?:、|\.)"),
    ("capital", r"(?P<capital>[壹贰叁参肆伍陆柒捌玖拾])\s?[、.]"),
    ("cnparen", rf"\(\s?(?P<cnparen>{_CN})\s?\)[、.]?"),
    (
        "ordinal",
        rf"第(?P<ordinal>{_CN}|\d{{1,2}})(?!、\s?第?(?:{_CN}|\d{{1,2}})\s?[、和至到项个条点])(?:[、,:.]|条[、,:. ])",
    ),
    ("whose", r"其(?P<whose>[一二三四五六七八九])[、,是:]"),
    ("being", rf"(?P<being>{_CN})是[,:]?"),
    ("paren", r"\(\s?(?P<paren>\d{1,4})\s?\)[、.]?"),
    ("half", r"(?P<half>\d{1,4})\s?\)[、.]?"),
    (
        "dot",
        r"(?P<dot>\d{1,4})\s?(?:、|\.(?!\d)|\.(?=\d{2,4}[\u4e00-\u9fff]|\d[-~—至到]\d|\d(?:名|个|间|台|处|楼|号|年级|班|层|人|位|所|辆|盏|只|块|本|份))|:(?!\d))",
    ),
    ("circle", r"(?P<circle>[①-⑳⑴-⒇])[、.]?"),
    ("bare", r"(?P<bare>\d{1,2}) {1,4}(?=[\u4e00-\u9fff\"])(?![年月日个名人间所号楼米元班级台套%])"),
)
_LABEL = rule(
    "(?=[\\d(第其一二三四五六七八九十壹贰叁参肆伍陆柒捌玖拾①-⑳⑴-⒇])(?:"
    + "|".join(f"(?:{pattern})" for _, pattern in _SHAPES)
    + ")"
)
_QUANTITY = rule(
    r"\s?(?:\d{1,3}\s?(?:[、,至到\-和]|号|楼|年级|班)|[一二三四五六七八九]\s?(?:[、和至到]|年级|楼|班|层))"
)
_NAMES_A_LIST = rule(
    r"(?:问题|措施|情况|隐患|不足|清单|如下|要求|意见|建议|事项|打算|安排|行为|做法|成绩|成效|方面|表现|结果)$"
)
_NAMES = ("问题", "隐患", "措施", "整改措施", "存在问题", "整改情况", "安全隐患")
_STRONG = "。;!?: \txX"
LIKE_A_YEAR = 999  # a higher number may be one; only its turn can tell
RANKS = ("capital", "cn", "cnparen", "dot", "bare", "half", "paren", "circle", "ordinal", "whose", "being")


class Label(NamedTuple):
    """One number in front of an item: how it is written, which it is, the sign as it stands."""

    style: str
    number: int
    raw: str


class Segment(NamedTuple):
    """A line, or a numbered part of one."""

    line: Line
    label: Label | None
    opens_line: bool = True

    @property
    def plain(self) -> str:
        return self.line.plain

    @property
    def raw(self) -> str:
        return self.line.raw


def _made(hit: re.Match[str], line: Line) -> Label:
    style = hit.lastgroup or ""
    sign = hit[style]
    from_one = 0x2460 if sign < "⑴" else 0x2474
    number = ord(sign) - from_one + 1 if style == "circle" else arabic(sign)
    return Label(style, number, line.raw[hit.start() : hit.end()].strip())


def _before_a_number(hit: re.Match[str], line: Line) -> bool:
    """“2.100米跑道”: either the second item or a decimal; only its turn can tell."""
    return (
        hit.lastgroup == "dot" and line.plain[hit.end() - 1] == "." and line.plain[hit.end() : hit.end() + 1].isdigit()
    )


def label_at_start(line: Line, last: dict[str, int]) -> tuple[Label, int] | None:
    """The label a line opens with and where its text begins; quantities only when their turn has come."""
    hit = _LABEL.match(line.plain)
    if not hit:
        return None
    label = _made(hit, line)
    if (label.number > LIKE_A_YEAR or _before_a_number(hit, line)) and label.number != last.get(label.style, 0) + 1:
        return None
    due = label.number in (1, last.get(label.style, 0) + 1)
    if not label.number or (_QUANTITY.match(line.plain, hit.end()) and (not due or label.style == "cn")):
        return None
    if label.style == "being" and _LABEL.match(line.plain[hit.end() :]):
        return None
    return label, hit.end()


def _fits_inside(hit: re.Match[str], label: Label, line: Line, last: dict[str, int]) -> bool:
    before = line.plain[max(0, hit.start() - 4) : hit.start()]
    if not before or label.style in ("bare", "half") or not label.number or before.rstrip()[-1:] == "第":
        return False
    if _before_a_number(hit, line) and (label.number == 1 or before[-1] not in ";。"):
        return False
    if label.number != 1 and label.number != last.get(label.style, 0) + 1:
        return label.style == "cn" and before[-1] in _STRONG and len(line.plain) - hit.end() <= 14
    if label.number == 1 and _QUANTITY.match(line.plain, hit.end()) and not _counts_on(hit, line):
        return False
    soft = label.style in ("being", "whose", "circle", "paren", "cnparen")
    if before[-1] in _STRONG or (soft and before[-1] in ",、"):
        return label.style != "paren" or line.plain[hit.end() : hit.end() + 1] != ""
    return label.style == "circle" or (label.number == 1 and bool(_NAMES_A_LIST.search(before)))


def _counts_on(hit: re.Match[str], line: Line) -> bool:
    """“1.三楼应急灯不亮。2.…”: the second item shows that the first is one."""
    return hit[0].endswith(".") and bool(re.search(r"[。;]\s?2\.(?!\d)", line.plain[hit.end() :]))


def segments_of(line: Line, last: dict[str, int]) -> list[Segment]:
    """A line cut at its labels; `last` remembers the last number of each style and is brought up to date."""
    if line.plain[:1].isspace():
        line = line.cut(0)
    cuts: list[tuple[int, int, Label | None]] = [(0, 0, None)]
    if opening := label_at_start(line, last):
        label, begin = opening
        cuts = [(0, begin, label)]
        last[label.style] = label.number
    for hit in _LABEL.finditer(line.plain, cuts[0][1]):
        if hit[0].endswith(":") and line.plain[cuts[0][1] : hit.start()] in _NAMES:  # 问题1: is one label
            continue
        label = _made(hit, line)
        if _fits_inside(hit, label, line, last):
            cuts.append((hit.start(), hit.end(), label))
            last[label.style] = label.number
    ends = [start for start, _, _ in cuts[1:]] + [len(line.plain)]
    pieces = zip(cuts, ends, strict=True)
    parts = [Segment(line.cut(begin, end), label, start == 0) for (start, begin, label), end in pieces]
    return [part for part in parts if part.plain or part.label]
