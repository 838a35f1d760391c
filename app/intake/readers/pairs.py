"""Pairs: 隐患N/整改措施, 问题一/整改情况, 关于“…”问题 and what follows; when does a measure belong to one finding?"""

from __future__ import annotations

import functools
import re

from app.intake.readers.blocks import Field
from app.intake.readers.dates import arabic
from app.intake.readers.entries import Entry
from app.intake.readers.judging import sounds_wrong
from app.intake.readers.lines import Line, fold
from app.intake.readers.rules import rule

_QUOTED = rule(
    r'(?:关于|针对)\s?"(?P<quote>[^"]{3,200})"\s?(?:的|等)?\s?(?:问题|隐患|反馈意见)?(?:的?整改(?:落实|完成)?(?:情况|措施)?)?\s?(?P<rest>[:。,,;].*|)$'
    r'|关于(?P<plain>[^"。;:,]{4,60})(?:的?问题|的?隐患)(?:的?整改(?:落实|完成)?(?:情况|措施)?)?\s?(?P<after>[:。].*|)$'
)
_ACT = rule(
    r"(?:已(?:经|于|全部|按|对|完成)?|现已|目前已|整改(?:完成|到位|情况))[^。]{0,40}(?:整改|完成|更换|修复|清理|拆除|安装|到位|落实|解决|补齐|购置|制定|建立|组织|加固|调整)|^已整改|^立行立改|^(?:目前|现)?正在(?:整改|推进|办理|联系|采购|维修|施工|处理|实施|协调)|^(?:计划|拟|预计)(?:于|在|\d)"
)
_SIGN = r"(?:[一二三四五六七八九十]{1,3}|\d{1,3})"
_NAMED = rule(
    rf"(?:针对|对应|对照|解决|落实|关于)?\s?[(]?(?:第\s?(?P<a>{_SIGN})\s?(?:个|项|条|点)?\s?(?:问题|隐患)|(?:问题|隐患)\s?(?P<b>{_SIGN})(?!\d|个|项|条|类|方面|是))"
)


@functools.lru_cache(maxsize=1024)
def number_of(sign: str) -> int:
    """The number in “问题二”, “2、”, “(3)”, “③”; 0 if none."""
    bare = re.sub(r"[^一二三四五六七八九十\d①-⑳]", "", fold(sign))
    if bare and "①" <= bare[0] <= "⑳":
        return ord(bare[0]) - 0x245F
    return arabic(bare) if bare else 0


def number_in(entry: Entry) -> int:
    """The number of an item: as it is written, else its place among items behind a dash or a dot."""
    return number_of(entry.number) or (entry.label.number if entry.number and entry.label else 0)


def counted_with(entries: list[Entry], current: Entry) -> list[Entry]:
    """The entries of the same list that are counted in the same way, itself among them."""
    mine = (current.list_id, current.label.style if current.label else "")
    return [one for one in entries if (one.list_id, one.label.style if one.label else "") == mine]


def since_the_last_measure(entries: list[Entry]) -> int:
    """How many findings the text has put down since it last spoke of a measure or began a new list."""
    count = 0
    for entry in reversed(entries):
        if entry.kind != "finding" or (count and entry.list_id != entries[-1].list_id):
            break
        count += not entry.children
        if count > 1:
            break
    return count


def stands_alone(entries: list[Entry], current: Entry) -> bool:
    """Whether exactly one finding waits for what is about to be said: then it is its measure."""
    return current.kind == "finding" and since_the_last_measure(entries) == 1


def target_of(entries: list[Entry], current: Entry | None, field: Field) -> Entry | None:
    """The finding that a labelled measure belongs to because the text puts it there, or none."""
    if field.number:
        wanted = number_of(field.number)
        named = [entry for entry in entries[-400:] if entry.kind == "finding" and number_of(entry.number) == wanted]
        return named[0] if len(named) == 1 else None
    if current is None:
        return None
    if current.kind == "measure":
        return current.answers
    return current if stands_alone(entries, current) else None


def quoted_problem(line: Line) -> tuple[Line, Line] | None:
    """The problem that a heading quotes and the words that follow it on the same line."""
    if line.plain.startswith('"'):
        return _quoted_item(line)
    if not line.plain.startswith(("关于", "针对")):
        return None
    hit = _QUOTED.match(line.plain[:2000])
    if not hit:
        return None
    name, rest = ("quote", "rest") if hit["quote"] else ("plain", "after")
    words = line.cut(hit.start(name), hit.end(name) - (hit[name].endswith("的") and name == "plain"))
    follows = line.cut(hit.start(rest) + 1) if hit[rest] else line.cut(len(line.plain))
    return words, follows


_ITEM = rule(r'"(?P<quote>[^"]{4,100})"\s?(?:的?问题)?[。:,;]?\s?(?P<rest>\S.*)$')


def _quoted_item(line: Line) -> tuple[Line, Line] | None:
    """“灭火器摆放不规范”。已重新摆放: the quote is the problem, what follows answers it."""
    hit = _ITEM.match(line.plain[:2000])
    if not hit or not sounds_wrong(hit["quote"]):
        return None
    return line.cut(hit.start("quote"), hit.end("quote")), line.cut(hit.start("rest"))


def known_finding(findings: list[Entry], quoted: tuple[Line, Line]) -> Entry | None:
    """The finding listed before that is quoted word for word."""
    words = quoted[0].plain.strip(" 。")
    same = [entry for entry in findings[-300:] if words in fold(entry.text)]
    return same[0] if len(same) == 1 else None


def reports_an_act(plain: str) -> bool:
    """“已整改。…”, “现已更换…”: a line under a finding that tells what was done about it."""
    return bool(_ACT.match(plain))


def numbers_named(plain: str) -> list[int]:
    """The findings that a measure names by number: 针对第3个问题, (对应问题2)."""
    return [arabic(hit["a"] or hit["b"]) for hit in _NAMED.finditer(plain[:1000])]
