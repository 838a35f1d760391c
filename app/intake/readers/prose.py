"""Prose: what a walk through lines collected, settled into findings and measures."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.intake.readers import (
    articles,
    blanks,
    boxes,
    bullets,
    by_place,
    chats,
    clerk,
    dictated,
    english,
    groups,
    guides,
    in_order,
    loose,
    mute,
    outcome,
    points,
    purposes,
    records,
    schools,
    signs,
    supplements,
    unread,
    verdicts,
)
from app.intake.readers.blocks import fields_of
from app.intake.readers.entries import Collected, Entry
from app.intake.readers.lines import Line
from app.intake.readers.lists import Walk
from app.intake.readers.parts import Part
from workflows.grammar import Sentence, say

_LONGEST = 80_000
UNTITLED = say("No heading names a list of problems: the items that read like problems were taken.")


@dataclass
class Spoken:
    """What prose yielded, how many pieces it had, and what is to be said of it."""

    part: Part
    pieces: int = 0
    said: list[Sentence] = field(default_factory=list)
    heard: set[int] = field(default_factory=set)  # lines that say something of others, and are no item themselves
    deadline: str = ""  # what the text says of all problems, those of its tables too


def read(lines: list[Line], part: Part, beside_a_table: bool) -> Spoken:
    """Everything that the lines say, article by article."""
    spoken = Spoken(part)
    lines = guides.left_out(lines)
    for article in articles.parted(mute.left_out([line for line in lines if len(line.plain) <= _LONGEST])):
        _article(article, spoken, beside_a_table)
    spoken.said += unread.told(lines, part, spoken.heard)
    return spoken


def _article(lines: list[Line], spoken: Spoken, beside_a_table: bool) -> None:
    """One article, by the first of its shapes: English, rules that tell of none, spoken notes, all others."""
    if english.is_english(lines):
        english.read(lines, spoken.part)
        spoken.pieces += len(lines)
        return
    lines, who = groups.timed(lines)
    if who := who or groups.speakers(lines):
        _settled(Collected(groups.read(lines, who), lines=len(lines)), spoken)
        return
    lines, in_a_group = chats.spoken(signs.printed(lines))
    checks, lines = verdicts.taken(blanks.with_colons(bullets.counted(records.labelled(boxes.only_ticked(lines)))))
    if not checks and purposes.tells_of_none(lines):
        found = Collected(lines=len(lines))
    elif dictated.is_spoken(lines) and (noted := dictated.read(lines)):
        found = Collected(noted, lines=len(lines))
    else:
        found = _walked(lines, checks, spoken, beside_a_table, in_a_group)
    _settled(found, spoken)


def _walked(
    lines: list[Line], checks: list[verdicts.Check], spoken: Spoken, beside_a_table: bool, in_a_group: bool
) -> Collected:
    """What stands apart (checks, points lost, schools), and what a walk finds; loose words only where both are bare."""
    lost, lines = points.taken(lines)
    seen, lines = schools.taken(lines)
    apart = bool(checks or seen or lost or beside_a_table)
    found = Walk(apart).through(lines)
    in_order.link(found, lines)
    if chosen := boxes.chosen(lines):
        found.entries = [one for one in found.entries if not one.label or one.label.number in chosen]
    if beside_a_table:
        found.entries += supplements.read(lines, {one.line for one in found.of("finding")})
    if not (apart or found.of("finding")):
        _otherwise(lines, found, spoken, in_a_group)
    apart_from = [*(one.line for one in checks), *(one.line for one in seen), *(one.line for one in lost)]
    spoken.heard |= {line.number for line in apart_from}
    for check in checks:
        found.passed += not check.failed
        found.entries += [Entry("finding", one.number, None, [one.raw], number=check.number) for one in check.failed]
    found.entries += [_seen(one.line, one.unit, one.number) for one in seen]
    found.entries += [_seen(one.line, found.unit, one.number) for one in lost]
    by_place.date(found, lines)
    return found


def _settled(found: Collected, spoken: Spoken) -> None:
    if not found.of("finding") and not found.set_out:
        found.entries = []  # what a plan means to do answers no problem
    found.entries.sort(key=lambda entry: entry.line)
    part = Part(spoken.part.year, spoken.part.written)
    outcome.settle_all(found, part)
    part.passed += found.passed
    spoken.pieces += found.lines
    spoken.heard |= {one.line for one in found.closings}
    spoken.deadline = spoken.deadline or found.deadline_for_all
    spoken.part.add(part)


def _otherwise(lines: list[Line], found: Collected, spoken: Spoken, in_a_group: bool) -> None:
    """No heading and no label names a problem: lists that read like problems, else clauses that tell of one."""
    before = list(found.entries)
    kinds = [entry.kind for entry in before]
    taken = loose.sort_out(found, in_a_group)
    told = [] if in_a_group and taken else clerk.read(lines, found)
    if taken * 5 >= len(told) * 3:
        if taken:
            spoken.said.append(UNTITLED)
        return
    for entry, kind in zip(before, kinds, strict=True):
        entry.kind = kind
    clerk.link([one for one in before if one.kind == "measure"], told)
    found.entries = before + told
    spoken.said.append(UNTITLED)


def _seen(line: Line, unit: str | None, number: str) -> Entry:
    head, fields = fields_of(line)
    if not head.plain:
        head, fields = line, []
    return Entry("finding", line.number, None, [head.raw], fields=fields, unit=unit, number=number)
