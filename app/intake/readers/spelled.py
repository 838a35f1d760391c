"""What a single cell says: the unit that answers, a tick, a day, persons; each spelling is judged once."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date
from typing import cast

from app.intake.readers.called import as_written, persons_in
from app.intake.readers.dates import read_date
from app.intake.readers.english_values import day, person
from app.intake.readers.lines import Line, fold
from app.intake.readers.people import is_nobody, names_in, unit_alone
from app.intake.readers.rules import rule
from app.intake.readers.worth import ticked
from app.intake.reading import Meaning, ReadDate

_INSIDE = rule(r".{0,10}(?:处|科|室|组|部|队|班|食堂|宿舍|门卫|安办|团委|少先队|工会|年级|办公室|保卫|后勤)")

_APART = rule(r"其中|其[余他]|除.{1,8}外|第.{1,6}[条项].*\d|(?s:①.*②|(?:^|\n)\s*1[.、)].*?[\n;；]\s*2[.、)])")
_AS_EXCEL_HAS_IT = rule(r"20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])")  # nothing to find in most cells
_DAY_IN_ENGLISH = rule(r"(?P<d>\d{1,2})[\s-](?P<m>[A-Z][a-z]{2,8})[\s-](?:20)?(?P<y>\d\d)")


_UNTIL = rule(r"(?i)(?:due\s)?(?:by|before|no later than|not later than|until)\s+(?:the\s)?(?=\d)")
_IN_FIGURES = rule(r"\d{1,2}/\d{1,2}/20\d\d")


@functools.lru_cache(maxsize=8192)
def unit_of(site: str, unit: str) -> tuple[str | None, str]:
    """The unit that answers and the other one: the responsible one, or the school where only an office is named."""
    site, unit = ("" if is_nobody(fold(said)) else said for said in (site, unit))
    if not unit or not site:
        return unit or site or None, ""
    inside = (_INSIDE.fullmatch(fold(unit)) or len(unit) <= 3) and not unit_alone(fold(unit))
    return (site, unit) if inside else (unit, site)


@functools.lru_cache(maxsize=1024)
def tick(cell: str) -> bool | None:
    """What a cell of a yes-or-no column says; None where it says something else, or nothing."""
    return ticked(fold(cell)) if cell else None


@functools.lru_cache(maxsize=8192)
def when(raw: str, meaning: str, year: int | None) -> ReadDate:
    """A cell as a date; one that tells several items apart names none."""
    if _AS_EXCEL_HAS_IT.fullmatch(raw):
        return ReadDate(raw, date.fromisoformat(raw), cast("Meaning", meaning))
    if _APART.search(raw):
        return ReadDate(raw, None, cast("Meaning", meaning))
    if _IN_FIGURES.fullmatch(raw):
        return replace(day(raw, year), meaning=cast("Meaning", meaning))
    if raw.isascii() and (until := _UNTIL.match(raw)):
        return replace(when(raw[until.end() :], meaning, year), raw=raw)
    if short := _DAY_IN_ENGLISH.fullmatch(raw):
        return replace(
            day(f"{short['d']} {short['m']} 20{short['y']}", year), raw=raw, meaning=cast("Meaning", meaning)
        )
    return read_date(raw, fold(raw), meaning, year)


@functools.lru_cache(maxsize=8192)
def names_of(raw: str) -> str | None:
    """The persons a cell names."""
    return person(raw) if raw.isascii() else names_in(fold(raw))


@functools.lru_cache(maxsize=8192)
def owners_of(raw: str) -> str | None:
    """The persons a cell names whose heading says that it names some."""
    if raw.isascii():
        return person(raw)
    plain = fold(raw)
    return as_written(persons_in(plain), Line(0, raw, plain))
