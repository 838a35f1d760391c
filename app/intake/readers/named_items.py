"""Items named by their number, below a list: “第1、3项于5月底前完成”, “1至3项由总务处负责”, “第4项立即停用”."""

from __future__ import annotations

import functools
import re

from app.intake.readers import acts, aside
from app.intake.readers.dates import VAGUE, arabic
from app.intake.readers.judging import sounds_like_an_act
from app.intake.readers.lines import Line, fold
from app.intake.readers.people import names_in
from app.intake.readers.rules import rule

_SIGN = r"(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)?|[①-⑳])"
_AND = r"(?:\s?[项条点]?\s?[、,和及与至到\-—~]|(?<=\))(?=\())\s?(?:第|问题|隐患)?\s?"
_ASKED = r"(?=[,:]?(?:于|由|立即|马上|须|应(?!急)|限|请|要|必须|务必|在\d))"
NAMED = rule(
    rf"(?:第\s?|(?<![\d.年月])(?<!以上)(?<!上述)(?<!前述)(?<!所列)(?=[^,。;:]{{1,24}}(?:项|条(?!例)|点(?!\d)|[个条]问题|号问题))|(?:问题|隐患)\s?(?=\S{{1,24}}))(?P<items>{_SIGN}(?:{_AND}{_SIGN})*)\s?"
    rf"(?:[项点](?:问题|隐患|内容)?|[个条](?:问题|隐患)|条{_ASKED}|{_ASKED})|(?P<circles>[①-⑳](?:[、,和及]?[①-⑳])*)(?=于|由|立即|限|须|请|\d{{1,2}}月|长期|均|全部)|(?P<rest>其[余他它])(?:[各一二两三四五六七八九十\d]{{0,2}}[项条]|(?:不符合|不合格|不达标)?(?:问题|隐患|项目?)|(?=于|在|应|须|需|限|均|一律|请|全部))"
)
_END = rule(r"[。;]|$")
_LONGEST = 1500
_RANGE = rule(rf"(?P<first>{_SIGN})\s?[至到\-—~]\s?第?\s?(?P<last>{_SIGN})|(?P<one>{_SIGN})")
_MAY_NAME = rule(r"第|其[余他它]|问题|隐患|[①-⑳]|[\d一二三四五六七八九十)]\s?(?:[项点]|条|个问)")
REST, ALL = 0, -1
# “除第1项立即整改、第2项按上述时间完成外,限…”: the few first, then what is said of all others.
BUT = rule(r"除(?P<few>[^。;]{2,80}?)(?:之|以)?外,?")
_OWN = rule(r"(?:按|依)[^,。;]{0,6}(?:上述|以上|前述|所列|要求|规定|约定)[^,。;]{0,6}(?:时间|时限|期限|日期)")
OF_ALL = rule(r"\s*(?:以上|上述)")


@functools.lru_cache(maxsize=64)
def _items_in(plain: str) -> list[re.Match[str]]:
    return list(NAMED.finditer(plain)) if _MAY_NAME.search(plain) else []


def _said(line: Line) -> list[tuple[re.Match[str], Line, bool]]:
    """What is said of each group of named items, from their name on, and whether it takes them out of what all do."""
    if not _items_in(line.plain[:_LONGEST]):
        return []
    line = aside.left_out(line)
    plain = line.plain[:_LONGEST]
    hits, but = _items_in(plain), BUT.search(plain)
    told = []
    for at, hit in enumerate(hits, 1):
        end = hits[at].start() if at < len(hits) else len(line.plain)
        inside = but is not None and but.start("few") <= hit.start() < but.end("few")
        clause = line.cut(hit.end(), min(end, but.end("few")) if but and inside else end)
        told.append((hit, clause.cut(0, _END.search(clause.plain).start()), inside))  # type: ignore[union-attr]
    return told


def by_number(line: Line) -> dict[int, str]:
    """The date of each problem that is named by its number, REST for all others; empty where none is."""
    dated: dict[int, str] = {}
    for hit, clause, inside in _said(line):
        if acts.WHEN.search(clause.plain) or VAGUE.search(clause.plain) or (inside and _OWN.search(clause.plain)):
            dated |= dict.fromkeys(_numbers(hit), clause.raw.strip("，,；;、 "))
    return dated


_WHO = rule(
    r"(?:由|请|交|责任人[是为:]?)\s?(?P<who>[^,。;:]{2,20}?)(?:老师|同志|主任)?(?:(?:总|统一|全面|具体|统筹|牵头)?负责|牵头|落实|督促|于|在(?=\d|本)|本周|尽快|抓紧|处理|整改|解决|[,。;]|$)"
)


def owners_by_number(line: Line) -> dict[int, str]:
    """“1至3项由总务处季南星负责”: who is named for which problem, ALL for those that stand above."""
    named: dict[int, str] = {}
    told = _said(line)
    for hit, clause, _ in told:
        if (who := _WHO.search(clause.plain)) and names_in(who["who"]):
            named |= dict.fromkeys(_numbers(hit), clause.raw[who.start("who") : who.end("who")])
    if OF_ALL.match(line.plain):
        whole = line.cut(0, told[0][0].start() if told else None)
        if (who := _WHO.search(whole.plain)) and names_in(who["who"]):
            named[ALL] = whole.raw[who.start("who") : who.end("who")]
    return named


_BEGINS = rule(
    r"(?:问题|隐患|内容)?[,:]?\s?(?:均|都|一律|全部)?(?:要求|责令)?(?:立即|马上|即刻|当场|当日|由|请|须|应|于|在|限|要|尽快|抓紧|必须|务必|暂停|停止|停用|\d|本|予以|继续)"
)


def asked_by_number(line: Line) -> list[tuple[list[int], Line]]:
    """“第1、3项立即停工整改，第4项由安全员补齐”: what is to be done about which, beyond rectifying it."""
    asked = []
    for hit, clause, _ in _said(line):
        begins = _BEGINS.match(clause.plain) or sounds_like_an_act(clause.plain.lstrip(" ,:"))
        if begins and acts.says_more(clause.plain):
            words = clause.raw.strip("，,；;、：: ")
            asked.append((_numbers(hit), Line(line.number, words, fold(words))))
    return asked


def _which(sign: str) -> int:
    return ord(sign) - 0x245F if "①" <= sign <= "⑳" else arabic(sign.strip("()"))


def _numbers(hit: re.Match[str]) -> list[int]:
    return [REST] if hit["rest"] else numbers_in(hit["items"] or hit["circles"])


def numbers_in(items: str) -> list[int]:
    """“1、3至5”: 1, 3, 4, 5."""
    named: list[int] = []
    for one in _RANGE.finditer(items):
        first, last = (_which(one["one"]),) * 2 if one["one"] else (_which(one["first"]), _which(one["last"]))
        named += range(first, min(last, first + 99) + 1)
    return named
