"""Prose: what a walk through lines collected, settled into findings and measures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from app.intake.readers import (
    articles,
    blanks,
    boxes,
    bullets,
    chats,
    details,
    english,
    loose,
    news,
    schools,
    settle,
    verdicts,
)
from app.intake.readers.blocks import fields_of
from app.intake.readers.entries import Collected, Entry
from app.intake.readers.judging import names_a_part, sounds_wrong
from app.intake.readers.lines import Line, fold
from app.intake.readers.lists import Walk
from app.intake.readers.pairs import number_of
from app.intake.readers.parts import Part
from app.intake.readers.people import unit_alone
from workflows.grammar import Sentence, say

_LONGEST = 80_000
UNTITLED = say("No heading names a list of problems: the items that read like problems were taken.")


@dataclass
class Spoken:
    """What prose yielded, how many pieces it had, and what is to be said of it."""

    part: Part
    pieces: int = 0
    said: list[Sentence] = field(default_factory=list)
    deadline: str = ""  # what the text says of all problems, those of its tables too


def read(lines: list[Line], part: Part, beside_a_table: bool) -> Spoken:
    """Everything that the lines say, article by article."""
    spoken = Spoken(part)
    for article in articles.parted([line for line in lines if len(line.plain) <= _LONGEST]):
        _article(article, spoken, beside_a_table)
    return spoken


def _article(lines: list[Line], spoken: Spoken, beside_a_table: bool) -> None:
    """One article; loose lists count only where nothing else holds the findings."""
    if english.is_english(lines):
        english.read(lines, spoken.part)
        spoken.pieces += len(lines)
        return
    lines, in_a_group = chats.spoken(lines)
    checks, lines = verdicts.taken(blanks.with_colons(bullets.counted(boxes.only_ticked(lines))))
    seen, lines = schools.taken(lines)
    found = Walk(bool(checks or seen or beside_a_table)).through(lines)
    if not (beside_a_table or checks or seen or found.of("finding")) and loose.sort_out(found, in_a_group) > 0:
        spoken.said.append(UNTITLED)
    if not (beside_a_table or checks or seen or found.of("finding")):
        found.entries += [
            Entry("finding", one.number, None, [one.raw], unit=found.unit) for one in news.defects_of(lines)
        ]
    for check in checks:
        found.passed += not check.failed
        found.entries += [Entry("finding", one.number, None, [one.raw], number=check.number) for one in check.failed]
    found.entries += [_seen(one) for one in seen]
    if not found.of("finding") and not found.set_out:
        found.entries = []  # what a plan means to do answers no problem
    found.entries.sort(key=lambda entry: entry.line)
    part = Part(spoken.part.year, spoken.part.written)
    _settle(found, part)
    part.passed += found.passed
    spoken.pieces += found.lines
    spoken.deadline = spoken.deadline or found.common_deadline
    spoken.part.add(part)


def _seen(one: schools.Seen) -> Entry:
    head, fields = fields_of(one.line)
    if not head.plain:
        head, fields = one.line, []
    return Entry("finding", one.line.number, None, [head.raw], fields=fields, unit=one.unit, number=one.number)


def _is_category(entry: Entry) -> bool:
    words = entry.text
    if entry.category == "unit" or not words:
        return True
    names_a_field = names_a_part(fold(words))
    if not entry.children:
        return names_a_field and not sounds_wrong(fold(words))
    return names_a_field or (len(words) <= 30 and not words.endswith(("。", ";", "；")))


def _lift_children(entries: list[Entry]) -> list[Entry]:
    """Headings give their name to what stands below; below a whole sentence, sub-items are its details."""
    kept: list[Entry] = []
    names = details.names_in(entries)
    for entry in entries:
        above = entry.parent
        if above is not None and above.kind == entry.kind and not _is_category(above) and id(above) not in names:
            above.say(entry.number + entry.text)
            above.fields += entry.fields
            continue
        if above is not None and unit_alone(fold(above.text[:40])):
            entry.unit = above.text.strip(" :：")
        elif above is not None and above.text:
            entry.category = above.text.strip(" :：。") if not entry.category else entry.category
        if not _is_category(entry) and id(entry) not in names:
            kept.append(entry)
    return kept


def _settle(found: Collected, part: Part) -> None:
    findings, measures = _lift_children(found.of("finding")), _lift_children(found.of("measure"))
    findings = [one for entry in findings for part in details.parted(entry) for one in schools.parted(part)]
    told = {id(entry): settle.told_by(entry.fields, part.year) for entry in findings + measures}
    for entry in measures:
        if entry.answers is not None and id(entry.answers) in told:
            told[id(entry.answers)] = settle.merged(told[id(entry.answers)], told[id(entry)])
    _share(measures, told)
    place = {id(entry): at for at, entry in enumerate(findings)}
    numbers = [number_of(entry.number) if entry.number else 0 for entry in findings]
    often = Counter(numbers)
    part.findings += [
        settle.finding_of(entry, told[id(entry)], part.year, part.written,
                          found.deadline_of(number if often[number] == 1 else 0))
        for entry, number in zip(findings, numbers, strict=True)
    ]  # fmt: skip
    part.measures += [
        settle.measure_of(entry, told[id(entry)], part.year, place.get(id(entry.answers))) for entry in measures
    ]
    part.measures += settle.demanded(part.findings)


def _share(measures: list[Entry], told: dict[int, settle.Told]) -> None:
    """Owner and date on a line below several measures of one problem are those of them all."""
    for before, entry in zip(reversed(measures[:-1]), reversed(measures[1:]), strict=True):
        of_one = before.answers is not None and before.answers is entry.answers
        mine, next_one = told[id(before)], told[id(entry)]
        if of_one and before.label and entry.label and not (mine.owner_raw or mine.dates):
            told[id(before)] = settle.merged(mine, next_one)
