"""The second reading, for texts in no known shape: clause by clause, what somebody saw amiss; all else is left."""

from __future__ import annotations

from collections.abc import Sequence

from app.intake.readers import acts, observing
from app.intake.readers.blocks import fields_of
from app.intake.readers.entries import Collected, Entry
from app.intake.readers.headings import Section, ends_the_lists, heading_kind, is_site_noise
from app.intake.readers.lines import Line, fold
from app.intake.readers.named_items import numbers_in
from app.intake.readers.numbering import segments_of
from app.intake.readers.pairs import number_in
from app.intake.readers.people import UNIT, unit_alone
from app.intake.readers.rules import rule

_SENTENCE = rule(r"[^。!?]+[。!?]?")
_PART = rule(r"[^;]+;?")
_HEAD = rule(r"(?P<name>[^,。;:]{2,14}):\s*(?=\S)")
_LEAD = rule(
    r"\s*(?:(?:首先|其次|再次|再者|最后|以及|并且|同时|此外|另外|还有|另|其中|一是|二是|三是|四是|五是|主要是|主要有|具体为|如)[,:、]?|"
    r"[^,。;:]{0,24}(?:检查|督查|抽查|巡查|排查|走访|现场|督导|经查|我们)[^,。;:]{0,10}(?:发现|看到|了解到|注意到|指出)[,:]?)+"
)
_LIST = rule(r"[^。]{0,80}(?:问题|不足|隐患|情况|方面|地方|改|如下|发现|存在|有|是|为)[^。:]{0,8}:\s*(?=\S)")
_DATED = rule(r"(?:限|请|要求|须|应|务必|责令)?[^。;]{0,20}\d{1,2}\s?[月日号./][^。;]{0,8}[前内底]")
_CLAIM = rule(r'\s*(?:(?:反映|投诉|举报|来信|诉求)[^:"]{0,10}:?\s*)?"[^"]*"[。.]?\s*$')
_TITLE = rule(r"\s*关于[^。;]{4,60}(?:答复|回复|复函|通知|通报|报告|函|公示|公告)(?:\([^()]*\))?\s*")
# “督导情况”: what was seen there, well and amiss together.
_LOOKED_AT = rule(r"(?:督导|检查|督查|巡查|查看|现场|走访|核查|视导|抽查|听课|随访)(?:的|基本|总体|主要|具体)?情况")
_CLOCK = rule(r"^\d{1,2}:\d\d\s*")
_JUDGED = 200
_NAMES = rule(r"\s*(?:针对|对应|对于?)\s?第\s?(?P<items>[\d一二三四五六七八九十、,和及第]{1,20})\s?[条项个点]")
_LOOKED = rule(
    r"[检督抽巡排核]查|督导|走访|暗访|巡|发现|看到|整改|隐患|问题|反映|反馈|处理|转了|不足|遗憾|走进|来到|值班|日志|报修|维修"
)
_CLOSED: tuple[Section, ...] = ("measures", "deadline", "owners", "other")


class Clerk:
    """One pass over lines; remembers which part of the paper is open and whose school it speaks of."""

    def __init__(self, found: Collected) -> None:
        self.found, self.made = found, list[Entry]()
        self.closed, self.unit = False, found.unit

    def read(self, lines: list[Line]) -> list[Entry]:
        """What the lines tell of; the deadline they give to all goes to what was collected before."""
        for line in lines:
            if is_site_noise(line.plain):
                break
            if line.plain.strip():
                self._line(line)
        return self.made

    def _line(self, line: Line) -> None:
        if ends_the_lists(line.plain) and not observing.is_seen(line.plain):
            self.found.is_dated_by(line)
            return
        for segment in segments_of(line, {}):
            words = self._behind_a_heading(segment.line)
            if words is None or self.closed or not words.plain:
                continue
            for sentence in (words.cut(*hit.span()) for hit in _SENTENCE.finditer(words.plain)):
                self._sentence(sentence, segment.label.raw if segment.label else "")

    def _sentence(self, sentence: Line, number: str) -> None:
        """Part by part; where most parts of a list are amiss, so are those whose words do not say it."""
        if (self.made and self.found.is_dated_by(sentence)) or sentence.plain.endswith(":"):
            return
        if _CLAIM.match(sentence.plain) or _TITLE.fullmatch(sentence.plain) or "不属实" in sentence.plain:
            return  # what somebody complained of is not what was seen
        words = _behind_a_colon(sentence)
        told = [_told(words.cut(*hit.span())) for hit in _PART.finditer(words.plain)]
        seen = [_is_amiss(one) for one in told]
        listed = len(seen) > 2 and sum(seen) * 5 >= 3 * len(seen)
        for one, amiss in zip(told, seen, strict=True):
            if amiss or (listed and observing.may_be_seen(one.plain)):
                self._add(one, number)
            elif self.made and self.made[-1].line == one.number and _DATED.match(one.plain):
                self.made[-1].say(one.raw)

    def _behind_a_heading(self, words: Line) -> Line | None:
        """The words, without the heading they begin with; None where they are nothing else."""
        kind, rest = heading_kind(words.plain), None
        if kind is None and (hit := _HEAD.match(words.plain)):
            kind, rest = heading_kind(hit["name"]), words.cut(hit.end())
        if kind is not None:
            self.closed = kind in _CLOSED and not _LOOKED_AT.search(words.plain[:12])
            return rest
        if unit_alone(words.plain):
            self.unit, self.closed = words.raw.strip(" :：。"), False
            return None
        return words

    def _add(self, words: Line, number: str) -> None:
        whole, fields = fields_of(words)
        entry = Entry("finding", words.number, None, [(whole if whole.plain else words).raw], number=number)
        entry.fields, entry.unit = fields, self._unit_of(words)
        self.made.append(entry)

    def _unit_of(self, words: Line) -> str | None:
        hit = UNIT.match(words.plain)
        if hit and unit_alone(hit[0]):
            self.unit = words.raw[: hit.end()]
        return self.unit


def _told(part: Line) -> Line:
    """What is said, without the words that lead to it and without the praise before a 但."""
    led = _LEAD.match(part.plain)
    words = part.cut(led.end()) if led else part
    return words.cut(observing.turned(words.plain))


def _is_amiss(words: Line) -> bool:
    """Whether the words tell of something amiss before they ask for anything."""
    text, demand = acts.split(words.plain)
    seen = words.cut(0, len(text) - 1) if demand else words
    head, _ = fields_of(seen)
    return observing.is_seen(_CLOCK.sub("", (head.plain or seen.plain)[:_JUDGED]))


def _behind_a_colon(clause: Line) -> Line:
    """“…要抓紧改:食堂排烟罩没有清洗”: what stands before the colon only announces it."""
    hit = _LIST.match(clause.plain)
    return clause.cut(hit.end()) if hit else clause


def read(lines: list[Line], found: Collected) -> list[Entry]:
    """The findings of a text that no shape fits, where anything in it says that somebody has looked."""
    looked = any(_LOOKED.search(line.plain) for line in lines)
    return Clerk(found).read(lines) if looked else []


def link(measures: Sequence[Entry], told: Sequence[Entry]) -> None:
    """“针对第3、5条，…” answers what was told under these numbers, each there once."""
    for measure in measures:
        hit = _NAMES.match(fold(measure.text))
        wanted = numbers_in(hit["items"]) if hit else []
        named = [[one for one in told if number_in(one) == number] for number in wanted]
        if wanted and all(len(ones) == 1 for ones in named):
            measure.answers, measure.also = named[0][0], [ones[0] for ones in named[1:]]
