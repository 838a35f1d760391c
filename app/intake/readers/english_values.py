"""The person and the day that an English item names; a role is nobody, a day without a year takes that of the paper."""

from __future__ import annotations

import calendar
import re
from datetime import date

from app.intake.readers.dates import read_date
from app.intake.readers.rules import rule
from app.intake.reading import ReadDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
NAMED_DAY = rule(
    rf"(?i)\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})\b\.?,?(?:\s+(?P<y>20\d\d))?|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>20\d\d))?)"
)
_BY = rule(
    rf"(?i)\b(?P<said>(?:by|before|no later than|not later than|until)\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:the\s+)?(?P<day>{NAMED_DAY.pattern[4:]}|20\d\d-\d\d?-\d\d?|\d\d?/\d\d?/20\d\d))"
)
_VAGUE = rule(
    r"(?i)\b(?:with immediate effect|immediately|at once|within \d+ (?:working )?(?:days?|weeks?|months?)|as soon as possible|asap|straight away|today)\b"
)
_PERSON = rule(
    r"(?:(?:Mr|Ms|Mrs|Miss|Dr|Prof)\.?\s+)?(?P<name>(?:[A-Z][\w'’-]+(?:\s+[A-Z]\.)?(?:\s+[A-Z][\w'’-]+){1,2}|(?:[A-Z]\.\s?){1,2}[A-Z][\w'’-]+))"
    r"|(?P<titled>(?:Mr|Ms|Mrs|Miss|Dr|Prof|Sister|Matron)\.?\s+[A-Z][\w'’-]+)"
)
_ROLE = rule(
    r"(?i)\b(?:manager|office|officer|team|head|headteacher|department|dept|director|coordinator|principal|teachers?|staff|committee|services?|supervisor|warden|nurse|engineers?|contractors?|subcontractors?|school|unit|lead|leads|admin|administration|administrator|site|boarding|estates|facilities|maintenance|security|all|carers?|handyman|caretaker|governors?|technicians?|housekeep(?:er|ing)|kitchen|cook|chef|reception|receptionist|it|hr|ehs|hse|finance|librarian|secretary|chair|president|dean|foreman|laundry|deputy|porters?|cleaners?|cleaning|drivers?|agent|landlord|inspector|board|stores|purchasing|production|quality|operations|logistics|pharmacy|ward|charge|tutors?|bursar|owner|tenant|council|authority|university|college|campus|library|workshop|transport|catering|training)\b"
)
_OFFICE = rule(
    r"(?:The )?(?:[A-Z][\w&'’-]*\s+){0,3}(?:Office|Officer|Department|Dept|Team|Manager|Committee|Services|Supervisor|Coordinator|Contractor|Principal|Bursar|Head)"
)
_SEVERAL = rule(r"\s*(?:[/&;|]|\band\b)\s*")
_POST = rule(r"\s*[,(–-]\s*(?P<post>[^,()–]{2,40})\)?\s*")


def is_somebody(said: str) -> bool:
    """“Action: Estates Office”: who is to act, and not what is to be done."""
    bare = said.strip()
    titled = bare.startswith(("Mr", "Ms", "Mrs", "Dr", "Prof", "Miss")) and person(bare) is not None
    return titled or bool(_OFFICE.fullmatch(bare))


def is_role(said: str) -> bool:
    """“Senior carers”, “Handyman”: a few words, and one of them names a post or an office."""
    return len(said.split()) <= 4 and len(said) < 40 and bool(_ROLE.search(said)) and not re.search(r"[.:\d]", said)


def person(said: str) -> str | None:
    """The persons named, as written, joined by 、; None for a role, an office or nobody."""
    names = [name for one in _SEVERAL.split(said.strip(" .")) for name in _persons(one.strip())]
    return "、".join(dict.fromkeys(names)) or None


def _persons(said: str) -> list[str]:
    """“Joan Pettifer, Ward Manager”, “A. Boyd, C. Dene”: the persons among the words that commas part."""
    parts = [part.strip(" )") for part in re.split(r"[,(–]|\s-\s", said)]
    named = [(part, _PERSON.fullmatch(part)) for part in parts if part and not _ROLE.search(part)]
    if any(hit is None for _, hit in named):
        return []
    return [hit["name"] or hit["titled"] for _, hit in named if hit]


