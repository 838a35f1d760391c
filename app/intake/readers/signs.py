"""Signs written otherwise than in print: full stops as dots, ornaments before headings, the marks of Markdown."""

from __future__ import annotations

import re

from app.intake.readers.headings import heading_kind
from app.intake.readers.lines import Line
from app.intake.readers.numbering import segments_of
from app.intake.readers.rules import rule

# “…玩耍.2.食堂…”: a dot behind a word ends a sentence, one behind a numeral (一.) numbers an item.
_DOT = rule(
    r'(?<=[\u4e00-\u9fff)%"])(?<![一二三四五六七八九十])\.(?=\s|$|["(\u4e00-\u9fff]|\d{1,2}[.、)](?!\d{1,2}[日号前.]))'
)
_ORNAMENT = rule(r"\s*[▲△▼■□◆◇★☆※▶►◎●○§➤✦❖➢◈✱►]+\s*(?=\S)")
_COUNTED = rule(r"1(?=[\u4e00-\u9fff]{3})(?!年级|班|楼|号|月|日|名|个|间|台|处|层|所)")
_MARKDOWN = rule(r"\s*(?:#{1,6}\s+|>\s+)|\*\*|__")


def printed(lines: list[Line]) -> list[Line]:
    """The same lines as a printer would set them; the rules look at these."""
    plain = (_bare(_stopped(line)) for line in lines)
    return [part for line in plain for part in (_unsqueezed(line) if 12 < len(line.plain) < 2000 else [line])]


def _unsqueezed(line: Line) -> list[Line]:
    """“问题：1地面湿滑2配电箱未锁3压力不足”: figures that count on number items, though nothing stands behind them."""
    begin = 0 if line.plain[:1] == "1" else line.plain.find(":1") + 1
    cuts = [begin] if _COUNTED.match(line.plain, begin) and (begin or line.plain[:1] == "1") else []
    while cuts and (
        hit := re.compile(rf"(?<=[\u4e00-\u9fff;,。)]){len(cuts) + 1}(?=[\u4e00-\u9fff]{{3}})").search(
            line.plain, cuts[-1] + 3
        )
    ):
        cuts.append(hit.start())
    if len(cuts) < 3 or segments_of(line, {})[1:]:
        return [line]
    ends = [*cuts[1:], len(line.plain)]
    parts = [line.cut(start + len(str(at)), end) for at, (start, end) in enumerate(zip(cuts, ends, strict=True), 1)]
    items = [Line(line.number, f"{at}、{one.raw}", f"{at}、{one.plain}") for at, one in enumerate(parts, 1)]
    return [line.cut(0, cuts[0]), *items] if cuts[0] else items


def _stopped(line: Line) -> Line:
    if "." not in line.plain or "。" in line.plain:
        return line
    return Line(line.number, line.raw, _DOT.sub("。", line.plain))


def _bare(line: Line) -> Line:
    if "**" in line.plain or "__" in line.plain or line.plain.lstrip()[:1] in ("#", ">"):
        line = _without_markdown(line)
    hit = _ORNAMENT.match(line.plain)
    return line.cut(hit.end()) if hit and heading_kind(line.plain[hit.end() :]) else line


def _without_markdown(line: Line) -> Line:
    cuts = [hit.span() for hit in _MARKDOWN.finditer(line.plain) if hit.start() == 0 or hit[0].strip() in ("**", "__")]
    raw, plain = line.raw, line.plain
    for start, end in reversed(cuts):
        raw, plain = raw[:start] + raw[end:], plain[:start] + plain[end:]
    return Line(line.number, raw, plain)
