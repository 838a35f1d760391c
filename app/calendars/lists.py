"""A list of days as people paste it: each line understood, or named with what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.calendars.actions import FIRST, LAST, days_of
from app.folding import fold
from workflows.grammar import Sentence, say

MOST, LONGEST, NOTE = 400, 120, 60
WORDS = {
    **dict.fromkeys(("休", "放假", "假期", "休息", "off", "holiday"), "off"),
    **dict.fromkeys(("班", "上班", "调休上班", "补班", "工作日", "on", "workday"), "on"),
}  # fmt: skip
YEAR, MONTH = r"(?:(\d{4})\s*[-/.年]\s*)?", r"(\d{1,2})\s*[-/.月]\s*"
WEEKDAY = r"(?:\s*[（(](?:星期|周)[一二三四五六日天][)）])?"
FROM = rf"{YEAR}{MONTH}(\d{{1,2}})\s*日?{WEEKDAY}"
TO = rf"(?:{YEAR}{MONTH})?(\d{{1,2}})\s*日?{WEEKDAY}"  # “至3日” is in the month that was named
LINE = re.compile(rf"{FROM}(?:\s*(?:至|到|[~～—–-])\s*{TO})?[\s,，;；:：]+(\S+?)(?:[\s,，;；:：]+(.*))?")


@dataclass(frozen=True)
class Span:
    """Days that one line names."""

    line: int
    first: date
    last: date
    kind: str
    note: str


class Wrong(Exception):
    """A line that cannot be understood, with the sentence that says why."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(str(why))
        self.why = why


def read(text: str, year: int) -> tuple[list[Span], list[tuple[int, str, Sentence]]]:
    """The days of the list, and each line that is wrong: its number, what stands there, and why."""
    spans: list[Span] = []
    wrong: list[tuple[int, str, Sentence]] = []
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    for number, line in lines[:MOST]:
        try:
            span = _span(number, line, year)
            _alone(span, spans)
            spans.append(span)
        except Wrong as because:
            wrong.append((number, line[:80], because.why))
    wrong += [(number, line[:80], say("At most %(max)d lines at once.", max=MOST)) for number, line in lines[MOST:][:1]]
    return spans, wrong


def _span(number: int, line: str, year: int) -> Span:
    found = LINE.fullmatch(line)
    if found is None:
        raise Wrong(say("This is no day with 休 or 班 behind it. Write it like 2027-01-01 休 元旦."))
    first = _day(found.group(1) or str(year), *found.group(2, 3))
    later = found.group(6)
    last = _day(found.group(4) or str(first.year), found.group(5) or found.group(2), later) if later else first
    kind, note = WORDS.get(fold(found.group(7))), (found.group(8) or "").strip()
    if {first.year, last.year} != {year}:
        raise Wrong(say("This lies outside %(year)d. Take it in on the page of its year.", year=year))
    if last < first or (last - first).days >= LONGEST:
        raise Wrong(say("The last day lies before the first one, or more than %(max)d days after it.", max=LONGEST))
    if kind is None:
        raise Wrong(say("“%(word)s” says neither 休 nor 班.", word=found.group(7)[:20]))
    if len(note) > NOTE:
        raise Wrong(say("At most %(max)d characters.", max=NOTE))
    return Span(number, first, last, kind, note)


def _day(year: str, month: str, day: str) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise Wrong(say("There is no such day.")) from None
    if not FIRST <= found.year <= LAST:
        raise Wrong(say("Only the years %(first)d to %(last)d are kept.", first=FIRST, last=LAST))
    return found


def _alone(span: Span, before: list[Span]) -> None:
    for other in before:
        if span.first <= other.last and other.first <= span.last:
            day = max(span.first, other.first).isoformat()
            raise Wrong(say("%(day)s stands in line %(line)d already.", day=day, line=other.line))


def days(spans: list[Span]) -> Iterator[date]:
    """Every day that is named."""
    for span in spans:
        yield from days_of(span.first, span.last)
