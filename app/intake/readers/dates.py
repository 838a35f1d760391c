"""Dates in all the ways people write them; a day is named only when the text carries it."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from app.intake.readers.rules import rule
from app.intake.reading import ReadDate

_CN = "〇零一二三四五六七八九十"
_DIGITS = {
    **dict.fromkeys("〇Oo0", "0"),
    **{sign: str(n) for n, sign in enumerate("零一二三四五六七八九")},
    **{sign: str(n) for n, sign in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
    "参": "3",
}
_CN_YEAR = rule(r"([一二][〇零一二三四五六七八九Oo0 ]{3,6})(?=\s?年)")
_CN_SMALL = rule(r"([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=\s?[月日]|号(?!楼|门|室|车|机))")
_GAP = rule(r"(?<=\d) (?=\d[\d ]{0,6}[年月日])|(?<=\d) (?=[年月日])|(?<=[年月]) (?=\d)")
_LOST = rule(r"(?<!\d)(\d{4}) (\d{1,2}) (\d{1,2})(?!\d)")
_YEAR = r"(?<![\dA-Za-z])(?:(?P<y>(?:19|20)\d\d)|'?(?P<yy>[12]\d))"
_FULL = rule(_YEAR + r"\s?(?P<sep>[.\-/年])\s?(?P<m>\d{1,2})\s?(?:(?P=sep)|月|\.)\s?(?P<d>\d{1,2})(?![\d.])\s?[日号]?")
_DENSE = rule(r"(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])")
_BARE_DAY = rule(r"(?P<m>\d{1,2})[./](?P<d>\d{1,2})\s?[日号]?(?:之|以)?前?")
_DOTTED = rule(r"(?<![\d.])(?P<m>1[0-2]|0?[1-9])\.(?P<d>3[01]|[12]\d|0?[1-9])(?=\)?\s?[日号]?(?:之|以)?前)")
_SHORT = rule(r"(?<![\d年xX*某])(?<![年] )(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?[日号]")
_MONTH_END = rule(r"(?:(?<!\d)(?P<y>20\d\d)\s?年\s?|(?<![\d年]))(?P<m>\d{1,2})\s?月\s?(?:份\s?)?[底末低]")
_YEAR_END = rule(r"(?<!\d)(?P<y>20\d\d)\s?年\s?(?:年\s?)?[底末]")
_BEGINS = rule(r"[12]\s?\d|[一二]\s?[〇零一二三四五六七八九Oo0]")
_SERIAL = rule(r"[34]\d{4}(?:\.0)?")
_MASKED = rule(r"(?:\d{2}[xX*×某]{2}|[xX*×某]{1,4})\s?年|[xX*×某]{1,2}\s?[月日]")
_DOCUMENT_YEAR = rule(r"(?<!\d)(20\d\d)\s?(?:年\s?\d{1,2}\s?月|[.\-/]\d{1,2}[.\-/]\d{1,2})")
_PLANNED = rule(r"前|之内|以内|日内|天内|底|止|截止|立行立改|即知即改|长期坚持|持续")
_DONE = rule(r"已(?:经|于)?.{0,12}(?:完成|整改|修复|更换|销号|到位|$)|^完成$|^已")
# “整改时限:已于4月10日完成”, “4月10日已完成”: what stands in the place of a deadline is none.
_SAID_DONE = rule(
    r"^\s*[(]?(?:现|均|目前)?已(?:经)?(?:于|在)?(?:全部)?(?:(?:20)?\d|完成|整改|办结)|[日号\d底]\s?(?:前)?[,(]?\s?(?:均|现|实际)?已(?:经)?(?:全部|按期|如期)?(?:完成|整改|办结|销号|修复|更换|到位)|\d\s?[日号]?\s?(?:完成|办结|销号)[)。]?\s*$"
)
# “三日内”, “15个工作日内”, “两周内”, “48小时内”: so long from a day that the text need not name.
SPAN = (
    r"(?:\d{1,3}|[一二三四五六七八九十两半]{1,3})\s?(?:个?工作日|个?月|日|天|个?星期|周|个?(?:小时|钟头))(?:之|以)?内"
)
VAGUE = rule(
    rf"立行立改|即知即改|立即整改|长期坚持|持续整改|{SPAN}|(?:本学期|年|学期)底?末?前|开学前|(?:今|明|当)[天日晚](?:[^,。;]{{0,6}}前)?|下班前|(?:本|下|这)周[^,。;]{{0,3}}前?|[上中下]旬前?"
)
# “自3月2日起十五日内”: the day named is the first of the span, and not its last.
_FROM_A_DAY = rule(
    rf"(?:自|从)[^,。;]{{2,20}}(?:起|后|之日)[^,。;]{{0,4}}{SPAN}|\d\s?[日号]?[^,。;\d]{{0,10}}(?:后|起)的?{SPAN}|\d\s?[日号]?[^,。;\d]{{0,4}}时[仍尚还发]"
)
# “5月10日至20日”: the last day of a span inside one month.
_UP_TO = rule(r"\s?[至到\-—~]\s?(?P<d>\d{1,2})\s?[日号]")


def arabic(sign: str) -> int:
    """十一 → 11, 7 → 7; 0 when it is no number."""
    if sign.isdigit() and sign.isascii():
        return int(sign[:6])
    if "十" not in sign:
        return int(_DIGITS.get(sign, "0")) if len(sign) == 1 else 0
    tens, _, ones = sign.partition("十")
    return 10 * int(_DIGITS.get(tens, "1") if tens else 1) + int(_DIGITS.get(ones, "0") if ones else 0)


def plain_digits(text: str) -> str:
    """Chinese numerals and the blanks of bad scans become ordinary digits."""
    text = _CN_YEAR.sub(lambda hit: "".join(_DIGITS.get(sign, "") for sign in hit[1]), text)
    text = _CN_SMALL.sub(lambda hit: str(arabic(hit[1])), text)
    text = _GAP.sub("", _GAP.sub("", text))
    return _LOST.sub(r"\1-\2-\3", text)


def _day(year: int | None, month: int, day: int) -> date | None:
    in_it = year and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    return date(year, month, day) if year and in_it else None


def _full(hit: re.Match[str]) -> tuple[date | None, bool]:
    year = int(hit["y"]) if hit["y"] else 2000 + int(hit["yy"])
    return _day(year, int(hit["m"]), int(hit["d"])), not hit["y"]


def _month_end(hit: re.Match[str], year: int | None) -> tuple[date | None, bool]:
    year, month = int(hit["y"]) if hit["y"] else year, int(hit["m"])
    if not year or not 1 <= month <= 12:
        return None, False
    return date(year, month, calendar.monthrange(year, month)[1]), True


_BEGINS_ON = rule(r"\d\s?(?:[日号]|月[底末初]?)\s?(?:起|开始)(?!草)(?![^,。;]{0,14}(?:\d|[前止底末]))")


def find_day(plain: str, year: int | None) -> tuple[date | None, bool]:
    """The last day that `plain` names and whether a year or day had to be completed; (None, False) if none."""
    text = plain_digits(plain[:200])
    if _MASKED.search(text) or _FROM_A_DAY.search(text) or _BEGINS_ON.search(text):
        return None, False
    if whole := list(_FULL.finditer(text)):
        tail = _SHORT.search(text, whole[-1].end())
        first, short_year = _full(whole[-1])
        if first and (last := _UP_TO.match(text, whole[-1].end())):
            return _day(first.year, first.month, int(last["d"])), True
        if tail and first:
            return _day(first.year, int(tail["m"]), int(tail["d"])), True
        return first, short_year
    if short := list(_SHORT.finditer(text)) or list(_DOTTED.finditer(text)):
        last = _UP_TO.match(text, short[-1].end())
        found = _day(year, int(short[-1]["m"]), int((last or short[-1])["d"]))
        return found, found is not None
    if end := _MONTH_END.search(text):
        return _month_end(end, year)
    if last := _YEAR_END.search(text):
        return date(int(last["y"]), 12, 31), True
    return None, False


def read_date(raw: str, plain: str, meaning: str, year: int | None) -> ReadDate:
    """A labelled value as a date; `meaning` is what its label says, the value may say more."""
    on, inferred = find_day(plain, year)
    if on is None:
        on, inferred = _in_figures(plain.strip(), year)
    if (meaning == "unknown" and _DONE.search(plain)) or (meaning == "planned" and _SAID_DONE.search(plain)):
        return ReadDate(raw, on, "done", inferred)
    if meaning == "unknown" and _PLANNED.search(plain):
        return ReadDate(raw, on, "planned", inferred)
    return ReadDate(
        raw, on, "planned" if meaning == "planned" else "done" if meaning == "done" else "unknown", inferred
    )


def _in_figures(plain: str, year: int | None) -> tuple[date | None, bool]:
    """A cell that holds nothing but figures: a serial, 20250630, or 7/15 in the year of the list."""
    if _SERIAL.fullmatch(plain):
        return date(1899, 12, 30) + timedelta(days=int(float(plain))), False
    if hit := _DENSE.fullmatch(plain):
        return _day(int(hit["y"]), int(hit["m"]), int(hit["d"])), False
    if hit := _BARE_DAY.fullmatch(plain):
        on = _day(year, int(hit["m"]), int(hit["d"]))
        return on, on is not None
    return None, False


_SIGNED = rule(r"[^。,;:!?\d]{2,24}\s{1,}(?P<day>\S.{5,15})")


def signed_on(plain: str) -> date | None:
    """The day under a text: alone on its line, or behind who signs."""
    bare = plain.strip()
    hit = _SIGNED.fullmatch(bare) if len(bare) <= 44 else None
    if not is_only_a_date(bare) and not (hit and is_only_a_date(hit["day"])):
        return None
    return find_day(hit["day"] if hit else bare, None)[0]


def is_only_a_date(plain: str) -> bool:
    """A line that says nothing but a day, as under a signature."""
    bare = plain.strip()
    if not 6 <= len(bare) <= 24 or not _BEGINS.match(bare):
        return False
    text = plain_digits(plain.strip())
    return len(text) <= 14 and bool(_FULL.fullmatch(text) or re.fullmatch(r"20\d\d年\d{1,2}月", text))


def year_of(plains: list[str], given: int | None) -> int | None:
    """The year of the document: its signature, else the one given, else the only one it names."""
    for plain in reversed(plains):
        if on := signed_on(plain):
            return on.year
        if is_only_a_date(plain):
            return int(plain_digits(plain.strip())[:4]) if plain_digits(plain.strip())[:2] == "20" else given
    if given:
        return given
    years = {
        hit[1]
        for plain in plains
        if "20" in plain or "二" in plain
        for hit in _DOCUMENT_YEAR.finditer(plain_digits(plain[:2000]))
    }
    return int(years.pop()) if len(years) == 1 else None
