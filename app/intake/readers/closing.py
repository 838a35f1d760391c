"""Dates for a whole list, said after it: “请你校于6月5日前完成以上全部问题的整改”, “第1、3项于5月底前完成”."""

from __future__ import annotations

import re

from app.intake.readers.dates import VAGUE, arabic
from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_WHEN = rule(
    r"(?:\d{1,2}\s?[日号]\s?|\d{1,2}\s?月(?:份|底|末|中旬|上旬|下旬)?|年底|学期末?|开学|假期|\d{1,3}\s?(?:个工作日|个?月|日|天))(?:\([^()]*\))?(?:之|以)?[前内]|月底|立即|即日"
)
_DONE = rule(
    r"(?:整改|改正|纠正)(?:完毕|到位|完成|结束)|[前内](?:予以|全部|一律)?(?:改正|纠正|整改)|完成[^。;]{0,16}整改|整改[^。;]{0,8}(?:完毕|到位|完成)|(?:全部|一律|逐项|逐条|予以)(?:整改|落实|解决|完成)|限期?[^。;]{0,24}整改|(?:整改|处理|解决)(?:好|掉)"
)
_ALL = rule(
    r"以上|上述|所有|全部|各项|逐项|逐条|限[你该各贵]|[你贵该各](?:校|园|单位|学校|部门)|有关(?:学校|单位)|相关(?:学校|单位)|存在问题的|(?:问题|隐患)(?:学校|单位)|责任单位|学校于|[该]校于|请"
)
_SENTENCE = rule(r"[^。]+")
_SIGN = r"(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)?|[①-⑳])"
_ITEMS = rule(
    rf"(?:第\s?|(?:问题|隐患)\s?(?=\S{{1,24}}于))(?P<items>{_SIGN}(?:\s?(?:[、,和及至到\-—~]|(?<=\))(?=\())\s?第?\s?{_SIGN})*)\s?"
    r"(?:[项点](?:问题|隐患|内容)?|[个条](?:问题|隐患)|(?=于))|(?P<rest>其[余他它])(?:各?[项条]|问题|隐患)"
)
_RANGE = rule(rf"(?P<first>{_SIGN})\s?[至到\-—~]\s?第?\s?(?P<last>{_SIGN})|(?P<one>{_SIGN})")
REST = 0


def for_all(line: Line) -> Line | None:
    """The clause that gives every problem above the same date, if the line has one."""
    for hit in _SENTENCE.finditer(line.plain[:1500]):
        sentence = line.cut(hit.start(), hit.end())
        if (
            not _ITEMS.search(sentence.plain)
            and _ALL.search(sentence.plain)
            and _DONE.search(sentence.plain)
            and _WHEN.search(sentence.plain)
        ):
            return _clause(sentence)
    return None


def _clause(sentence: Line) -> Line:
    """From the date on, as far as the comma behind what is to be done."""
    at = 0
    for hit in re.finditer(r"[^,;]+[,;]?", sentence.plain):
        if _WHEN.search(hit[0]):
            return sentence.cut(hit.start(), hit.end() - hit[0].endswith((",", ";")))
        at = hit.end()
    return sentence.cut(0, at)


def by_number(line: Line) -> dict[int, str]:
    """The date of each problem that is named by its number, REST for all others; empty where none is."""
    dated: dict[int, str] = {}
    hits = list(_ITEMS.finditer(line.plain[:1500]))
    for at, hit in enumerate(hits, 1):
        end = hits[at].start() if at < len(hits) else len(line.plain)
        clause = line.cut(hit.end(), end)
        clause = clause.cut(0, re.search(r"。|$", clause.plain).start())  # type: ignore[union-attr]
        if _WHEN.search(clause.plain) or VAGUE.search(clause.plain):
            dated |= dict.fromkeys(_numbers(hit), clause.raw.strip("，,；; "))
    return dated


def _which(sign: str) -> int:
    return ord(sign) - 0x245F if "①" <= sign <= "⑳" else arabic(sign.strip("()"))


def _numbers(hit: re.Match[str]) -> list[int]:
    if hit["rest"]:
        return [REST]
    named: list[int] = []
    for one in _RANGE.finditer(hit["items"]):
        first, last = (_which(one["one"]),) * 2 if one["one"] else (_which(one["first"]), _which(one["last"]))
        named += range(first, min(last, first + 99) + 1)
    return named
