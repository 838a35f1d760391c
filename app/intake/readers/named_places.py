"""Headings that only name a place: “☆ 望湖新村”, “急诊科”, “青禾大学第一食堂”; what is listed below is found there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.intake.readers.headings import heading_kind
from app.intake.readers.judging import names_a_part, sounds_wrong
from app.intake.readers.lines import Line
from app.intake.readers.numbering import label_at_start
from app.intake.readers.rules import rule

_LONGEST, _MOST = 24, 40
_SIGN = rule(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s?、|\([一二三四五六七八九十]{1,3}\))\s*|\s*[▲△▼■□◆◇★☆※▶►◎●○§➤✦❖➢◈✱•·①-⑳]+\s*|\s*\[(?=[^\[\]]+\]\s*$)"
)
_PLACE = rule(
    r"(?!各|有关|相关|本|我|全|上述|以上|下列|责任|牵头|某|其他|检查|督查)[^,。;:!?\s|]{1,20}(?:科|室|病区|部|处|店|园|厂|公司|小区|新村|村|公寓|宿舍|苑|花园|工地|社区|街道|镇|乡|医院|学校|小学|"
    r"中学|大学|学院|幼儿园|食堂|餐厅|酒楼|酒店|宾馆|中心|站|所|支行|网点|超市|市场|广场|大厦|仓库|车间|班组|项目部|敬老院|养老院|鱼庄|饭店)"
)
_FEW = 2
_PART = rule(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s?、|\([一二三四五六七八九十]{1,3}\))\s*(?P<name>[^\[\],。;:!?\s|]{2,16})\s*"
)
_FRAMED = rule(r"\s*\[(?P<name>[^\[\],。;:!?\s|]{2,16})\]\s*")
_ROOM = rule(
    r".*(?:库|房|楼|馆|厅|场|区|班|院|局|委|队|层|门|堂|池|塔|栋|单元|线|机组|走廊|通道|周边|操场)|[A-Za-z\d#]+.*"
)
_FIRST = rule(r"\s*(?:问题|隐患|不符合项)\s?[(]?(?:1|一|01)(?!\d)[)]?\s?[:、.)]")


def name_in(plain: str) -> tuple[int, int] | None:
    """Where the name stands in a line that says nothing else; None where it names no place."""
    sign = _SIGN.match(plain)
    begin = sign.end() if sign else len(plain) - len(plain.lstrip())
    name = plain[begin:].rstrip(" ]" if sign else " ")
    is_one = len(name) <= _LONGEST and _PLACE.fullmatch(name) and not heading_kind(name)
    return (begin, begin + len(name)) if is_one and not (names_a_part(name) or sounds_wrong(name)) else None


def alone(line: Line) -> str:
    """The name in a line that says nothing else; empty where there is none."""
    at = name_in(line.plain) if len(line.plain) < _MOST else None
    return line.raw[slice(*at)] if at else ""


def of(lines: Sequence[Line]) -> dict[int, str]:
    """The names by the number of their line: two at least, each before a list."""
    told = [line for line in lines if line.plain.strip()]
    found: dict[int, str] = framed(told)
    for line, below in pairwise(told):
        if len(line.plain) < _MOST and _begins(line, below) and (name := alone(line)):
            found[line.number] = name
    return found | _beside(told, found) if len(found) > 1 else {}


def _beside(lines: Sequence[Line], found: dict[int, str]) -> dict[int, str]:
    """“四、办公楼” beside “一、总装车间”: where two parts are places, so are those counted with them."""
    parts = {
        line.number: (hit, line) for line in lines if len(line.plain) < _MOST and (hit := _PART.fullmatch(line.plain))
    }
    named = {at: (hit, line) for at, (hit, line) in parts.items() if _is_a_place(hit["name"])}
    if len(found.keys() & named.keys()) < _FEW:
        return {}
    return {at: line.raw[slice(*hit.span("name"))] for at, (hit, line) in named.items()}


def _is_a_place(name: str) -> bool:
    return bool(_PLACE.fullmatch(name) or _ROOM.fullmatch(name)) and not (heading_kind(name) or names_a_part(name))


def framed(lines: Sequence[Line]) -> dict[int, str]:
    """“【成品库】”: names alone in a frame, where one of them at least stands before a list."""
    hits = {line.number: hit for line in lines if len(line.plain) < _MOST and (hit := _FRAMED.fullmatch(line.plain))}
    named = {at: hit for at, hit in hits.items() if _is_a_place(hit["name"])}
    begins = any(line.number in named and label_at_start(below.cut(0), {}) for line, below in pairwise(lines))
    raws = {line.number: line.raw for line in lines if line.number in named}
    return {at: raws[at][slice(*hit.span("name"))] for at, hit in named.items()} if begins and len(named) > 1 else {}


def _begins(line: Line, below: Line) -> bool:
    """Whether a list begins below, and not the next sign of the same one."""
    label, mine = label_at_start(below.cut(0), {}), label_at_start(line.cut(0), {})
    return bool(_FIRST.match(below.plain) or (label and not (mine and mine[0].style == label[0].style)))
