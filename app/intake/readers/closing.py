"""Dates for a whole list, said after it: “请你校于6月5日前完成以上全部问题的整改”, “第1、3项于5月底前完成”."""

from __future__ import annotations

import re

from app.intake.readers import aside
from app.intake.readers.dates import VAGUE, arabic
from app.intake.readers.lines import Line
from app.intake.readers.people import names_in
from app.intake.readers.rules import rule

_WHEN = rule(
    r"(?:\d{1,2}\s?[日号]\s?(?:\d{1,2}\s?[时点:]\s?(?:\d{1,2}分?)?)?|\d[./-]\d{1,2}[./-]\d{1,2}(?=(?:之|以)?前)|\d{1,2}\s?月(?:份|底|末|中旬|上旬|下旬)?|年底|学期末?|开学|假期|\d{1,3}\s?(?:个工作日|个?月|日|天))(?:\([^()]*\))?(?:之|以)?[前内]|月底|立即|即[日时]|当[场天日]|马上|[暑寒]假|假期|年内|期间|[上下]半年|明年|逐步|适时|近期"
)
_DONE = rule(
    r"(?:整改|改正|纠正)(?:完毕|到位|完成|结束)|[前内](?:予以|全部|一律)?(?:改正|纠正|整改)|完成[^。;]{0,16}整改|整改[^。;]{0,8}(?:完毕|到位|完成)|(?:全部|一律|逐项|逐条|予以)(?:整改|落实|解决|完成)|限期?[^。;]{0,24}整改|(?:整改|处理|解决|整治|修)(?:好|掉|完)"
)
_ALL = rule(
    r"以上|上述|所有|全部|各项|逐项|逐条|限[你该各贵]|[你贵该各](?:校|园|单位|学校|部门)|有关(?:学校|单位)|相关(?:学校|单位)|存在问题的|(?:问题|隐患)(?:学校|单位)|责任单位|学校于|[该]校于|请"
)
_SENTENCE = rule(r"[^。]+")
_SIGN = r"(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)?|[①-⑳])"
_ITEMS = rule(
    rf"(?:第\s?|(?<![\d.年月])(?=[^,。;:]{{1,24}}(?:项|条(?!例)|点(?!\d)|[个条]问题|号问题))|(?:问题|隐患)\s?(?=\S{{1,24}}于))(?P<items>{_SIGN}(?:\s?(?:[、,和及至到\-—~]|(?<=\))(?=\())\s?第?\s?{_SIGN})*)\s?"
    r"(?:[项点](?:问题|隐患|内容)?|[个条](?:问题|隐患)|(?=于))|(?P<rest>其[余他它])(?:[各一二两三四五六七八九十\d]{0,2}[项条]|(?:不符合|不合格|不达标)?(?:问题|隐患|项目?)|(?=于|在|应|须|需|限|均|一律|请|全部))"
)
_RANGE = rule(rf"(?P<first>{_SIGN})\s?[至到\-—~]\s?第?\s?(?P<last>{_SIGN})|(?P<one>{_SIGN})")
_ITS_SIGNS = frozenset("项点条个于其")
REST, ALL = 0, -1
# “除第1项立即整改、第2项按上述时间完成外,限…”: the few first, then what is said of all others.
_BUT = rule(r"除(?P<few>[^。;]{2,80}?)(?:之|以)?外,?")
_OWN = rule(r"(?:按|依)[^,。;]{0,6}(?:上述|以上|前述|所列|要求|规定|约定)[^,。;]{0,6}(?:时间|时限|期限|日期)")
_OF_ALL = rule(r"\s*(?:以上|上述)")


def for_all(line: Line) -> Line | None:
    """The clause that gives every problem above the same date, if the line has one."""
    plain = line.plain[:1500]
    if not (_ALL.search(plain) and _DONE.search(plain)):
        return None
    for hit in _SENTENCE.finditer((line := aside.left_out(line)).plain[:1500]):
        sentence = _before_the_few(line.cut(hit.start(), hit.end()))
        if (
            not _ITEMS.search(sentence.plain)
            and _ALL.search(sentence.plain)
            and _DONE.search(sentence.plain)
            and _WHEN.search(sentence.plain)
        ):
            return _clause(sentence)
    return None


