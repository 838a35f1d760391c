"""How official papers spell things: days, numbers, lists, and text that a document can hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from app.clock import day_of

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
CLAUSE = re.compile("[，。；：！？,;:!?]")
NO_CLAUSE = ("日", "时", "午", "中", "后", "前", "间", "期")  # what ends so says when, and not yet what
WHOLE, ENOUGH, MOST = 44, 8, 28  # signs a heading may have, must say and keeps where nothing divides it
DIGITS = "零一二三四五六七八九"


def day(on: date | datetime | None) -> str:
    """2026年3月5日, without leading zeros; nothing for no day."""
    if on is None:
        return ""
    on = day_of(on) if isinstance(on, datetime) else on
    return f"{on.year}年{on.month}月{on.day}日"


def days(first: date, last: date) -> str:
    """2026年3月5日, or 2026年3月5日至8日, or both in full."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{day(first)}至{last.day}日"
    return f"{day(first)}至{day(last)}"


def numbered(mark: str, year: int, number: int) -> str:
    """教督整〔2026〕3号: brackets of six corners, no leading zero, no 第."""
    return f"{mark}〔{year}〕{number}号"


def ordinal(number: int) -> str:
    """1 → 一, 12 → 十二, 120 → 一百二十; as headings count."""
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return "十" + (DIGITS[number - 10] if number > 10 else "")
    if number < 100:
        return DIGITS[number // 10] + "十" + (DIGITS[number % 10] if number % 10 else "")
    if number < 1000:
        rest = number % 100
        words = "" if not rest else "零" + DIGITS[rest] if rest < 10 else ("一" if rest < 20 else "") + ordinal(rest)
        return DIGITS[number // 100] + "百" + words
    return str(number)


def rate(part: int, whole: int) -> str:
    """58.9%, or — where there is nothing to measure against."""
    return f"{100 * part / whole:.1f}%" if whole else "—"


def clean(text: str | None) -> str:
    """Text without signs that a document cannot hold, one kind of line end."""
    return UNFIT.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n")).strip()


def ended(text: str) -> str:
    """A sentence with its full stop."""
    text = clean(text)
    return text if not text or text[-1] in "。！？；.!?;…" else f"{text}。"


def brief(text: str) -> str:
    """A heading for a text: all of it where it is short, else its first clause that says something."""
    whole = clean(text).split("\n")[0].rstrip("。；;.，,")
    if len(whole) <= WHOLE:
        return whole
    for cut in CLAUSE.finditer(whole, ENOUGH, WHOLE):
        clause = whole[: cut.start()]
        if (
            not clause.endswith(NO_CLAUSE)
            and clause.count("（") == clause.count("）")
            and clause.count("“") == clause.count("”")
        ):
            return clause
    return f"{whole[:MOST]}……"


def counted(texts: Iterable[str]) -> list[str]:
    """Each text once, with how often it came."""
    return [text if times == 1 else f"{text}（共{times}件）" for text, times in Counter(texts).items()]


def listed(texts: Iterable[str], otherwise: str = "") -> str:
    """One text as it is, several numbered line by line."""
    kept = [text for text in map(clean, texts) if text]
    if len(kept) < 2:
        return kept[0] if kept else otherwise
    return "\n".join(f"{number}．{text}" for number, text in enumerate(kept, start=1))
