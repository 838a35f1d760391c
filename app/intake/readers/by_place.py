"""Days given to places by name, below the problems that were found there: “滨河工程、城东项目限6月25日前整改完毕”."""

from __future__ import annotations

from collections.abc import Sequence

from app.intake.readers import acts, aside
from app.intake.readers.blocks import Field
from app.intake.readers.entries import Collected, Entry
from app.intake.readers.lines import Line, fold
from app.intake.readers.rules import rule

_SENTENCE = rule(r"[^。;]+")
_WORK = rule(r"整改|改正|完成|整治|修复|停工|停业|停用|纠正")
_SITE = rule(
    r"[^,。;:]{2,20}(?:项目|工程|工地|公司|工厂|分厂|门店|分店|医院|卫生院|社区|园区|小区|大厦|酒店|超市|市场|车站|车间|养老院|福利院|敬老院)"
)
_WHAT = rule(r"\s?(?P<what>[\u4e00-\u9fff]{2,8}?)的?(?:问题|隐患)")
_BRACKET = rule(r"\([^()]{0,60}\)$")


def named_by(above: Entry, plain: str) -> str:
    """The place that the heading of a part names: “云栖府项目（施工单位：宏岳建设）”; empty where it names none."""
    bare = _BRACKET.sub("", plain.strip(" :。"))
    return above.text.strip()[: len(bare)] if above.children and _SITE.fullmatch(bare) else ""


def date(found: Collected, lines: Sequence[Line]) -> None:
    """Let each day be that of the problems whose place stands in its sentence."""
    findings = [one for one in found.of("finding") if not one.children]
    places = {place for one in findings if (place := _place(one))}
    if len(places) < 2:
        return
    last = max(one.line for one in findings)
    for line in (line for line in lines if line.number > last):
        for hit in _SENTENCE.finditer(line.plain[:1000]):
            sentence = line.cut(*hit.span())
            named = {place for place in places if place in sentence.raw}
            if named and not aside.is_none(sentence.plain) and _WORK.search(sentence.plain):
                _give(findings, named, sentence)


def _place(entry: Entry) -> str:
    above = entry.parent
    while above is not None:
        if place := named_by(above, _folded(above)):
            return place
        above = above.parent
    return entry.unit or ""


def _folded(entry: Entry) -> str:
    return fold(entry.text)


def _give(findings: Sequence[Entry], named: set[str], sentence: Line) -> None:
    behind = max(sentence.raw.index(place) + len(place) for place in named)
    said = sentence.cut(behind)
    when = acts.WHEN.search(said.plain)
    if when is None:
        return
    end = next((at for at, sign in enumerate(said.plain) if sign in ",;。" and at >= when.end()), None)
    what = _WHAT.match(said.plain)
    for one in findings:
        if what and what["what"] not in _folded(one):
            continue  # “柳河小学护栏问题须于…前修复” is said of the railing alone
        if _place(one) in named and not any(field.kind == "planned" for field in one.fields):
            one.fields.append(Field("planned", "整改时限", "", said.cut(0, end)))