def _before_the_few(sentence: Line) -> Line:
    """“请于6月20日前整改,其中第2项暑假期间完成”: what is said of all, without those that are named."""
    if but := _BUT.search(sentence.plain):
        return sentence.cut(but.end())
    hit = re.search(r"[,;](?:其中|但)(?=第|问题|隐患)", sentence.plain)
    return sentence.cut(0, hit.start()) if hit else sentence


def _clause(sentence: Line) -> Line:
    """From the date on, as far as the comma behind what is to be done."""
    at = 0
    for hit in re.finditer(r"[^,;]+[,;]?", sentence.plain):
        if _WHEN.search(hit[0]):
            return sentence.cut(hit.start(), hit.end() - hit[0].endswith((",", ";")))
        at = hit.end()
    return sentence.cut(0, at)


def _items_in(plain: str) -> list[re.Match[str]]:
    return [] if _ITS_SIGNS.isdisjoint(plain) else list(_ITEMS.finditer(plain))


def by_number(line: Line) -> dict[int, str]:
    """The date of each problem that is named by its number, REST for all others; empty where none is."""
    dated: dict[int, str] = {}
    hits = _items_in(line.plain[:1500])
    if not hits:
        return dated
    line = aside.left_out(line)
    but = _BUT.search(line.plain[:1500])
    hits = _items_in(line.plain[:1500])
    for at, hit in enumerate(hits, 1):
        end = hits[at].start() if at < len(hits) else len(line.plain)
        inside = but is not None and but.start("few") <= hit.start() < but.end("few")
        clause = line.cut(hit.end(), min(end, but.end("few")) if but and inside else end)
        clause = clause.cut(0, re.search(r"[。;]|$", clause.plain).start())  # type: ignore[union-attr]
        if _WHEN.search(clause.plain) or VAGUE.search(clause.plain) or (inside and _OWN.search(clause.plain)):
            dated |= dict.fromkeys(_numbers(hit), clause.raw.strip("，,；;、 "))
    return dated


_WHO = rule(
    r"(?:由|请|交|责任人[是为:]?)\s?(?P<who>[^,。;:]{2,20}?)(?:老师|同志|主任)?(?:负责|牵头|落实|督促|于|在(?=\d|本)|本周|尽快|抓紧|处理|整改|解决|,|$)"
)


def owners_by_number(line: Line) -> dict[int, str]:
    """“1至3项由总务处季南星负责”: who is named for which problem, ALL for those that stand above."""
    named: dict[int, str] = {}
    hits = _items_in(line.plain[:1500])
    for at, hit in enumerate(hits, 1):
        clause = line.cut(hit.end(), hits[at].start() if at < len(hits) else len(line.plain))
        clause = clause.cut(0, re.search(r"[。;]|$", clause.plain).start())  # type: ignore[union-attr]
        if (who := _WHO.search(clause.plain)) and names_in(who["who"]):
            named |= dict.fromkeys(_numbers(hit), clause.raw[who.start("who") : who.end("who")])
    if not hits and _OF_ALL.match(line.plain) and (who := _WHO.search(line.plain)) and names_in(who["who"]):
        named[ALL] = line.raw[who.start("who") : who.end("who")]
    return named


def _which(sign: str) -> int:
    return ord(sign) - 0x245F if "①" <= sign <= "⑳" else arabic(sign.strip("()"))


def _numbers(hit: re.Match[str]) -> list[int]:
    return [REST] if hit["rest"] else numbers_in(hit["items"])


def numbers_in(items: str) -> list[int]:
    """“1、3至5”: 1, 3, 4, 5."""
    named: list[int] = []
    for one in _RANGE.finditer(items):
        first, last = (_which(one["one"]),) * 2 if one["one"] else (_which(one["first"]), _which(one["last"]))
        named += range(first, min(last, first + 99) + 1)
    return named
