"""Read any pasted text: tables where there are rows, else prose; rules only, nothing is invented."""

from __future__ import annotations

from datetime import date

from app.intake.readers import loose, settle, tell
from app.intake.readers.dates import find_day, is_only_a_date, year_of
from app.intake.readers.entries import Collected, Entry
from app.intake.readers.lines import Line, fold, lines_of
from app.intake.readers.links import suggest
from app.intake.readers.lists import Walk
from app.intake.readers.people import unit_alone
from app.intake.readers.rows import read_table
from app.intake.readers.tables import joined_lines, tables_in
from app.intake.reading import ReadFinding, Reading, ReadMeasure
from workflows.grammar import Sentence, say

LIMIT = 2_000_000
_LONGEST = 4000


def read_text(text: str, year: int | None = None) -> Reading:
    """Findings, measures, suggested links and warnings; `year` completes dates where the text names none."""
    if len(text) > LIMIT:
        return Reading(warnings=(say("The text is longer than 2 million characters. Paste it in parts."),))
    lines = lines_of(text)
    plains = [line.plain for line in lines]
    found = _collected(lines)
    alone = not found.of("finding") and loose.sort_out(found) > 0
    reading = _settled(found, year_of(plains, year), _written_on(plains))
    said = [say("No heading names a list of problems: the items that read like problems were taken.")] if alone else []
    return _told(reading, found, _written_on(plains), text, said)


def _collected(lines: list[Line]) -> Collected:
    joined = joined_lines(lines) if any('"' in line.raw for line in lines) else lines
    tables = tables_in(joined)
    inside = {place for table in tables for place in range(table.start, table.end)}
    prose = [line for place, line in enumerate(joined) if place not in inside and len(line.plain) <= 20 * _LONGEST]
    found = Walk().through([line for line in prose if "\t" not in line.plain or not tables])
    for table in tables:
        read_table(table, found)
    return found


def _written_on(plains: list[str]) -> date | None:
    dated = next((plain for plain in reversed(plains) if is_only_a_date(plain)), None)
    return find_day(dated, None)[0] if dated else None


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


def _settled(found: Collected, year: int | None, written: date | None) -> Reading:
    findings, measures = _lift_children(found.of("finding")), _lift_children(found.of("measure"))
    told = {id(entry): settle.told_by(entry.fields, year) for entry in findings + measures}
    for entry in measures:
        if entry.answers is not None and id(entry.answers) in told:
            told[id(entry.answers)] = settle.merged(told[id(entry.answers)], told[id(entry)])
    place = {id(entry): at for at, entry in enumerate(findings)}
    read: list[ReadFinding] = [
        settle.finding_of(entry, told[id(entry)], year, written, found.common_deadline) for entry in findings
    ]
    made: list[ReadMeasure] = [
        settle.measure_of(entry, told[id(entry)], year, place.get(id(entry.answers))) for entry in measures
    ]
    return Reading(tuple(read), tuple(suggest(read, made)))


def _told(reading: Reading, found: Collected, written: date | None, text: str, said: list[Sentence]) -> Reading:
    if not reading.findings:
        return Reading(measures=reading.measures, warnings=tuple(said + tell.why_nothing(text, found, reading)))
    warnings = said + tell.what_to_know(reading, found, written)
    return Reading(reading.findings, reading.measures, tuple(warnings))
