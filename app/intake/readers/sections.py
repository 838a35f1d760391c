"""Where a walk stands in a text: which section is open, how deep its numbers are, whose unit it speaks of."""

from __future__ import annotations

import re

from app.intake.readers import pairs
from app.intake.readers.blocks import Field
from app.intake.readers.entries import Collected, Entry, EntryKind
from app.intake.readers.headings import Section, heading_kind, intro_kind, may_announce
from app.intake.readers.judging import sounds_wrong
from app.intake.readers.labels import KIND_OF
from app.intake.readers.lines import Line
from app.intake.readers.numbering import Segment, segments_of
from app.intake.readers.people import UNIT, unit_alone
from app.intake.readers.rules import rule

KIND_IN: dict[Section | None, EntryKind] = {"findings": "finding", "pairs": "finding", "measures": "measure"}


_COUNTS = {"dot", "bare", "half", "paren", "circle"}
_OF_PROBLEMS = rule(r".{2,12}(?:问题|隐患|不足)")
_SPEAKS_OF = rule(r"问题|隐患|不足|缺陷|短板|违[法规]|待改进")
_ANSWERS = rule(r"(?:具体)?(?:整改|改进|解决)(?:措施|举措|办法)\d?\s?:\s*\S")
_RECTIFIES = rule(r"整改|改进|解决|治理")


