"""Walk through prose: sections, numbered lists, items on one line, the lines that belong to an item."""

from __future__ import annotations

from app.intake.readers import pairs
from app.intake.readers.blocks import Field, fields_of
from app.intake.readers.dates import is_only_a_date
from app.intake.readers.entries import Collected, Entry
from app.intake.readers.headings import ends_the_lists, has_passed, sounds_wrong, speaks_of_all
from app.intake.readers.lines import Line
from app.intake.readers.numbering import Segment, segments_of
from app.intake.readers.people import unit_alone
from app.intake.readers.sections import KIND_IN, Standing

AROUND = " :\uff1a。,\uff0c"


class Walk(Standing):
    """One pass over the segments of a text; every method looks at one segment."""

    def through(self, lines: list[Line]) -> Collected:
        """Read every line and return what was collected."""
        for line in lines:
            for segment in segments_of(line, self.last) if line.plain.strip() else ():
                self.found.lines += 1
                self._segment(segment)
        return self.found

    def _segment(self, segment: Segment) -> None:
        if speaks_of_all(segment.plain) and (self.section or self.found.entries):
            self.found.common_deadline += segment.raw
            return
        if segment.label is None and (ends_the_lists(segment.plain) or is_only_a_date(segment.plain)):
            if not self._answer_asked(segment):
                self._open(None if self.section is None else "other", None)
            return
        if self._heading(segment) or self._quoted(segment):
            return
        head, fields = fields_of(segment.line)
        if fields and not head.plain and fields[0].kind in ("problem", "measure", "demand"):
            self._labelled_block(segment, fields)
        elif fields and not head.plain and self.current and not (segment.label and self.section in KIND_IN):
            self.current.fields += fields
            self._remember(fields)
        elif segment.label:
            self._item(segment, head, fields)
        else:
            self._loose_line(segment, head, fields)

    # items

    def _item(self, segment: Segment, head: Line, fields: list[Field]) -> None:
        kind = "measure" if self.block else KIND_IN.get(self.section)
        if self.section == "deadline":
            self.found.common_deadline += segment.raw
        if kind is None and self.section == "other":
            self.current = None
            return
        self._place(segment)
        entry = self._new(kind or "loose", segment, head.raw)
        if self.block:
            entry.answers = self.block.answers
        if unit_alone(head.plain):
            self._becomes_a_unit(entry, head)
        if kind == "finding" and has_passed(head.plain) and not fields:
            self.found.passed += 1
            self.found.entries.remove(entry)
        self._take(entry, fields)

    def _becomes_a_unit(self, entry: Entry, head: Line) -> None:
        entry.unit = head.raw.strip(AROUND)
        entry.category = "unit"
        self.unit = entry.unit if entry.depth == 0 else self.unit

    def _take(self, entry: Entry, fields: list[Field]) -> None:
        own = [field for field in fields if field.kind != "measure"]
        entry.fields += own
        self._remember(own)
        for field in fields:
            if field.kind == "measure":
                self._measure_of(entry, field)

    def _measure_of(self, entry: Entry, field: Field) -> None:
        if entry.kind != "finding":
            entry.kind = "finding" if entry.kind == "loose" else entry.kind
            if entry.kind == "measure":
                entry.say(field.value.raw)
                return
        made = Entry("measure", field.value.number, None, [field.value.raw] if field.value.raw else [])
        made.answers, made.unit, made.number, made.list_id = entry, entry.unit, field.number, entry.list_id
        self.found.entries.append(made)
        self.current = made

    def _remember(self, fields: list[Field]) -> None:
        self.asked = (self.current, fields[-1]) if fields and self.current and not fields[-1].value.plain else None

    def _answer_asked(self, segment: Segment) -> bool:
        if not self.asked or len(segment.plain) > 40:
            return False
        entry, field = self.asked
        entry.fields[-1:] = [Field(field.kind, field.label, field.number, segment.line)]
        self.asked = None
        return True

    # labelled blocks and pairs

    def _labelled_block(self, segment: Segment, fields: list[Field]) -> None:
        first = fields[0]
        if first.kind == "problem":
            return self._problem(segment, fields)
        if self.section == "other" and not self.current:
            return None
        target = pairs.target_of(self.found.entries, self.current, first)
        made = Entry("measure", segment.line.number, segment.label, [first.value.raw] if first.value.raw else [])
        made.answers, made.number, made.list_id = target, first.number, self.list_id
        made.unit = target.unit if target else self.unit
        self.found.entries.append(made)
        self.current = made
        self.block = None if first.value.plain else made
        self.styles, self.parents = [], []
        self._take(made, fields[1:])
        return None

    def _problem(self, segment: Segment, fields: list[Field]) -> None:
        first = fields[0]
        if not first.value.plain and not first.number and len(fields) == 1:
            return self._open("findings", segment.label.style if segment.label else None)
        if has_passed(first.value.plain) and first.value.plain:
            self.found.passed += 1
            self.current = None
            return None
        self.block = None
        self.section = self.section if self.section in ("findings", "pairs") else "pairs"
        self.styles, self.parents = [], []
        entry = self._new("finding", Segment(segment.line, None), first.value.raw)
        entry.number = first.number or (segment.label.raw if segment.label else "")
        self._take(entry, fields[1:])
        return None

    def _quoted(self, segment: Segment) -> bool:
        quoted = pairs.quoted_problem(segment.line)
        if not quoted or self.section == "findings":
            return False
        known = pairs.known_finding(self.found.of("finding"), quoted)
        entry = known or self._quoted_finding(segment, quoted[0])
        made = Entry("measure", segment.line.number, segment.label, [quoted[1].raw] if quoted[1].raw else [])
        made.answers, made.number, made.list_id = entry, entry.number, self.list_id
        head, fields = fields_of(quoted[1])
        made.parts, made.unit = [head.raw] if head.raw else [], entry.unit
        self.found.entries.append(made)
        self.current, self.styles, self.parents = made, [], []
        self.section = self.section or "pairs"
        made.fields += [field for field in fields if field.kind != "measure"]
        return True

    def _quoted_finding(self, segment: Segment, words: Line) -> Entry:
        self.styles, self.parents = [], []
        entry = self._new("finding", Segment(segment.line, None), words.raw)
        entry.number = segment.label.raw if segment.label else ""
        return entry

    # lines without a number

    def _loose_line(self, segment: Segment, head: Line, fields: list[Field]) -> None:
        if self._answer_asked(segment):
            return
        if unit_alone(segment.plain):
            self.unit, self.current = segment.raw.strip(AROUND), None
            return
        self._name_unit(segment.plain) if segment.plain.endswith(":") else None
        if self.section == "deadline":
            self.found.common_deadline += segment.raw
        elif self.current is not None:
            self._goes_on(segment, head, fields)
        elif self.section in ("findings", "pairs") and self._is_a_finding(head):
            self._take(self._new("finding", segment, head.raw), fields)
        elif self.section == "measures" and not head.plain.endswith(":") and len(head.plain) > 5:
            self._take(self._new("measure", segment, head.raw), fields)
        elif self.section is None:
            self._take(self._new("loose", segment, head.raw), fields)

    def _is_a_finding(self, head: Line) -> bool:
        return sounds_wrong(head.plain) and not head.plain.endswith((":", "如下。")) and len(head.plain) <= 300

    def _goes_on(self, segment: Segment, head: Line, fields: list[Field]) -> None:
        entry = self.current
        assert entry is not None
        unnumbered = entry.label is None and entry.answers is None and not entry.number and not entry.fields
        before = entry.parts[-1] if entry.parts else ""
        ended = before.endswith(("。", ";", ";", "!")) or len(before) < 60
        if unnumbered and ended and entry.kind != "measure":
            self.current = None
            return self._loose_line(segment, head, fields)
        if entry.kind == "finding" and pairs.reports_an_act(head.plain):
            made = Entry("measure", segment.line.number, None, [head.raw], answers=entry, unit=entry.unit)
            self.found.entries.append(made)
            self.current = entry = made
        else:
            entry.say(head.raw)
        return self._take(entry, fields)
