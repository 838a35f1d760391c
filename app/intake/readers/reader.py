"""From blocks of text and tables to one reading: tables where there are rows, else prose; nothing is invented."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.intake.readers import (
    aligned,
    answers,
    emoji,
    fields,
    flattened,
    forms,
    named_places,
    no_list,
    noitem,
    overall,
    pages,
    paragraphs,
    prose,
    scanned,
    tell,
)
from app.intake.readers.grids import Grid, is_wide, shown
from app.intake.readers.ledgers import read_ledger
from app.intake.readers.lines import Line, fold, lines_of
from app.intake.readers.links import suggest
from app.intake.readers.parts import Part
from app.intake.readers.rules import rule
from app.intake.readers.tables import blocks_of
from app.intake.readers.untouched import Untold
from app.intake.readers.written import about
from app.intake.reading import Reading
from workflows.grammar import say

LIMIT = 2_000_000
_TITLE = rule(r"(?:[一二三四五六七八九十]{1,2}、)?[^,。;:\d]{2,24}(?:表|清单|一览|分工|分解|台账|安排)(?:\([^()]*\))?")
Block = str | Grid


def read_text(text: str, year: int | None = None, columns: Mapping[str, str] | None = None) -> Reading:
    """Findings, measures, suggested links and warnings; `year` completes dates where the text names none."""
    if len(text) > LIMIT:
        return Reading(warnings=(say("The text is longer than 2 million characters. Paste it in parts."),))
    text = scanned.mended(emoji.without(text))
    lines = pages.mended(aligned.restored(lines_of(text)))
    return _read(blocks_of(flattened.restored(lines)), year, columns or {}, text)


def read_grids(grids: Sequence[Grid], year: int | None = None, columns: Mapping[str, str] | None = None) -> Reading:
    """The reading of a workbook: each sheet a ledger, or else a form or a text written into cells."""
    return _read(list(grids), year, columns or {}, "")


def read_blocks(blocks: Sequence[Block], year: int | None, columns: Mapping[str, str]) -> Reading:
    """The reading of a document: paragraphs and tables in their order."""
    return _read(paragraphs.in_order(blocks), year, columns, "")


def _read(blocks: Sequence[Line | Grid], year: int | None, columns: Mapping[str, str], text: str) -> Reading:
    facts = about(blocks, year)
    tables, untold = Part(*facts), Untold()
    lines, later = _taken(blocks, tables, columns, untold)
    if tables.findings:
        lines = [line for line in lines if not noitem.is_a_note(line.plain)]
    spoken = prose.read(lines, Part(*facts), bool(tables.findings))
    if not any(found.deadline_raw for found in tables.findings):
        overall.date_all(tables, spoken.deadline or overall.day_in(blocks))
    overall.name_owners(lines, tables.findings)
    whole = _together(tables, spoken)
    for block in later:
        answers.read(block, whole)
    reading = _told(whole, spoken, blocks, text)
    return replace(reading, warnings=(*reading.warnings, *(untold.told(whole) if whole.findings else ())))


def _taken(
    blocks: Sequence[Line | Grid], tables: Part, columns: Mapping[str, str], untold: Untold
) -> tuple[list[Line], list[Grid]]:
    """What every table says, in `tables`; the lines beside them, and tables that answer problems told in words."""
    lines, later = list[Line](), list[Grid]()
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block)
            tables.place = named_places.alone(block) if block.plain.strip() else tables.place
            continue
        untold.tables += 1
        if _is_none(block, lines, columns):
            untold.left.append((untold.tables, block))
        elif answers.refers(block) and not answers.read(block, tables):
            later.append(block)
            _without_its_title(lines)
        elif answers.refers(block) or _read_table(block, tables, columns, untold):
            _without_its_title(lines)
        else:
            lines += _lines_of(block, untold)
    return lines, later


def _is_none(grid: Grid, before: list[Line], columns: Mapping[str, str]) -> bool:
    """A guide, an empty form, or a roster, unless a person said what its columns mean."""
    above = before[-1].plain if before else ""
    return noitem.tells_how(grid) or noitem.is_empty(grid) or (not columns and no_list.is_one(grid, above))


def _without_its_title(lines: list[Line]) -> None:
    """“任务分解表” right above a table is its title, and no part of the list before."""
    if lines and _TITLE.fullmatch(lines[-1].plain.strip()):
        lines.pop()


def _read_table(grid: Grid, tables: Part, columns: Mapping[str, str], untold: Untold) -> bool:
    """As answers to a table before it, as a ledger, or as a form."""
    if answers.read(grid, tables) or (not fields.is_one(grid) and read_ledger(grid, tables, columns)):
        return True
    form = fields.as_a_table(grid)
    if form is None or not read_ledger(form, tables, columns):
        return False
    untold.forms.append(grid)
    return True


def _lines_of(grid: Grid, untold: Untold) -> list[Line]:
    """The words of a form; none of a table that is no list of problems."""
    if is_wide(grid):
        untold.left.append((untold.tables, grid))
        return []
    untold.forms.append(grid)
    return [Line(at, words, fold(words)) for at, words in enumerate(forms.lines_of_form(grid), 1)]


def _together(tables: Part, spoken: prose.Spoken) -> Part:
    """Tables and prose as one; a report that repeats its table in words is not read twice."""
    said = spoken.part
    listed = {_bare(found.text) for found in tables.findings} if said.findings else set()
    again = sum(_bare(found.text) in listed for found in said.findings)
    if said.findings and again * 2 >= len(said.findings):
        told = say(
            "%(n)d problems in the words beside the table were taken for those of the table.", n=len(said.findings)
        )
        spoken.said, said.findings, said.measures = [told], [], []
    whole = Part(tables.year, tables.written)
    whole.add(said)
    whole.add(tables)
    return whole


def _bare(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def _told(part: Part, spoken: prose.Spoken, blocks: Sequence[Line | Grid], text: str) -> Reading:
    measures = part.measures
    if any(not measure.links for measure in measures):
        measures = suggest(part.findings, measures)
    seen = _seen(blocks)
    reading = Reading(tuple(part.findings), tuple(measures), (), tuple(part.columns), seen, tell.TRIED,
                      tuple(part.set_aside))  # fmt: skip
    hidden = sum(len(block.hidden_rows) for block in blocks if isinstance(block, Grid))
    in_sheets = not text and all(isinstance(block, Grid) for block in blocks)
    pieces = 0 if in_sheets else max(spoken.pieces, 1)
    said = (
        tell.what_to_know(reading, part, hidden) if reading.findings else tell.why_nothing(text, part, reading, pieces)
    )
    return Reading(reading.findings, reading.measures, tuple(spoken.said + said), reading.columns, seen, tell.TRIED,
                   reading.set_aside)  # fmt: skip


def _seen(blocks: Sequence[Line | Grid]) -> tuple[str, ...]:
    rows: list[str] = []
    for block in blocks:
        rows += shown(block) if isinstance(block, Grid) else [block.raw.strip()[:120]] if block.plain.strip() else []
        if len(rows) >= 6:
            break
    return tuple(rows[:6])
