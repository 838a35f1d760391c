"""Paragraphs behind an item: more of it, what is to be done about it, another problem, or the end of the list."""

from __future__ import annotations

from app.intake.readers import acts, pairs
from app.intake.readers.below import Below
from app.intake.readers.blocks import Field
from app.intake.readers.entries import Entry
from app.intake.readers.judging import sounds_like_an_act, sounds_wrong
from app.intake.readers.labelled import TERMS
from app.intake.readers.lines import Line, fold
from app.intake.readers.numbering import RANKS, Segment
from app.intake.readers.people import answers, unit_alone
from app.intake.readers.rules import rule


def _is_a_name(plain: str) -> bool:
    """A few words, or whoever signs below a list."""
    return len(plain) < 6 or (len(plain) <= 24 and answers(plain))


AROUND = " :\uff1a。,\uff0c"
ENDED = ("。", "；", ";", "!", "！", "。”")
_OWN_LABEL = rule(r"([\u4e00-\u9fff]{2,8}):(?=\S)")
_FURTHER = rule(r"具体|如[:,]|例如|主要(?:表现|原因|体现)|表现(?:为|在)|其中|比如|另|同时|且|并且|原因")
_REPORT = rule(r"(?:报告|汇报|总结|回复)(?:\(.*\))?$")
_OUTER = ("capital", "cn", "cnparen")
_HAN, _FEW = rule(r"[\u4e00-\u9fff]"), 4
_ADDS = rule(
    r"\s*(?:此外|另外?|同时|还|并且)[,:]?\s?(?:(?:在|对|经)[^,。;:]{2,14})?(?:还|又|也|检查(?:中|时)?|现场|督查)*(?:发现|查出|看到|存在)?(?:有|到)?[,:]?"
)
_CLOSES = rule(
    r"\s*(?:以上|上述)(?!做法|行为|情况|问题(?:反映|说明|违反|不符))|\s*(?:各|有关|相关)[^,。;]{1,8}(?:要|应|须)|\s*(?:我[校园局院司们]|全[校园])[^,。;]{0,6}(?:将|会|要)"
)
_WELL = rule(r"(?:值得|予以|给予)?(?:肯定|表扬|点赞)[。.!]?\s*$")
# “针对第3条，…”: a measure of its own, in a list that counts the problems only.
_NAMES_ONE = rule(
    r"\s*(?:针对|对应|对于?)\s?第\s?[\d一二三四五六七八九十]{1,3}(?:[、,和]第?[\d一二三四五六七八九十]{1,3})*\s?[条项个点](?:问题)?[,:]"
)
_POINTS = rule(r"\s*(?:该|上述|此)")
_DIRECTED = rule(
    r"\s*(?:责令|责成|要求|建议|请(?!示|假)|应(?!急)|须|必须|需(?!求)|限|立即|马上|尽快|今后|该|上述(?:做法|行为|问题)|此(?:做法|行为|项|问题))"
)


