"""Check lists in prose: “4.门窗：204教室后窗合页断裂；其余正常。” Only what failed is a finding."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.intake.readers.judging import has_passed, sounds_wrong
from app.intake.readers.lines import Line, clauses_of
from app.intake.readers.numbering import label_at_start
from app.intake.readers.questions import is_bad
from app.intake.readers.rules import rule
from app.intake.readers.worth import ticked

_ITEM = rule(r"(?P<item>[^:。;,]{2,26}?)\s*(?:[:]|\s{1,}|[—-]{1,2}|\.{2,}|…+)\s*(?P<result>\S.*)$")
_ANSWER = rule(r"(是|否|有|无|未|不|√|×|合格|不合格)[,。;、]\s*(\S.*)$")
_LABELS = rule(
    r"(?:问题|隐患|措施|责任|整改|时限|期限|时间|检查人|单位|学校|电话|组长|成员|目标|签|日期|编号|意见|负责|结论|结果|合计|总评)"
)


# “贮存：冷冻柜内生熟混放。【不符合】”: the verdict stands behind what was seen.
_MAY_END = rule(r"[)\]√×✓✗]|合格|符合")
_VERDICT = (
    "基本符合|部分符合|不符合|符合|不合格|合格|不达标|达标|不通过|通过|有问题|无问题|正常|异常|是|否|√|×|✓|✗|好|差"
)
_BEHIND = rule(
    rf"(?P<words>.*\S)\s*(?:[\[(]\s?(?P<marked>{_VERDICT})\s?[\])]|\s(?P<spaced>[√×✓✗]|符合|不符合|合格|不合格))\s?[。;.]?\s*$"
)


class Check(NamedTuple):
    """One thing that was looked at: `failed` holds what is wrong with it, nothing when it passed."""

    line: Line
    number: str
    failed: list[Line]


def taken(lines: list[Line]) -> tuple[list[Check], list[Line]]:
    """The checks of a text that is a check list, and its other lines; no checks where too few passed."""
    checks = {at: check for at, line in enumerate(lines) if (check := _check(line))}
    passed = sum(not check.failed for check in checks.values())
    if passed < 2 or passed * 4 < len(checks):
        return [], lines
    begin, end = min(checks), max(checks)
    kept = [line for at, line in enumerate(lines) if at not in checks or not begin <= at <= end]
    return [checks[at] for at in sorted(checks)], kept


def _check(line: Line) -> Check | None:
    labelled = label_at_start(line, {})
    words = line.cut(labelled[1]) if labelled else line.cut(0)
    if _MAY_END.search(words.plain[-8:]) and (judged := _BEHIND.match(words.plain[:600])):
        return Check(line, labelled[0].raw if labelled else "", _judged(words, judged))
    hit = _ITEM.match(words.plain[:300])
    if not hit or _LABELS.search(hit["item"][-6:]):
        return None
    item, result = words.cut(hit.start("item"), hit.end("item")), words.cut(hit.start("result"), len(words.plain))
    number = labelled[0].raw if labelled else ""
    failed = _failed(item, result, words)
    return None if failed is None else Check(line, number, failed)


def _judged(words: Line, hit: re.Match[str]) -> list[Line]:
    verdict = hit["marked"] or hit["spaced"]
    if verdict in ("符合", "合格", "达标", "通过", "无问题", "正常", "是", "√", "✓", "好"):
        return []
    named = _ITEM.match(hit["words"])
    begin = named.start("result") if named and len(named["result"]) > 5 else 0
    return [words.cut(begin, hit.end("words"))]


def _failed(item: Line, result: Line, whole: Line) -> list[Line] | None:
    """What is wrong, part by part; None when the words judge nothing."""
    bare = result.plain.strip(" 。;")
    answer = ticked(bare)
    if answer is not None:
        return [whole] if is_bad(bare, answer, item.plain) else []
    if (said := _ANSWER.match(result.plain)) and (judged := ticked(said[1])) is not None:
        detail = result.cut(said.start(2))
        if is_bad(said[1], judged, item.plain) or sounds_wrong(detail.plain):
            return [detail if sounds_wrong(detail.plain) else whole]
        return []
    if has_passed(bare):
        return []
    clauses = clauses_of(result)
    wrong = [clause for clause in clauses if sounds_wrong(clause.plain) and not _all_passed(clause.plain)]
    return wrong or ([] if all(_all_passed(clause.plain) for clause in clauses) else None)


def _all_passed(plain: str) -> bool:
    """Every part of a clause says that all is well."""
    parts = [part for part in re.split(r"[,、。;]", plain) if part.strip()]
    return all(has_passed(part) or (part.startswith(("无", "未发现")) and not sounds_wrong(part)) for part in parts)
