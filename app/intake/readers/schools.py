"""Prose that goes from school to school: “白鹭湾小学。该校…。但后山有浮石;…” Only the parts that are amiss."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from app.intake.readers.acts import is_asked_for
from app.intake.readers.entries import Entry, named_before
from app.intake.readers.judging import sounds_like_an_act, sounds_wrong
from app.intake.readers.lines import Line, clauses_of
from app.intake.readers.numbering import label_at_start, segments_of
from app.intake.readers.people import UNIT, unit_alone
from app.intake.readers.rules import rule

_LEADS = rule(r"(?:但是?|不过|然而|同时|此外|另外|其中|还有|但也|一是)[,:]?(?=[\u4e00-\u9fff])")
_PRAISE = rule(r"较好|良好|齐全|到位(?!不)|值得|规范(?!不)|重视|扎实|及时(?!不)|整洁")
_BODY = rule(
    r"(?!我|该|各|全|有关|相关)[\u4e00-\u9fffA-Za-z\d]{2,14}?(?:公司|医院|卫生院|卫生室|养老院|敬老院|福利院|社区|超市|酒店|餐厅|饭店|商场|市场|工地|项目部|厂|车站|支行|药店)(?=[。:,])"
)
_DATED = rule(r"(?:要求|限|请|须|应|于)[^。;]{0,12}\d{1,2}[月日][^。;]{0,6}(?:前|底)")
_OF_ALL = rule(r"(?:以上|上述|各校|各学校|请|希望|要求|对此|针对)")
_VISITED = rule(r"检查|抽查|督查|督导|通报|排查|走访|巡查|暗访|反馈|情况")


class Seen(NamedTuple):
    """One thing that is amiss at one school."""

    line: Line
    unit: str
    number: str


def taken(lines: list[Line]) -> tuple[list[Seen], list[Line]]:
    """What is amiss school by school, and the other lines; nothing unless at least two schools have a paragraph."""
    about = {at: found for at, line in enumerate(lines) if (found := _paragraph(line))}
    visited = any(_VISITED.search(line.plain[:200]) for line in lines[:12])
    if len({unit for unit, _ in about.values()}) < 2 or not visited:
        return [], lines
    seen = [one for at in sorted(about) for one in _amiss(*about[at])]
    return (seen, [line for at, line in enumerate(lines) if at not in about]) if seen else ([], lines)


def _paragraph(line: Line) -> tuple[str, Line] | None:
    """The school that a line begins with, and what is said of it."""
    labelled = label_at_start(line, {})
    words = line.cut(labelled[1]) if labelled else line.cut(0)
    hit = UNIT.match(words.plain)
    hit = hit if hit and unit_alone(hit[0]) else _BODY.match(words.plain)
    if not hit:
        return None
    mark = re.match(r"\s*(?:[。:.,]|\s(?=[(]?[1一①]))", words.plain[hit.end() :])
    rest = words.cut(hit.end() + mark.end()) if mark else None
    return (words.raw[: hit.end()].strip(), rest) if rest and len(rest.plain) >= 4 else None


def _amiss(unit: str, words: Line) -> list[Seen]:
    pieces = segments_of(words, {})
    numbered = [piece for piece in pieces if piece.label]
    if len(numbered) > 1 or (numbered and pieces[0].label):
        return [Seen(piece.line, unit, piece.label.raw if piece.label else "") for piece in numbered if _is(piece.line)]
    seen: list[Seen] = []
    for clause in map(_led, clauses_of(words)):
        if _is(clause):
            seen.append(Seen(clause, unit, ""))
        elif seen and _DATED.search(clause.plain):
            before = seen[-1].line  # “…未配备。要求2月底前到岗”: the day of what was said before
            seen[-1] = Seen(Line(before.number, before.raw + clause.raw, before.plain + clause.plain), unit, "")
    return seen


def _led(clause: Line) -> Line:
    hit = _LEADS.match(clause.plain)
    return clause.cut(hit.end()) if hit else clause


def _is(clause: Line) -> bool:
    plain = clause.plain
    if _OF_ALL.match(plain) or len(plain) < 5:
        return False
    if not sounds_wrong(plain):
        return is_asked_for(plain)
    return not (_PRAISE.search(plain) and not sounds_wrong(_PRAISE.sub("", plain))) and not sounds_like_an_act(plain)


_AREA = rule(r"[\u4e00-\u9fff]{2,10}(?:方面|领域|环节|情况)[。:]")


def parted(entry: Entry) -> list[Entry]:
    """An item that names defects of several schools, one after the other, as one item for each."""
    if entry.fields or entry.children or len(entry.text) < 24:
        return [entry]
    area, whole, words = named_before(entry, _AREA)
    clauses = clauses_of(words)
    named = [(hit[0] if (hit := UNIT.match(clause.plain)) and unit_alone(hit[0]) else "", clause) for clause in clauses]
    if (
        len(clauses) < 2
        or sum(bool(unit) for unit, _ in named) < 2
        or not all(sounds_wrong(one.plain) for one in clauses)
    ):
        return [entry]
    unit, made = entry.unit, []
    for name, clause in named:
        unit = clause.raw[: len(name)] if name else unit
        made.append(replace(entry, parts=[clause.raw], unit=unit, fields=[]))
        made[-1].category = whole.raw[: area.end() - 1] if area else entry.category
    return made
