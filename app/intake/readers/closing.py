"""One date for a whole list, said after it: “请你校于6月5日前完成以上全部问题的整改”."""

from __future__ import annotations

import re

from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_WHEN = rule(
    r"(?:\d{1,2}\s?[日号]|\d{1,2}\s?月(?:份|底|末|中旬|上旬|下旬)?|年底|学期末?|开学|假期|\d{1,3}\s?(?:个工作日|个?月|日|天))(?:\([^()]*\))?(?:之|以)?[前内]|月底|立即|即日"
)
_DONE = rule(
    r"整改(?:完毕|到位|完成|结束)|完成[^。;]{0,16}整改|整改[^。;]{0,8}(?:完毕|到位|完成)|(?:全部|一律|逐项|逐条|予以)(?:整改|落实|解决|完成)|限期?[^。;]{0,24}整改|(?:整改|处理|解决)(?:好|掉)"
)
_ALL = rule(
    r"以上|上述|所有|全部|各项|逐项|逐条|限[你该各贵]|[你贵该各](?:校|园|单位|学校|部门)|有关(?:学校|单位)|相关(?:学校|单位)|存在问题的|(?:问题|隐患)(?:学校|单位)|责任单位|学校于|[该]校于|请"
)
_SENTENCE = rule(r"[^。]+")


def for_all(line: Line) -> Line | None:
    """The clause that gives every problem above the same date, if the line has one."""
    for hit in _SENTENCE.finditer(line.plain[:1500]):
        sentence = line.cut(hit.start(), hit.end())
        if _ALL.search(sentence.plain) and _DONE.search(sentence.plain) and _WHEN.search(sentence.plain):
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
