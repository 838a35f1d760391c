"""Text as a scanner read it: blanks inside words and before punctuation, lines broken where the page ended them."""

from __future__ import annotations

import re

from app.intake.readers.rules import rule

_SIGNS = "，。；：、！？）"
_BLANK_BEFORE = rule(rf"[^\s] +(?=[{_SIGNS}])")
_ANY_SIGN = rule(rf"[{_SIGNS}]")
_LEAST = 6  # such blanks
_PAGE = rule(r"(?m)^\s*[—–-]+\s*\d{1,3}\s*[—–-]+\s*$\n?")
_KIND = rf"[一-鿿\d{_SIGNS}（“”《》]"
_INSIDE = rule(rf"(?<={_KIND})[ \u3000]+(?={_KIND})")
_AFTER_LABEL = rule(r"(?<=\d)\s+(?=[.．])")
_BEGINS = rule(r"\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[)）.．、]|\s{3,}\S")
_WIDE = 12  # signs of a line that the edge of the page may have broken


def mended(text: str) -> str:
    """The same text; without the blanks and broken lines of a scanner where it shows them."""
    blanks = len(_BLANK_BEFORE.findall(text[:20_000]))
    if blanks < _LEAST or blanks * 2 < len(_ANY_SIGN.findall(text[:20_000])):
        return text
    lines = _PAGE.sub("", text).split("\n")
    whole = [_AFTER_LABEL.sub("", _closed(line)) for line in lines]
    return "\n".join(_joined([line for line in whole if line.strip()]))


def _closed(line: str) -> str:
    """Without blanks inside; what indents the line stays."""
    words = line.lstrip()
    return line[: len(line) - len(words)] + _INSIDE.sub("", words)


def _joined(lines: list[str]) -> list[str]:
    out: list[str] = []
    for line in lines:
        if out and _is_broken(out[-1]) and not _BEGINS.match(line):
            out[-1] = re.sub(r" +$", "", out[-1]) + line.strip()
        else:
            out.append(line)
    return out


def _is_broken(line: str) -> bool:
    words = line.strip()
    return len(words) >= _WIDE and words[-1] not in "。；：！？:;"
