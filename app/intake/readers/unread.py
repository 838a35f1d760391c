"""Lines between the problems of a text that became nothing: told in one sentence, so that none is dropped silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.intake.readers import named_places
from app.intake.readers.headings import ends_the_lists, heading_kind, intro_kind
from app.intake.readers.judging import has_passed, names_a_part
from app.intake.readers.labels import KIND_OF
from app.intake.readers.lines import Line, fold
from app.intake.readers.numbering import label_at_start
from app.intake.readers.parts import Part
from app.intake.readers.people import unit_alone
from app.intake.readers.rules import rule
from app.intake.reading import ReadFinding, ReadMeasure
from workflows.grammar import Sentence, say

_CLAUSE = rule(r"[^,;。:!?\[\]()\"\s|]+")
_HAN = rule(r"[\u4e00-\u9fff]")
_LABEL = rule(r"^(?:\d{1,4}|[一二三四五六七八九十]{1,3}|[①-⑳])\s*[.、)]?\s*")
_FEW, _SHOWN, _LONG = 6, 3, 24


def told(lines: Sequence[Line], part: Part, heard: set[int]) -> list[Sentence]:
    """One sentence that names the lines between the first and the last problem of which nothing was kept."""
    findings, measures = part.findings, part.measures
    spots = {found.line for found in findings}
    heard = heard | spots | {one.line for one in measures}
    places = [at for at, line in enumerate(lines) if line.number in spots]
    if len(places) < 2:
        return []
    held = kept(findings, measures)
    between = [line for line in lines[places[0] + 1 : places[-1]] if line.number not in heard]
    left = [line for line in between if says_something(line, part.passed > 0) and not is_kept(line, held)]
    if not left:
        return []
    words = "; ".join(f"{line.number} “{brief(line.raw)}”" for line in left[:_SHOWN])
    more = ", ".join(ranges([line.number for line in left[_SHOWN:]]))
    return [say("%(n)d lines between the problems were taken for neither problem nor measure: %(lines)s. Look whether one is.",
                n=len(left), lines=f"{words}; {more}" if more else words)]  # fmt: skip


def kept(findings: Iterable[ReadFinding], measures: Iterable[ReadMeasure]) -> set[str]:
    """Every clause that stands somewhere in what was read."""
    said: set[str] = set()
    for found in findings:
        raws = (found.text, found.unit or "", found.owner_raw, found.deadline_raw, found.category)
        for words in (*raws, *found.extra.values(), *found.extra):
            said.update(_CLAUSE.findall(fold(words)))
    for one in measures:
        for words in (one.text, one.owner_raw, one.unit or "", *(when.raw for when in one.dates), *one.extra.values()):
            said.update(_CLAUSE.findall(fold(words)))
    return said


def is_kept(line: Line, held: set[str]) -> bool:
    """Whether half of what the line says stands in what was read."""
    clauses = [clause for clause in _CLAUSE.findall(line.plain) if len(clause) > 1 and clause not in KIND_OF]
    size = sum(map(len, clauses))
    return sum(len(one) for one in clauses if one in held or _LABEL.sub("", one) in held) * 2 >= size


def says_something(line: Line, counted: bool) -> bool:
    """Whether the line is more than a heading, a name, a page number, or a passed check where these are counted."""
    labelled = label_at_start(line.cut(0), {})
    plain = line.cut(0).plain[labelled[1] :] if labelled else line.plain.strip()
    if len(_HAN.findall(plain)) < _FEW or plain.endswith(":"):
        return False
    named = heading_kind(plain) or intro_kind(plain) or unit_alone(plain) or named_places.name_in(plain)
    return not (named or names_a_part(plain) or (counted and has_passed(plain)) or ends_the_lists(plain))


def brief(words: str) -> str:
    """The words on one line, cut off where they are many."""
    words = " ".join(words.split())
    return words if len(words) <= _LONG else f"{words[:_LONG]}…"


def ranges(numbers: list[int]) -> Iterator[str]:
    """12, 13, 14, 20: “12–14”, “20”."""
    begin = end = 0
    for number in [*numbers, 0]:
        if number == end + 1 and begin:
            end = number
            continue
        if begin:
            yield str(begin) if begin == end else f"{begin}–{end}"
        begin = end = number
