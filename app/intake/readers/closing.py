"""Dates for a whole list, said after it: “请你校于6月5日前完成以上全部问题的整改”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.intake.readers import acts, aside
from app.intake.readers.cells import parts_of
from app.intake.readers.lines import Line, fold
from app.intake.readers.named_items import BUT, NAMED
from app.intake.readers.rules import rule

_DONE = rule(
    r"(?:整改|改正|纠正)(?:完毕|到位|完成|结束)|[前内](?:予以|全部|一律)?(?:改正|纠正|整改)|完成[^。;]{0,16}整改|整改[^。;]{0,8}(?:完毕|到位|完成)|(?:全部|一律|逐项|逐条|予以)(?:整改|落实|解决|完成)|限期?[^。;]{0,24}整改|(?:整改|处理|解决|整治|修)(?:好|掉|完)|[前内](?:全部|一律|均|都)?完成|(?:解决|答复|回复)|长期(?:保持|坚持)|(?:立即|马上|即刻)(?:予以|停[工产业用])?(?:改正|整改|纠正)"
)
_ALL = rule(
    r"以上|上述|以下(?:单位|学校|问题|隐患|各项|项目|场所)|所有|全部|各项|逐项|逐条|限[你该各贵]|[你贵该各](?:校|园|单位|学校|部门)|有关(?:学校|单位)|相关(?:学校|单位)|存在问题的|(?:问题|隐患)(?:学校|单位)|责任单位|学校于|[该]校于|请"
)
_PUT_RIGHT = rule(r"[前内](?:予以|全部|一律)?(?:整改|改正|纠正|完成整改)|[前内]整改[^,。;]{0,8}(?:完毕|到位|完成)")
_SENTENCE = rule(r"[^。]+")


def for_all(line: Line) -> Line | None:
    """The clause that gives every problem above the same date, if the line has one."""
    plain = line.plain[:1500]
    if not (_ALL.search(plain) and _DONE.search(plain)):
        return None
    for hit in _SENTENCE.finditer((line := aside.left_out(line)).plain[:1500]):
        sentence = _before_the_few(line.cut(hit.start(), hit.end()))
        if (
            not NAMED.search(sentence.plain)
            and _ALL.search(sentence.plain)
            and _DONE.search(sentence.plain)
            and acts.WHEN.search(sentence.plain)
        ):
            return _clause(sentence)
    return None


def of_all(cells: Sequence[str]) -> list[str]:
    """The cells of one clause that say until when all is put right: “限期整改，3月12日前整改完毕”."""
    return [cell for cell in cells if len(parts_of(cell)) == 1 and _is_of_all(fold(cell))]


def _is_of_all(plain: str) -> bool:
    is_one = not {";", "\n"} & {*plain.rstrip(";")} and not NAMED.search(plain)
    return is_one and bool(_PUT_RIGHT.search(plain) and acts.WHEN.search(plain))


def _before_the_few(sentence: Line) -> Line:
    """“请于6月20日前整改,其中第2项暑假期间完成”: what is said of all, without those that are named."""
    if but := BUT.search(sentence.plain):
        return sentence.cut(but.end())
    hit = re.search(r"[,;](?:其中|但)(?=第|问题|隐患)", sentence.plain)
    return sentence.cut(0, hit.start()) if hit else sentence


def _clause(sentence: Line) -> Line:
    """From the date on, as far as the comma behind what is to be done."""
    at = 0
    for hit in re.finditer(r"[^,;]+[,;]?", sentence.plain):
        if acts.WHEN.search(hit[0]):
            return sentence.cut(hit.start(), hit.end() - hit[0].endswith((",", ";")))
        at = hit.end()
    return sentence.cut(0, at)
