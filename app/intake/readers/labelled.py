"""Labelled blocks and pairs in the walk: 问题1:, 整改措施:, 关于“…”问题, and lists of owners by number."""

from __future__ import annotations

from app.intake.readers import pairs
from app.intake.readers.blocks import Field, fields_of
from app.intake.readers.entries import Entry
from app.intake.readers.judging import has_passed, praises, sounds_wrong
from app.intake.readers.lines import Line, fold
from app.intake.readers.numbering import Segment, segments_of
from app.intake.readers.sections import Standing

TERMS = ("planned", "done", "unknown", "owner", "leader", "unit", "partner")


class Labelled(Standing):
    """What a walk does with labelled values."""

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

    def _new_record(self, first: Field) -> None:
        """Records that begin with something else than their problem (编号:1, 【点位】…) begin anew with it."""
        if first.kind == "site" and self.current and self.current.kind == "loose" and not self.current.label:
            self.current = None  # the title of the paper
        begins = not self.found.entries or (first.kind == "site" and not self.found.had("finding"))
        if self.current is None and not self.opener and first.kind in ("other", "site") and begins:
            self.opener = first.label
        elif first.label == self.opener or first.label in ("编号", "隐患编号", "问题编号"):
            self.current = None

    def _answer_asked(self, segment: Segment) -> bool:
        if not self.asked or len(segment.plain) > 40:
            return False
        entry, field = self.asked
        entry.fields[-1:] = [Field(field.kind, field.label, field.number, segment.line)]
        self.asked = None
        return True

    def _turns_to_causes(self, fields: list[Field]) -> bool:
        """“原因分析:” alone below a numbered list begins another list."""
        entry = self.current
        alone = len(fields) == 1 and fields[0].kind in ("cause", "target") and not fields[0].value.plain
        return alone and entry is not None and entry.kind == "finding" and entry.label is not None

    def _labelled_block(self, segment: Segment, fields: list[Field]) -> None:
        first = fields[0]
        if first.kind == "problem":
            return self._problem(segment, fields)
        if self.section == "other" and not self.current:
            if first.kind == "measure" and not first.value.plain and self.found.of("finding"):
                self._open("measures", None)
            return None
        if self.current is not None and self.current.kind == "loose" and self._is_named_a_problem(self.current):
            self.section = self.section or "pairs"
            for one in pairs.counted_with(self.found.of("loose"), self.current):
                if one is self.current or (
                    any(field.kind in TERMS for field in one.fields) and self._is_named_a_problem(one)
                ):
                    one.kind = "finding"
        target = pairs.target_of(self.found.entries, self.current, first)
        if first.kind == "demand":
            return self._demanded(target, fields)
        made = Entry("measure", segment.line.number, segment.label, [first.value.raw] if first.value.raw else [])
        made.answers, made.number, made.list_id = target, first.number, self.list_id
        made.unit = target.unit if target else self.unit
        self.found.entries.append(made)
        self.found.set_out = True
        self.current = made
        self._stands_under(None if first.value.plain else made)
        self._take(made, fields[1:])
        return None

    def _is_named_a_problem(self, entry: Entry) -> bool:
        plain = fold(entry.text).rstrip(" 。:")
        return plain.endswith(("问题", "隐患")) or sounds_wrong(plain)

    def _demanded(self, target: Entry | None, fields: list[Field]) -> None:
        """What the inspector asks for is told with the problem it stands under; below a list it is told of none.

        Where a problem before has its own, every one does.
        """
        mine = self.current
        if target is None and mine is not None and mine.kind == "finding":
            each = any(field.kind == "demand" for one in self.found.of("finding") for field in one.fields)
            target = mine if each else None
        if target is not None:
            self._take(target, fields)

    def _problem(self, segment: Segment, fields: list[Field]) -> None:
        first = fields[0]
        if not first.value.plain and not first.number and len(fields) == 1:
            return self._open("findings", segment.label.style if segment.label else None)
        if first.number and self.section in ("measures", "owners") and self._by_number(segment, fields):
            return None
        if self._details_of_a_quote(fields):
            return None
        if first.value.plain and (has_passed(first.value.plain) or praises(first.value.plain)):
            self.found.passed += 1
            self.current = None
            return None
        if self._fills_the_open_one(fields):
            return None
        self.block = None
        self.section = self.section if self.section in ("findings", "pairs") else "pairs"
        self.styles, self.parents = [], []
        entry = self._new("finding", Segment(segment.line, None), first.value.raw)
        entry.number = first.number or (segment.label.raw if segment.label else "")
        self._take(entry, self.pending + fields[1:])
        self.pending = []
        return None

    def _fills_the_open_one(self, fields: list[Field]) -> bool:
        """“不符合项1” on its own line, “不符合事实描述:…” on the next: one problem."""
        entry = self.current
        if entry is None or entry.kind != "finding" or entry.text or fields[0].number or not fields[0].value.plain:
            return False
        entry.parts = [fields[0].value.raw]
        self._take(entry, fields[1:])
        return True

    def _details_of_a_quote(self, fields: list[Field]) -> bool:
        """“问题表现:…” under a heading that quotes the problem tells more of it."""
        entry = self.current
        quoted = entry.answers if entry is not None and not entry.text else None
        if quoted is None or not quoted.quoted or fields[0].number or not fields[0].value.plain:
            return False
        quoted.fields += [Field("other", fields[0].label, "", fields[0].value), *fields[1:]]
        if entry in self.found.entries:
            self.found.entries.remove(entry)
        self.current = quoted
        return True

    def _by_number(self, segment: Segment, fields: list[Field]) -> bool:
        """“问题2:…” in a list of measures or of owners speaks of the problem listed before under that number."""
        wanted = pairs.number_of(fields[0].number)
        known = [one for one in self.found.of("finding") if pairs.number_of(one.number) == wanted]
        if len(known) != 1:
            return False
        if self.section == "owners" or not fields[0].value.plain:
            known[0].fields += fields[1:]
            return True
        made = Entry("measure", segment.line.number, None, [fields[0].value.raw], answers=known[0], unit=known[0].unit)
        made.number, made.list_id = fields[0].number, self.list_id
        self.found.entries.append(made)
        self.current = made
        self._take(made, fields[1:])
        return True

    def _quoted(self, segment: Segment) -> bool:
        quoted = pairs.quoted_problem(segment.line)
        if not quoted or self.section == "findings":
            return False
        known = pairs.known_finding(self.found.of("finding"), quoted)
        entry = known or self._quoted_finding(segment, quoted[0])
        head, fields = fields_of(quoted[1])
        made = Entry("measure", segment.line.number, segment.label, [head.raw] if head.raw else [])
        made.answers, made.number, made.list_id, made.unit = entry, entry.number, self.list_id, entry.unit
        self.found.entries.append(made)
        self.current, self.styles, self.parents = made, [], []
        self.section = self.section or "pairs"
        made.fields += [field for field in fields if field.kind != "measure"]
        return True

    def _quoted_finding(self, segment: Segment, words: Line) -> Entry:
        self.styles, self.parents = [], []
        entry = self._new("finding", Segment(segment.line, None), words.raw)
        entry.number = segment.label.raw if segment.label else ""
        entry.quoted = True
        return entry

    def _blocks_follow(self) -> bool:
        """Whether the next line is a labelled problem, so that this one only names its group."""
        near = next((line for line in self.ahead if line.plain.strip()), None)
        piece = segments_of(near, {})[0] if near else None
        fields = fields_of(piece.line)[1] if piece else []
        return bool(fields) and fields[0].kind == "problem"
