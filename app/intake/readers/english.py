"""Lists in English: “1. Fire door wedged open. Owner: Dana Orlowe. Due: 31 March 2026”, under Findings or Issues."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from app.intake.readers import english_told, english_values
from app.intake.readers import english_words as words
from app.intake.readers.english_told import LABEL
from app.intake.readers.lines import Line
from app.intake.readers.parts import Part
from app.intake.readers.rules import rule
from app.intake.reading import ReadFinding

_HAN = rule(r"[\u4e00-\u9fff]")
_NAME = r"(?:finding|issue|item|problem|observation|deficiency|defect|hazard|nc|ncr|no\.?|#)\s?#?\d{1,3}"
_WEIGHT = r"(?:\s?[(\[–-]\s?[A-Za-z ]{3,16}[)\]]?)?"
_ITEM = rule(
    rf"\s*(?P<number>\(?[0-9]{{1,3}}(?:\.\d{{1,2}})?[.)]|[0-9]{{1,2}}\.\d{{1,2}}|\(?[a-zA-Z][.)]|\(?[ivx]{{1,4}}\)|[-*•–·▪●]|(?-i:[A-Z]{{1,4}}[-.]?\d{{1,3}}(?:\.\d{{1,2}})?)(?:{_WEIGHT}\s?[.:)]|(?=\s{{2}}|\s[A-Z\"“]))|{_NAME}{_WEIGHT}\s*[:.)–-]?)\s+(?P<words>\S.*)",
    re.IGNORECASE,
)
# “F1 (High)”, “2.1 Dry store”: the head of a record whose lines all have labels.
_RECORD = rule(
    rf"\s*(?P<number>(?-i:[A-Z]{{1,4}}[-.]?\d{{1,3}}(?:\.\d{{1,2}})?)|{_NAME}|\(?\d{{1,3}}[.):])[.:]?\s*{_WEIGHT}\s*",
    re.IGNORECASE,
)
_SENTENCES = english_told.SENTENCES


@dataclass
class Item:
    """What stands behind one number, line after line."""

    number: str
    line: int
    said: list[str] = field(default_factory=list)

    @property
    def named(self) -> bool:
        """“Finding 1:”, “A2” say themselves what they are, wherever they stand."""
        return self.number[:1].isalpha() and (len(self.number) > 4 or self.number.rstrip(".:)")[-1:].isdigit())

    @property
    def is_told(self) -> bool:
        """Whether its problem stands behind a label already."""
        return any(english_told.is_problem(one) for one in self.said)


def is_english(lines: list[Line]) -> bool:
    """Whether there are sentences, and hardly a Chinese character."""
    joined = "".join(line.plain for line in lines)[:100_000]
    if len(_HAN.findall(joined)) * 50 >= len(joined):
        return False
    return sum(bool(_ITEM.match(line.plain)) for line in lines) > 1 or len(re.findall(r"[a-z]{2,}", joined)) > 30


def read(lines: list[Line], part: Part) -> None:
    """Add the items below a heading of findings; where no heading opens them, those that tell of a defect."""
    year = part.year or english_values.year_of([line.raw for line in lines])
    opened = any(words.opens(line.raw) for line in lines if not _ITEM.match(line.plain))
    before = len(part.findings)
    for item, inside in _items(lines):
        labelled = english_told.is_labelled(item.said)
        if inside or not opened or item.named or labelled:
            found = english_told.told_by(item.number, item.line, item.said, year, inside or labelled)
            part.passed += found is None
            english_told.add(part, found)
    if len(part.findings) == before:
        _sentences(lines, part)


def _items(lines: list[Line]) -> list[tuple[Item, bool]]:
    """Every item with what stands below it, and whether a heading of findings is open."""
    items: list[tuple[Item, bool]] = []
    inside, current = False, False
    held = [line for line in lines if line.plain.strip()]
    for line, below in pairwise([*held, Line(0, "", "")]):
        hit, raw = _ITEM.match(line.plain), line.raw.strip()
        if begun := _begun(line, hit, below):
            items.append((begun, inside))
            current = True
        elif english_told.is_problem(raw) and (not current or items[-1][0].is_told):
            items.append((Item("", line.number, [raw]), inside))
            current = True
        elif current and (LABEL.match(raw) or line.plain[:1].isspace() or raw[:1].islower() or raw[:1] in "([→"):
            items[-1][0].said.append(raw)
        elif words.opens(raw) or words.closes(raw) or (hit and words.opens(hit["words"])):
            inside, current = not words.closes(raw) or words.opens(raw), False
        else:
            current = False
    return items


def _begun(line: Line, hit: re.Match[str] | None, below: Line) -> Item | None:
    """The item that begins in this line, if one does."""
    follows = LABEL.match(below.raw.strip()) is not None
    if follows and (record := _RECORD.fullmatch(line.plain)):
        return Item(record["number"], line.number)
    if hit and (not _only_names(hit) or (follows and not words.opens(hit["words"]))):
        return Item(hit["number"], line.number, [line.raw[hit.start("words") :].strip()])
    return None


def _only_names(hit: re.Match[str]) -> bool:
    """“A. Work at height” names a part; “Finding 1: Leave records” and what stands behind a dash are items."""
    counted = hit["number"][0].isdigit() or len(hit["number"]) < 4
    if not counted or hit["number"][0] in "-*•–·▪●" or LABEL.search(hit["words"]):
        return False
    return words.names_a_part(hit["words"])


def _sentences(lines: list[Line], part: Part) -> None:
    """A letter without any list: the sentences that tell of a defect, none that asks or plans."""
    for line in lines:
        for one in _SENTENCES.split(line.raw.strip()):
            if len(one) > 20 and words.is_defect(one) and not words.is_action(one) and _SEEN.search(one):
                part.findings.append(ReadFinding(one, line=line.number))


_SEEN = rule(
    r"(?i)\b(?:we (?:found|noted|saw|observed)|(?:was|were|is|are|had|has been|have been) (?:found|not|still|missing|broken|damaged|blocked|overdue|expired|unlocked|left|cracked|torn|worn|loose|leaking|stored|wedged|propped|out of|dirty|unsafe|unsecured|exposed)|there (?:was|were|is|are) no|lacked|lacks)\b"
)