class Between(Below):
    """What a walk does with a line without a number behind an item."""

    def _loose_line(self, segment: Segment, head: Line, fields: list[Field]) -> None:
        if self._answer_asked(segment) or (not fields and self._announces(segment)):
            return
        if unit_alone(segment.plain):
            addressed = self.reports and segment.plain.endswith(":")  # a report is sent to those above
            self.unit, self.current = (self.unit if addressed else segment.raw.strip(AROUND)), None
            return
        self.reports |= len(segment.plain) <= 40 and bool(_REPORT.search(segment.plain))
        self._name_unit(segment.plain) if segment.plain.endswith(":") else None
        if self.section == "deadline":
            self.found.date_all(segment.line)
        elif self.section == "measures" and _NAMES_ONE.match(segment.plain):
            if not self._answers_by_number(segment.line):
                self._take(self._new("measure", segment, head.raw), fields)
        elif self.current is not None:
            self._goes_on(segment, head, fields)
        elif self.section in ("findings", "pairs") and self._is_a_finding(head):
            self._take(self._new("finding", segment, head.raw), fields)
        elif self.section == "measures" and not head.plain.endswith(":") and not _is_a_name(head.plain):
            self._take(self._new("measure", segment, head.raw), fields)
        elif self.section is None:
            self._take(self._new("loose", segment, head.raw), fields)

    def _is_a_finding(self, head: Line) -> bool:
        told = sounds_wrong(head.plain) or bool(acts.split(head.plain)[1])
        return told and not head.plain.endswith((":", "如下。")) and len(head.plain) <= 300

    def _goes_on(self, segment: Segment, head: Line, fields: list[Field]) -> None:
        entry = self.current
        assert entry is not None
        if self._stands_below(entry, segment, head, fields):
            return None
        if not fields and self._opens_a_group(segment):
            self.current, self.category = None, segment.raw.strip(AROUND)
            return None
        own = _OWN_LABEL.match(head.plain)
        if own and entry.kind == "finding" and self._is_a_record(entry):
            entry.fields.append(Field("other", head.raw[: own.end(1)], "", head.cut(own.end())))
            return self._take(entry, fields)
        before = entry.parts[-1] if entry.parts else ""
        ended = before.endswith(ENDED)
        if self._stands_by_itself(entry, head, before):
            self.current = None
            return self._loose_line(segment, head, fields)
        if not fields and self._turns_away(entry, segment, head):
            return None
        if self._may_be_answered(entry) and pairs.reports_an_act(head.plain):
            made = Entry("measure", segment.line.number, None, [head.raw], answers=entry, unit=entry.unit)
            self.found.entries.append(made)
            self.current = entry = made
        elif ended and not fields and entry.kind != "measure" and not _FURTHER.match(head.plain):
            return self._behind(entry, segment, head)
        elif own and (entry.fields or entry.answers):
            entry.fields.append(Field("other", head.raw[: own.end(1)], "", head.cut(own.end())))
        else:
            entry.say(head.raw)
        return self._take(entry, fields)

    def _may_be_answered(self, entry: Entry) -> bool:
        """A problem, or an item that reads like one where no heading has named a list of them."""
        return entry.kind == "finding" or (
            entry.kind == "loose" and entry.label is not None and sounds_wrong(fold(entry.text))
        )

    def _is_a_record(self, entry: Entry) -> bool:
        """“问题一” and its own lines, each behind a label."""
        return entry.label is None and bool(entry.number)

    def _stands_by_itself(self, entry: Entry, head: Line, before: str) -> bool:
        """Below a line without a number, or below one of a list in which each tells who and until when."""
        named = any(field.kind not in ("other", "site") for field in entry.fields)
        unnumbered = entry.label is None and entry.answers is None and not entry.number and not named
        if unnumbered and (before.endswith(ENDED) or len(before) < 60) and entry.kind != "measure":
            return True
        bare = entry.label is None and not entry.number
        told = bare and any(field.kind in TERMS and field.value.number == entry.line for field in entry.fields)
        return entry.kind == "finding" and told and self._is_a_finding(head)

    def _turns_away(self, entry: Entry, segment: Segment, head: Line) -> bool:
        """“另发现食堂后门没有挡鼠板”: another problem; “以上隐患我校将逐一跟踪”: the end of the list."""
        added = _ADDS.match(head.plain)
        words = head.cut(added.end()) if added else head
        if added and self.section in ("findings", "pairs") and entry.kind != "loose" and self._is_a_finding(words):
            self.current = None
            made = self._new("finding", segment, words.raw)
            self._take(made, [])
            return True
        ends = _CLOSES.match(head.plain) or (added and _WELL.search(head.plain))
        if entry.kind == "measure" and not self.block and ends:
            self.current = None
            return True
        return False

    def _behind(self, entry: Entry, segment: Segment, head: Line) -> None:
        """A paragraph behind an item that has ended: of it, where the list goes on or its words say so."""
        if not self._is_of(entry, head):
            self.current = None  # the list is over, its section is not
            if entry.kind == "loose":
                self._loose_line(segment, head, [])
            return
        told = fold(head.raw)
        if len(_HAN.findall(told)) < _FEW:
            return  # “— 2 —”: the number of a page
        self.explained.add(entry.list_id)
        asks = (_DIRECTED.match(told) and not _POINTS.match(told)) or sounds_like_an_act(told)
        words, asked = ("", head.raw) if asks else acts.split(head.raw)
        if words:
            entry.fields.append(Field("other", "说明", "", Line(head.number, words, fold(words))))
        if asked:
            made = Entry("measure", segment.line.number, None, [asked], answers=entry, unit=entry.unit)
            made.number, made.list_id = entry.number, self.list_id
            self.found.entries.append(made)

    def _is_of(self, entry: Entry, head: Line) -> bool:
        if entry.kind != "finding" or _CLOSES.match(head.plain):
            return False
        alike = entry.list_id in self.explained  # the items before had a paragraph of their own
        return alike or self._counts_on(entry) or bool(_DIRECTED.match(head.plain))

    def _leaves_the_list(self, segment: Segment) -> bool:
        """“二、研究放假安排” below problems without numbers: the next part of the paper, whose first was “一、…”."""
        label, before = segment.label, self.found.entries[-1] if self.found.entries else None
        if label is None or before is None or label.style not in _OUTER or before.list_id != self.list_id:
            return False
        inner = label.style not in self.styles and all(
            RANKS.index(one) > RANKS.index(label.style) for one in self.styles
        )
        goes_on = label.number == self.outer.get(label.style, 0) + 1 > 1
        return inner and goes_on and not sounds_wrong(segment.plain) and not self._problems_follow()
