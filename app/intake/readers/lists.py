"""Walk through prose: sections, numbered lists, items on one line, the lines that belong to an item."""

from __future__ import annotations

from app.intake.readers import named_items, named_places, tails
from app.intake.readers.between import AROUND, ENDED, Between
from app.intake.readers.blocks import Field, fields_of
from app.intake.readers.dates import is_only_a_date
from app.intake.readers.entries import Collected, Entry, EntryKind
from app.intake.readers.headings import ends_the_lists, is_site_noise
from app.intake.readers.judging import has_passed, names_a_part, sounds_like_an_act, sounds_wrong
from app.intake.readers.labelled import TERMS
from app.intake.readers.lines import Line
from app.intake.readers.numbering import Segment, segments_of
from app.intake.readers.people import unit_alone
from app.intake.readers.rules import rule
from app.intake.readers.sections import KIND_IN

_BARE = rule(r"[(]?\d{1,3}[).、]?|第?[一二三四五六七八九十]{1,3}条?")
_REPORTS = rule(r"请?[^,。]{0,12}于[^。]{0,24}(?:报送|上报|报告|书面|反馈|报[^警修告])")


class Walk(Between):
    """One pass over the segments of a text; every method looks at one segment."""

    def through(self, lines: list[Line]) -> Collected:
        """Read every line and return what was collected."""
        self.places = named_places.of(lines)
        for at, line in enumerate(lines):
            if line.number in self.places:
                self._stands_at(self.places[line.number])
            elif line.plain.strip():
                self.ahead = lines[at + 1 : at + 9]
                self._line(line)
        self.found.places, self.found.unit = bool(self.places), None if self.places else self.unit
        return self.found

    def _line(self, line: Line) -> None:
        if self._answers_by_number(line):
            return
        whole = named_items.OF_ALL.match(line.plain) and self.found.entries
        pieces = [Segment(line.cut(0), None)] if whole else tails.cut(segments_of(line, self.last))
        for place, segment in enumerate([] if self._values_by_number(pieces) else pieces, 1):
            self.found.lines += 1
            self.beside = pieces[place:]
            self._segment(segment)
            self.outer |= {segment.label.style: segment.label.number} if segment.label else {}

    def _segment(self, segment: Segment) -> None:
        if (segment.label and self._answers_by_number(segment.line)) or self._speaks_of_all(segment):
            return
        if segment.label is None and (ends_the_lists(segment.plain) or is_only_a_date(segment.plain)):
            if not self._answer_asked(segment):
                self._open(None if self.section is None and not is_site_noise(segment.plain) else "other", None)
            return
        if segment.label is None and _BARE.fullmatch(segment.plain):
            self.current = None  # 01, 02: each begins another record
            return
        if self._heading(segment) or self._quoted(segment):
            return
        head, fields = fields_of(segment.line)
        if fields and not head.plain:
            self._new_record(fields[0])
        if fields and not head.plain and fields[0].kind in ("problem", "measure", "demand"):
            self._labelled_block(segment, fields)
        elif fields and not head.plain and not self.current and self._of_the_whole(fields):
            return
        elif fields and not head.plain and self.current and (fields[0].kind in TERMS or not self._is_listed(segment)):
            if self._turns_to_causes(fields):
                self._open("other", None)
            elif segment.label or not self._below_a_list(fields):
                self.current.fields += fields
                self._remember(fields)
        elif segment.label:
            self._item(segment, head, fields)
        else:
            self._loose_line(segment, head, fields)

    def _is_listed(self, segment: Segment) -> bool:
        return segment.label is not None and self.section in KIND_IN

    def _of_the_whole(self, fields: list[Field]) -> bool:
        """“被检查单位:…” above a list names the unit of its problems; what else stands there is told of the next."""
        self.pending += [field for field in fields if field.kind in ("other", "site", "cause", "target")]
        for field in fields:
            if field.kind == "site" and field.value.plain:
                self.unit = field.value.raw.strip(AROUND)
        return bool(fields)

    # items

    def _item(self, segment: Segment, head: Line, fields: list[Field]) -> None:
        self._leaves_the_block(segment)
        kind = "measure" if self.block else KIND_IN.get(self.section)
        if self.section == "deadline":
            self.found.date_all(segment.line)
        if (kind is None and self.section in ("other", "owners")) or self._names_a_group(kind, head, fields):
            self.current = None
            return
        if kind == "finding" and self._leaves_the_list(segment):
            self._open("other", segment.label.style if segment.label else None)
            return
        self._place(segment)
        if kind == "measure" and _REPORTS.match(head.plain) and not self.block:
            self.current = None  # when to write back is no measure
            return
        self._entry(kind, segment, head, fields)

    def _names_a_group(self, kind: str | None, head: Line, fields: list[Field]) -> bool:
        named = (
            kind == "finding" and self.section in ("pairs", "findings") and not fields and self._only_a_name(head.plain)
        )
        if named and self._blocks_follow():
            self.category = head.raw.strip(AROUND)
            return True
        return False

    def _only_a_name(self, plain: str) -> bool:
        return names_a_part(plain) or (len(plain) <= 24 and not sounds_wrong(plain))

    def _entry(self, kind: EntryKind | None, segment: Segment, head: Line, fields: list[Field]) -> None:
        entry = self._new(kind or "loose", segment, head.raw)
        if self.block:
            entry.answers = self.block.answers
        if unit_alone(head.plain):
            self._becomes_a_unit(entry, head)
        if kind == "finding" and has_passed(head.plain) and not fields:
            self.found.passed += 1
            self.found.entries.remove(entry)
        elif kind == "finding" and self._answers_its_parent(entry, head):
            entry.kind, entry.answers = "measure", entry.parent
        self._take(entry, fields)

    def _answers_its_parent(self, entry: Entry, head: Line) -> bool:
        """① under a whole problem, saying what somebody does: its measure."""
        above = entry.parent
        whole = (
            above is not None
            and above.kind == "finding"
            and len(above.text) > 8
            and bool(above.fields or above.text[-1:] in ENDED)
        )
        return whole and sounds_like_an_act(head.plain) and above is not None and sounds_wrong(above.text)

    def _becomes_a_unit(self, entry: Entry, head: Line) -> None:
        entry.unit = head.raw.strip(AROUND)
        entry.category = "unit"
        self.unit = entry.unit if entry.depth == 0 else self.unit
