"""Entries: what the walk through a text collects before it becomes findings and measures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from app.intake.readers import closing
from app.intake.readers.blocks import Field
from app.intake.readers.closings import Closing, closing_in
from app.intake.readers.lines import Line, fold
from app.intake.readers.numbering import Label
from app.intake.readers.rules import rule

_AHEAD = rule(r"(?:如下|以下|下列)[^。;]{0,16}(?:问题|隐患|不足|行为)")
EntryKind = Literal["finding", "measure", "loose"]


@dataclass(eq=False)
class Entry:
    """A finding or measure in the making; `answers` is the finding the text itself puts a measure under."""

    kind: EntryKind
    line: int
    label: Label | None = None
    parts: list[str] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    depth: int = 0
    list_id: int = 0
    parent: Entry | None = None
    children: int = 0
    answers: Entry | None = None
    also: list[Entry] = field(default_factory=list)  # the others that a measure answers
    unit: str | None = None
    category: str = ""
    number: str = ""
    quoted: bool = False

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()

    def say(self, raw: str) -> None:
        """Add words; a line that ended without punctuation goes on without a gap."""
        if raw:
            self.parts.append(raw)


@dataclass
class Collected:
    """Everything a walk found, and what it has to tell."""

    entries: list[Entry] = field(default_factory=list)
    common_deadline: str = ""
    closings: list[Closing] = field(default_factory=list)  # what is said below lists of problems
    passed: int = 0
    headings: int = 0
    set_out: bool = False  # whether a heading speaks of rectifying, and not of any measures
    set_aside: list[int] = field(default_factory=list)
    lines: int = 0
    places: bool = False  # whether headings name places
    unit: str | None = None  # whose the text is, when it names one

    _known: set[str] = field(default_factory=set)
    _looked_at: int = 0

    def had(self, kind: EntryKind) -> bool:
        """Whether the walk has met that kind so far; each entry is looked at once."""
        self._known.update(entry.kind for entry in self.entries[self._looked_at :])
        self._looked_at = len(self.entries)
        return kind in self._known

    def is_dated_by(self, line: Line) -> bool:
        """Whether the line gives all problems above their date, or says something of some by number; it is kept."""
        told = closing_in(line)
        if told is None:
            return False
        self.closings.append(told)
        return bool(told.clause or told.dates or told.asked or any(number > 0 for number in told.owners))

    def names_an_owner(self, line: Line) -> bool:
        """Whether the line was kept for who is named in it for all above."""
        return bool(self.closings) and self.closings[-1].line == line.number and bool(self.closings[-1].owners)

    def is_dated_ahead(self, line: Line) -> None:
        """“…存在如下问题,请于11月15日前全部整改到位” gives its date to the list that follows."""
        if _AHEAD.search(line.plain) and (clause := closing.for_all(line)) is not None:
            self.common_deadline = self.common_deadline or clause.raw

    def date_all(self, line: Line) -> None:
        """What stands under a heading of deadlines."""
        told = closing_in(line)
        if told and told.dates:
            self.closings.append(told)
        else:
            self.common_deadline = self.common_deadline or line.raw

    @property
    def deadline_for_all(self) -> str:
        """The one date that is given to all problems, those of a table beside the text too."""
        return next((one.clause for one in self.closings if one.clause), self.common_deadline)

    def of(self, kind: EntryKind) -> list[Entry]:
        """The entries of one kind, in the order of the text."""
        return [entry for entry in self.entries if entry.kind == kind]


def named_before(entry: Entry, heading: re.Pattern[str]) -> tuple[re.Match[str] | None, Line, Line]:
    """What names the place or part an item begins with, if anything, the whole of it, and the words behind the name."""
    whole = Line(entry.line, entry.text, fold(entry.text))
    hit = heading.match(whole.plain)
    return hit, whole, whole.cut(hit.end()) if hit else whole
