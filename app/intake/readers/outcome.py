"""What a walk collected, as findings and measures: headings give their name, brackets and closing lines their values."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from app.intake.readers import acts, by_place, demands, details, schools, settle
from app.intake.readers.blocks import Field
from app.intake.readers.closings import Spread
from app.intake.readers.due import deadline_in
from app.intake.readers.entries import Collected, Entry
from app.intake.readers.judging import names_a_part, sounds_wrong
from app.intake.readers.labelled import TERMS
from app.intake.readers.lines import Line, fold
from app.intake.readers.pairs import number_in
from app.intake.readers.parts import Part
from app.intake.readers.people import unit_alone
from app.intake.readers.rules import rule
from app.intake.reading import Link, ReadFinding, ReadMeasure
from workflows.grammar import say

_NAME = 30
_SPOKEN = ("要求", "建议", "责令", "责成", "请", "应", "须", "需")
_DEMANDED = say("The inspector asks for it in the same sentence.")


_PROVED = rule(r",(?:具体|主要|突出|集中)?(?:表现|体现|反映)(?:为|在|是)?:?$")


def _is_category(entry: Entry) -> bool:
    words = entry.text
    if entry.category == "unit" or not words:
        return True
    if _PROVED.search(fold(words)) and sounds_wrong(fold(words)):
        return False  # “教案流于形式，表现为：①…”: what stands below shows it
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
        elif above is not None and (place := by_place.named_by(above, fold(above.text))):
            entry.unit = place
        elif above is not None and above.text:
            _inherit(entry, above)
            name = above.text if len(above.text) <= _NAME else above.parts[0]  # a paragraph below it is no name
            entry.category = entry.category or name.strip(" :：。")
        if not _is_category(entry) and id(entry) not in names:
            kept.append(entry)
    return kept


def _inherit(entry: Entry, above: Entry) -> None:
    """“限期整改类(4月30日前完成)”: what a heading says of owner and day holds for what stands below it."""
    own = {field.kind for field in entry.fields}
    entry.fields += [field for field in above.fields if field.kind in TERMS and field.kind not in own]


def settle_all(found: Collected, part: Part) -> None:
    """Give each entry what belongs to it: its owner, its day, its unit, the problem it answers."""
    for empty in (one for one in found.of("measure") if one.answers is not None and not one.text):
        empty.answers.fields += empty.fields  # type: ignore[union-attr]  # “关于…问题” and its target, before any measure
    findings, measures = _lift_children(found.of("finding")), _lift_children(found.of("measure"))
    findings = [
        one
        for entry in findings
        for part in details.parted(entry)
        for piece in demands.parted(part)
        for one in schools.parted(piece)
    ]
    spread = Spread(found.closings, [(entry.line, number_in(entry)) for entry in findings])
    told = _told(findings, measures, found, part)
    _name_owners(findings, spread, told)
    part.findings += [
        settle.finding_of(
            entry, told[id(entry)], part.year, part.written, spread.deadline_of(at) or found.common_deadline
        )
        for at, entry in enumerate(findings)
    ]
    place = {id(entry): at for at, entry in enumerate(findings)}
    said = [
        settle.measure_of(entry, told[id(entry)], part.year, [place[id(one)] for one in _answered(entry, place)])
        for entry in measures
    ]
    settle.date_by(part.findings, said, part.written, {found.common_deadline, *(one.clause for one in found.closings)})
    part.measures += [*said, *_demanded(part.findings, part.year), *_asked(spread, part.year)]


def _told(findings: list[Entry], measures: list[Entry], found: Collected, part: Part) -> dict[int, settle.Told]:
    """What the labelled values of each say; those of a measure are told of the problems it answers, too."""
    told = {id(entry): settle.told_by(entry.fields, part.year) for entry in findings + measures}
    for entry in findings if found.places else []:
        told[id(entry)] = _at_its_place(entry, told[id(entry)])
    for entry in measures:
        for one in _answered(entry, told):
            told[id(one)] = settle.merged(told[id(one)], told[id(entry)])
    _share(measures, told)
    return told


def _answered(measure: Entry, known: Container[int]) -> list[Entry]:
    """The problems that a measure answers, among those that are known."""
    answered = [measure.answers, *measure.also] if measure.answers is not None else []
    return [one for one in answered if id(one) in known]


def _demanded(findings: list[ReadFinding], year: int | None) -> list[ReadMeasure]:
    """What an inspector asks for beside a problem, or has done about it at once, as its measure."""
    told = [(at, found, found.extra.get(settle.DEMAND, "")) for at, found in enumerate(findings)]
    return [
        ReadMeasure(
            said,
            dates=(due,) if (due := deadline_in(said, fold(said), year)) else (),
            links=(Link(at, True, _DEMANDED),),
            line=found.line,
        )
        for at, found, said in told
        if fold(said).startswith(_SPOKEN) or acts.says_more(fold(said))
    ]


def _asked(spread: Spread, year: int | None) -> list[ReadMeasure]:
    """“第1、3项立即停工”: a measure of exactly those that it names."""
    return [
        settle.measure_of(Entry("measure", words.number, parts=[words.raw]), settle.NOTHING, year, places)
        for words, places in spread.asked()
    ]


def _at_its_place(entry: Entry, told: settle.Told) -> settle.Told:
    """Below the heading of a place “责任单位:瑞通物业” says who is to act there, and not where."""
    who = next((one.value for one in entry.fields if one.kind == "unit" and one.value.plain), None)
    if not entry.unit or who is None or told.unit != who.raw:
        return told
    return replace(told, unit=entry.unit, owner=told.owner or who.raw, owner_raw=told.owner_raw or who.raw)


def _name_owners(findings: list[Entry], spread: Spread, told: dict[int, settle.Told]) -> None:
    """“以上请周老师处理”, “1至3项由季老师负责”: for those that name nobody themselves."""
    for at, entry in enumerate(findings if spread.groups else []):
        if not told[id(entry)].owner_raw and (who := spread.owner_of(at)):
            named = Field("owner", "责任人", "", Line(entry.line, who, fold(who)))
            told[id(entry)] = settle.merged(told[id(entry)], settle.told_by([named], None))


def _share(measures: list[Entry], told: dict[int, settle.Told]) -> None:
    """Owner and date on a line below several measures of one problem are those of them all."""
    for before, entry in zip(reversed(measures[:-1]), reversed(measures[1:]), strict=True):
        of_one = before.answers is not None and before.answers is entry.answers
        mine, next_one = told[id(before)], told[id(entry)]
        if of_one and before.label and entry.label and not (mine.owner_raw or mine.dates):
            told[id(before)] = settle.merged(mine, next_one)
