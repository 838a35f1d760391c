"""Several articles in one file (第一篇:…, 篇二:…): each is read by itself, so that no list answers another's."""

from __future__ import annotations

from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_BEGINS = rule(
    r"\s*(?:第[一二三四五六七八九十\d]{1,3}篇|篇[一二三四五六七八九十\d]{1,3}|(?:范文|报告)[一二三四五六七八九十]{1,2})\s*[:：、\s]"
)


def parted(lines: list[Line]) -> list[list[Line]]:
    """The lines of each article."""
    parts: list[list[Line]] = [[]]
    for line in lines:
        if _BEGINS.match(line.plain) and len(line.plain) < 60:
            parts.append([])
        parts[-1].append(line)
    return [part for part in parts if part]
