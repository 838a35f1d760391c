"""Prose: what a walk through lines collected, settled into findings and measures."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.intake.readers import loose, settle
from app.intake.readers.entries import Collected, Entry
from app.intake.readers.lines import Line, fold
from app.intake.readers.lists import Walk
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


def read(lines: list[Line], part: Part, beside_a_table: bool) -> Spoken:
    """Everything that the lines say; loose lists count only where no table holds the findings."""
    found = Walk().through([line for line in lines if len(line.plain) <= _LONGEST])
    said = []
    if not beside_a_table and not found.of("finding") and loose.sort_out(found) > 0:
        said.append(UNTITLED)
    _settle(found, part)
    part.passed += found.passed
    return Spoken(part, found.lines, said)


def _is_category(entry: Entry) -> bool:
    if not entry.children:
        return entry.category == "unit" or not entry.text
    words = entry.text
    return entry.category == "unit" or not words or (len(words) <= 30 and not words.endswith(("。", ";", "；")))


def _lift_children(entries: list[Entry]) -> list[Entry]:
    """Headings give their name to what stands below; below a whole sentence, sub-items are its details."""
    kept: list[Entry] = []
    for entry in entries:
        above = entry.parent
        if above is not None and above.kind == entry.kind and not _is_category(above):
            above.say(entry.number + entry.text)
            above.fields += entry.fields
            continue
        if above is not None and unit_alone(fold(above.text[:40])):
            entry.unit = above.text.strip(" :：")
        elif above is not None and above.text:
            entry.category = above.text.strip(" :：。") if not entry.category else entry.category
        if not _is_category(entry):
            kept.append(entry)
    return kept


def _settle(found: Collected, part: Part) -> None:
    findings, measures = _lift_children(found.of("finding")), _lift_children(found.of("measure"))
    told = {id(entry): settle.told_by(entry.fields, part.year) for entry in findings + measures}
    for entry in measures:
        if entry.answers is not None and id(entry.answers) in told:
            told[id(entry.answers)] = settle.merged(told[id(entry.answers)], told[id(entry)])
    place = {id(entry): at for at, entry in enumerate(findings)}
    part.findings += [
        settle.finding_of(entry, told[id(entry)], part.year, part.written, found.common_deadline) for entry in findings
    ]
    part.measures += [
        settle.measure_of(entry, told[id(entry)], part.year, place.get(id(entry.answers))) for entry in measures
    ]
