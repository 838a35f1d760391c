"""Records of an audit: “【发现一】” above 事实, 标准, 影响 and 建议; the rules then see labels that they know."""

from __future__ import annotations

from itertools import pairwise

from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_HEAD = rule(r"\s*\[?(?P<sign>发现)\s?(?:[一二三四五六七八九十]{1,3}|\d{1,3})\]?\s*:?\s*")
_LABEL = rule(r"\s*(?P<sign>事实|现象|建议)\s?:")
_KNOWN = {"发现": "问题", "事实": "问题", "现象": "问题", "建议": "措施"}  # of the same length


def labelled(lines: list[Line]) -> list[Line]:
    """The same lines; in a text of two such records or more, each sign reads as its usual name."""
    held = [line for line in lines if line.plain.strip()]
    begun = [line.number for line, below in pairwise(held) if _HEAD.fullmatch(line.plain) and _LABEL.match(below.plain)]
    if len(begun) < 2:
        return lines
    return [_usual(line) if line.number >= begun[0] else line for line in lines]


def _usual(line: Line) -> Line:
    hit = _HEAD.fullmatch(line.plain) or _LABEL.match(line.plain)
    if hit is None:
        return line
    first, last = hit.span("sign")
    return Line(line.number, line.raw, line.plain[:first] + _KNOWN[hit["sign"]] + line.plain[last:])
