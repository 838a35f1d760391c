"""Lines as a printed page left them: broken at its edge, with its number and its heading once more on every page."""

from __future__ import annotations

import unicodedata

from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_NUMBER = rule(r"\s*(?:[—–-]\s*\d{1,3}\s*[—–-]|第\s*\d{1,3}\s*页(?:[,/ ]*共\s*\d{1,3}\s*页)?)\s*|\s{10,}\d{1,3}\s*")
_ON = rule(r"\((?:续表?|接上页)\)$")
_BEGINS = rule(
    r"\s*(?:[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[).、]|[①-⑳]|第[一二三四五六七八九十\d]{1,3}[条章节]|[一二三四五六七八九十]是)|\s{2,}\S|\s*[\u4e00-\u9fff\s]{2,10}:|\s*[-*•#@【\[]"
)
_ENDED = "。;:!?.|"
_LABELLED = rule(r"\s{2,}[\u4e00-\u9fff]{2,8}:\s*\S")
_FEW, _NARROW, _LOOSE = 3, 36, 4


def mended(lines: list[Line]) -> list[Line]:
    """The same text without what every page repeats, and with its broken lines joined."""
    lines = _without_margins(lines)
    if any("\t" in line.plain or "|" in line.plain for line in lines):
        return lines
    wide = [_width(line) for line in lines]
    edge = _edge(lines, wide)
    labelled = sum(bool(_LABELLED.match(line.plain)) for line in lines) >= _FEW
    out: list[Line] = []
    before = 0
    for line, width in zip(lines, wide, strict=True):
        broken = bool(out) and _is_open(out[-1]) and line.plain.strip() != "" and not _BEGINS.match(line.plain)
        field = labelled and bool(out) and bool(_LABELLED.match(out[-1].plain)) and not line.plain[:1].isspace()
        if broken and ((edge and before >= edge - _LOOSE) or field):
            out[-1] = Line(out[-1].number, out[-1].raw.rstrip() + line.raw.strip(), out[-1].plain.rstrip() + line.plain.strip())  # fmt: skip
        else:
            out.append(line)
        before = width
    return out


def _without_margins(lines: list[Line]) -> list[Line]:
    title = next((_bare(line) for line in lines if line.plain.strip()), "")
    kept: list[Line] = []
    for line in lines:
        again = len(title) > 3 and any(_bare(one) == title for one in kept[:3]) and _bare(line) == title
        if not (again or _NUMBER.fullmatch(line.plain)):
            kept.append(line)
    return kept


def _bare(line: Line) -> str:
    return _ON.sub("", "".join(line.plain.split()))


def _width(line: Line) -> int:
    """The room a line takes on paper: a wide sign that of two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line.raw.rstrip()[:200])


def _is_open(line: Line) -> bool:
    words = line.plain.strip()
    return words != "" and words[-1] not in _ENDED


def _edge(lines: list[Line], wide: list[int]) -> int:
    """Where the page ends, when several lines break off there and none goes further; else 0."""
    widest = max(wide, default=0)
    near = [line for line, width in zip(lines, wide, strict=True) if width >= widest - _LOOSE]
    broken = sum(_is_open(line) for line in near)
    return widest if _NARROW <= widest < 120 and len(near) >= _FEW and broken >= _FEW and broken * 2 > len(near) else 0
