"""Defects named inside a sentence, as in “检查发现,A;B;C” and “仍存在一些不足:A;B”."""

from __future__ import annotations

import re

from app.intake.readers.judging import NOT, sounds_wrong
from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_FOUND = rule(
    r"(?:检查|督查|抽查|走访|督导|巡查|暗访|核查|排查|现场|经查|检查组|督导组|督学|经检查)(?:中|时|过程中)?(?:发现|看到|查出)(?:[,:]|(?=该校|学校|该园|存在))(?:该校|学校|该园|存在)?[,:]?(?P<a>[^。:]{8,})"
    r"|(?:存在|还有|仍有|尚有|有|发现了?)[^。:;,]{0,14}(?:问题|不足|困难|隐患|短板|差距|薄弱环节)[:,](?:主要)?(?:是|有|表现为|表现在|集中在|体现在)?[:]?(?P<b>[^。:]{8,})"
)
_LEADS = rule(r"(?:首先|其次|再次|再者|最后|以及|并且|同时|此外|另外|还有|主要是|一是)[,:]?")
_PLANS = rule(r"^(?:要|应|须)|[,](?:要|应|须)|如有|进一步|今后|将继续|下一步|努力|决心")


def defects_of(lines: list[Line]) -> list[Line]:
    """The parts of such sentences that are amiss, in their order."""
    return [part for line in lines if 20 < len(line.plain) < 3000 for part in _of(line)]


def _of(line: Line) -> list[Line]:
    found: list[Line] = []
    for hit in _FOUND.finditer(line.plain):
        name = "a" if hit["a"] else "b"
        words = line.cut(hit.start(name), hit.end(name))
        parts = [_led(words.cut(one.start(), one.end())) for one in re.finditer(r"[^;]+;?", words.plain)]
        wrong = [part for part in parts if sounds_wrong(part.plain) and not _PLANS.search(part.plain)]
        if len(wrong) * 5 >= 3 * len(parts) and not NOT.search(hit[0][:40]):
            found += wrong
    return found


def _led(part: Line) -> Line:
    hit = _LEADS.match(part.plain)
    return part.cut(hit.end()) if hit else part
