"""Lists in English: “1. Fire door wedged open. Owner: Dana Orlowe. Due: 31 March 2026”, under Findings or Issues."""

from __future__ import annotations

import re
from datetime import date

from app.intake.readers.dates import read_date
from app.intake.readers.lines import Line
from app.intake.readers.parts import Part
from app.intake.readers.rules import rule
from app.intake.reading import Link, ReadDate, ReadFinding, ReadMeasure
from workflows.grammar import say

_HAN = rule(r"[\u4e00-\u9fff]")
_ITEM = rule(r"\s*(?P<number>\(?[0-9]{1,3}[.)]|\(?[a-z]\)|[-*•–])\s+(?P<words>\S.*)")
_OPENS = rule(
    r"(?i)\W*(?:[\w\s]{0,24}\b)?(?:findings?|issues?|problems?|deficienc(?:y|ies)|non-?conformit(?:y|ies)|hazards?|defects?|weaknesses|areas? for improvement|actions? required)(?: found| identified| noted| raised)?\W*"
)
_CLOSES = rule(
    r"(?i).*(?:good practices?|strengths?|positives?|commendations?|conclusions?|recommendations?|next steps?|background|scope|summary|attend(?:ees|ance)|follow-?up|signature).*"
)
_LABEL = rule(
    r"(?i)(?:(?<=^)|(?<=[.;,)]\s)|(?<=[.;,)]))\s*(?P<label>(?:action )?owner|responsible(?: person| party)?|assigned to|due(?: date)?|deadline|target(?: date)?|(?:corrective |required )?actions?(?: required)?|measures?|remedy)\s*[:：]\s*"
)
_KINDS = (("owner", ("own", "resp", "assi", "action owner")), ("planned", ("due", "dead", "targ")))
_PASSED = rule(
    r"(?i).*\b(?:no (?:\w+ )?(?:findings?|issues?|problems?|defects?|concerns?|hazards?)|none|satisfactory|in (?:good )?order|compliant|acceptable|all (?:good|clear)|ok)\b\W*$"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_DAY = rule(
    r"(?i)\b(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m>[a-z]{3,9})\.?,?\s+(?P<y>20\d\d)|(?P<m2>[a-z]{3,9})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>20\d\d))"
)
_PERSON = rule(r"(?:(?:Mr|Ms|Mrs|Dr|Prof)\.?\s+)?(?P<name>[A-Z][\w'’-]+(?:\s+[A-Z]\.)?(?:\s+[A-Z][\w'’-]+){1,2})")
_ROLE = rule(
    r"(?i)\b(?:manager|office|officer|team|head|department|dept|director|coordinator|principal|teacher|staff|committee|service|services|supervisor|warden|nurse|engineer|contractor|school|unit|lead|admin|administration|site|boarding|estates|facilities|maintenance|security|all)\b"
)
_SAME_ITEM = say("The text puts the measure under this problem.")


def is_english(lines: list[Line]) -> bool:
    """Whether there are items, and hardly a Chinese character."""
    words = "".join(line.plain for line in lines)[:100_000]
    return len(_HAN.findall(words)) * 50 < len(words) and sum(bool(_ITEM.match(line.plain)) for line in lines) > 1


def read(lines: list[Line], part: Part) -> None:
    """Add the items below a heading of findings, each with its owner, its day and its action."""
    inside = False
    for line in lines:
        item = _ITEM.match(line.plain)
        if item and inside:
            _add(line, item, part)
        elif line.plain.strip() and not item and len(line.plain) < 70:
            inside = bool(_OPENS.fullmatch(line.plain.strip())) or (inside and not _CLOSES.fullmatch(line.plain))


def _add(line: Line, item: re.Match[str], part: Part) -> None:
    words = line.cut(item.start("words"))
    hits = list(_LABEL.finditer(words.raw))
    text = words.raw[: hits[0].start()].strip(" ;,") if hits else words.raw
    if not text or _PASSED.fullmatch(text):
        part.passed += 1
        return
    ends = [hit.start() for hit in hits[1:]] + [len(words.raw)]
    told = [
        (_kind(hit["label"].lower()), words.raw[hit.end() : end].strip(" .;,"))
        for hit, end in zip(hits, ends, strict=True)
    ]
    owner = next((said for kind, said in told if kind == "owner"), "")
    due = next((_day(said, part.year) for kind, said in told if kind == "planned"), None)
    at = len(part.findings)
    part.findings.append(ReadFinding(
        text, item["number"], owner=person(owner), owner_raw=owner, deadline=due.on if due else None,
        deadline_raw=due.raw if due else "", line=line.number,
    ))  # fmt: skip
    part.measures += [
        ReadMeasure(said, links=(Link(at, True, _SAME_ITEM),), line=line.number)
        for kind, said in told
        if kind == "measure" and said
    ]


def _kind(label: str) -> str:
    return next((kind for kind, begins in _KINDS if label.startswith(begins)), "measure")


def person(said: str) -> str | None:
    """The person named, as written; None for a role, an office or nobody."""
    hit = _PERSON.fullmatch(said.strip()) if not _ROLE.search(said) else None
    return hit["name"] if hit else None


def _day(said: str, year: int | None) -> ReadDate:
    hit = _NAMED_DAY.search(said)
    if not hit:
        return read_date(said, said, "planned", year)
    name, day, of = (hit["m"], hit["d"], hit["y"]) if hit["m"] else (hit["m2"], hit["d2"], hit["y2"])
    month = name[:3].lower()
    try:
        return ReadDate(said, date(int(of), _MONTHS.index(month) + 1, int(day)), "planned")
    except ValueError:
        return ReadDate(said, None, "planned")