_SOON = rule(
    r"(?i)(?:by\s+)?(?:today|tomorrow|tonight|immediate(?:ly)?|at once|ongoing|continuous|tbc|tba|tbd|asap|as soon as possible|with immediate effect|daily|weekly|monthly|(?:within\s+)?\d{1,3}\s+(?:working\s+)?(?:hours?|hrs?|days?|weeks?|months?)|(?:the\s+)?end\s+of\s+(?:the\s+)?(?:day|week|month|term|shift|year|\w+)(?:\s+20\d\d)?|(?:this|next)\s+(?:week|month|term|shift|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|half[- ]term|(?:easter|summer|christmas)(?:\s+(?:break|holidays?))?|completed?|done|before\s+(?:opening|the\s+next\s+\w+))"
)
_BEFORE = rule(r"(?i)^(?:due|by|before|no later than|until|deadline:?)\s+")
_FULL_DAY = rule(
    rf"(?i)(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:the\s+)?(?:{NAMED_DAY.pattern[4:]}|20\d\d-\d\d?-\d\d?|\d{{1,2}}[/.]\d{{1,2}}[/.]20\d\d|\d{{1,2}}[/.]\d{{1,2}})"
)


def alone(said: str, year: int | None) -> ReadDate | None:
    """Words that say nothing but until when: a day, “48 hours”, “ongoing”."""
    bare = said.strip(" .")
    if _SOON.fullmatch(bare) or _FULL_DAY.fullmatch(_BEFORE.sub("", bare)):
        return day(bare, year)
    return None


def day(said: str, year: int | None) -> ReadDate:
    """The value behind a label of deadlines."""
    if _OVER.match(said):
        return ReadDate(said, None, "done")
    if _STARTS.match(said):
        return ReadDate(said, None, "planned")
    if (short := _SHORT_DAY.search(said)) and max(int(short["a"]), int(short["b"])) < 13:
        return ReadDate(said, None, "planned")  # “5/6” is a day in May or in June
    hit = NAMED_DAY.search(said)
    if not hit:
        return _month_end(said) or _in_figures(said) or read_date(said, said, "planned", year)
    name, on, of = (hit["m"], hit["d"], hit["y"]) if hit["m"] else (hit["m2"], hit["d2"], hit["y2"])
    if not of and not year:
        return ReadDate(said, None, "planned")
    try:
        found = date(int(of or year or 0), _MONTHS.index(name[:3].lower()) + 1, int(on))
        return ReadDate(said, found, "planned", not of)
    except ValueError:
        return ReadDate(said, None, "planned")


_OVER = rule(r"(?i)\s*(?:already\s+)?(?:completed?|closed|done|implemented|resolved)\b")
_STARTS = rule(r"(?i)\s*(?:from|starting|as of|since|w/c|week commencing|after)\b")
_SHORT_DAY = rule(r"(?<![/\d])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![/\d])")
_END_OF = rule(rf"(?i)\bend of\s+(?P<m>{_MONTH}),?\s+(?P<y>20\d\d)\b")
_FIGURES = rule(r"\b(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>20\d\d)\b")


def _month_end(said: str) -> ReadDate | None:
    """“end of June 2026”: its last day, completed."""
    hit = _END_OF.search(said)
    if hit is None:
        return None
    year, month = int(hit["y"]), _MONTHS.index(hit["m"][:3].lower()) + 1
    return ReadDate(said, date(year, month, calendar.monthrange(year, month)[1]), "planned", True)


def _in_figures(said: str) -> ReadDate | None:
    """“24/04/2026”: a day only where the figures can be read in one way."""
    hit = _FIGURES.search(said)
    if hit is None:
        return None
    first, second, year = int(hit["a"]), int(hit["b"]), int(hit["y"])
    day, month = (first, second) if first > 12 else (second, first)
    if (first <= 12) == (second <= 12) and first != second:
        return ReadDate(said, None, "planned")
    return ReadDate(said, date(year, month, day) if 0 < day <= calendar.monthrange(year, month)[1] else None, "planned")


def deadline_in(sentence: str, year: int | None) -> ReadDate | None:
    """“Fit toe boards by 17 October 2025.”"""
    if hit := _BY.search(sentence):
        return day(hit["said"], year)
    if hit := _VAGUE.search(sentence):
        return ReadDate(hit[0], None, "planned")
    return None


def year_of(plains: list[str]) -> int | None:
    """The one year that the days of a paper name."""
    years = {hit["y"] or hit["y2"] for plain in plains[:400] for hit in NAMED_DAY.finditer(plain[:400])} - {None}
    return int(years.pop()) if len(years) == 1 else None