class Standing:
    """The open section, the styles of numbers seen in it, and the entry that following lines belong to."""

    def __init__(self, beside: bool = False) -> None:
        """`beside` says that something else of the same text has yielded problems already."""
        self.others = beside
        self.category = ""
        self.reports = False
        self.pending: list[Field] = []
        self.opener = ""
        self.found = Collected()
        self.section: Section | None = None
        self.heading_style: str | None = None
        self.styles: list[str] = []
        self.parents: list[Entry] = []
        self.current: Entry | None = None
        self.asked: tuple[Entry, Field] | None = None
        self.unit: str | None = None
        self.block: Entry | None = None
        self.around: tuple[list[str], list[Entry], dict[str, int]] = ([], [], {})  # the list that the block stands in
        self.list_id = 0
        self.last: dict[str, int] = {}
        self.explained: set[int] = set()  # lists whose items have paragraphs below them
        self.outer: dict[str, int] = {}  # the last number of each style, in whatever section
        self.ahead: list[Line] = []
        self.beside: list[Segment] = []
        self.places: dict[int, str] = {}  # headings that only name one, by their line

    def _heading(self, segment: Segment) -> bool:
        kind = heading_kind(segment.plain)
        style = segment.label.style if segment.label else None
        if kind and self._may_open(kind, segment):
            self._open("pairs" if kind == "measures" and self._pairs_follow() else kind, style)
            self.found.set_out |= kind == "pairs" or bool(_RECTIFIES.search(segment.plain))
            return True
        if style and style == self.heading_style and self.section and not self._still_inside(segment):
            self._open(self._like(segment.plain.strip(" :。")), style)
            return True
        if announced := intro_kind(segment.plain) if not segment.label or len(segment.plain) < 60 else None:
            self._name_unit(segment.plain)
            self._open(announced, style)
            self.found.set_out |= announced == "measures" and bool(_RECTIFIES.search(segment.plain))
            return True
        if self.section is None and may_announce(segment.plain) and self._problems_follow():
            self._name_unit(segment.plain)
            self._open("findings", style)
            return True
        return False

    def _pairs_follow(self) -> bool:
        """“二、整改任务” before any problem, and what stands below it answers itself behind “整改措施:”."""
        near = (line.plain.strip() for line in self.ahead)
        return not self.found.had("finding") and any(_ANSWERS.match(plain) for plain in near)

    def _like(self, name: str) -> Section:
        """What a further heading opens whose words are not known: problems where it speaks of them and they follow."""
        if self.section == "findings" and _OF_PROBLEMS.fullmatch(name):
            return "findings"
        return "pairs" if len(name) <= 30 and _SPEAKS_OF.search(name) and self._problems_follow() else "other"

    def _problems_follow(self) -> bool:
        """Whether most of the numbered pieces behind an announcement tell of something amiss."""
        coming = self.beside or [piece for line in self.ahead for piece in segments_of(line, {})[:1]]
        labelled = [(piece.label.style, piece.plain) for piece in coming if piece.label]
        words = [plain for style, plain in labelled if style == labelled[0][0]][:6]
        return len(words) > 1 and sum(map(sounds_wrong, words)) * 5 >= 3 * len(words)

    def _may_open(self, kind: Section, segment: Segment) -> bool:
        if kind == "measures" and self._ends_a_paragraph(segment):
            return True
        if kind == "measures" and not segment.label and self.current and self.current.kind == "finding":
            return not pairs.stands_alone(self.found.entries, self.current)
        if kind == "measures" and not segment.label and self.current and self.current.answers:
            return not self.current.answers.quoted
        if kind == "deadline":
            return segment.label is not None and segment.label.style == self.heading_style
        return kind != "other" or segment.label is None or segment.label.style in ("cn", "cnparen", self.heading_style)

    def _ends_a_paragraph(self, segment: Segment) -> bool:
        """“意见建议:” below a paragraph of problems opens what is advised; labels of one problem's own do not."""
        bare = segment.plain.strip(" :。")
        return self.current is not None and not self.current.number and bare not in KIND_OF

    def _still_inside(self, segment: Segment) -> bool:
        return self.styles[:1] == [self.heading_style]

    def _open(self, kind: Section | None, style: str | None) -> None:
        self.section, self.current, self.asked = kind, None, None
        self.styles, self.parents, self.block, self.category = [], [], None, ""
        self.list_id += 1
        self.found.headings += kind not in (None, "other")
        if style or kind != "other":
            self.heading_style = style
        self.last = {style: self.last[style]} if style and style in self.last else {}

    def _stands_at(self, place: str) -> None:
        """What is listed below a heading that names a place was found there."""
        if self.section == "other":
            self.section = None
        self.unit, self.current, self.asked, self.block, self.category = place, None, None, None, ""
        self.styles, self.parents, self.last = [], [], {}
        self.list_id += 1

    def _stands_under(self, made: Entry | None) -> None:
        """“整改措施:” alone: what is counted below it are measures, until the list around it counts on."""
        if made is not None:
            self.around = (self.styles, self.parents, {style: self.outer.get(style, 0) for style in self.styles})
        self.block, self.styles, self.parents = made, [], []

    def _leaves_the_block(self, segment: Segment) -> None:
        """“(2)…” below ①②③ of a measure that stands under (1): the next problem."""
        styles, parents, last = self.around
        label = segment.label
        if self.block is None or label is None or label.style in self.styles or label.style not in styles:
            return
        if label.number == last[label.style] + 1:
            self.block, self.current = None, None
            self.styles, self.parents = styles, parents

    def _name_unit(self, plain: str) -> None:
        if (hit := UNIT.search(plain)) and unit_alone(named := re.sub(r"^.*?(?:在|对|到|现将|经查)", "", hit[0])):
            self.unit = named

    def _place(self, segment: Segment) -> None:
        """Find the depth of a label: a style seen before closes what is deeper, a new one goes deeper."""
        style = segment.label.style if segment.label else ""
        if style not in self.styles and self._goes_on_counting(segment):
            depth = len(self.styles) - 1
            self.parents = self.parents[:depth]
        elif style in self.styles:
            depth = self.styles.index(style)
            self.styles, self.parents = self.styles[: depth + 1], self.parents[:depth]
        else:
            self.styles.append(style)

    def _goes_on_counting(self, segment: Segment) -> bool:
        """“5.…” and then “（6）…”: the same list, its last numbers written otherwise."""
        before = self.parents[-1].label if self.parents else None
        here = segment.label
        if before is None or here is None or not {before.style, here.style} <= _COUNTS:
            return False
        return here.number == before.number + 1 and before.number > 1

    def _new(self, kind: EntryKind, segment: Segment, raw: str) -> Entry:
        depth = len(self.styles) - 1 if segment.label else 0
        parent = self.parents[-1] if segment.label and self.parents else None
        entry = Entry(kind, segment.line.number, segment.label, [raw] if raw else [], depth=depth, list_id=self.list_id)
        entry.parent, entry.unit, entry.number = parent, self.unit, segment.label.raw if segment.label else ""
        entry.category = self.category
        if parent:
            parent.children += 1
        if segment.label:
            self.parents.append(entry)
        self.found.entries.append(entry)
        self.current = entry
        return entry
