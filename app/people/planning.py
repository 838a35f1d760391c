"""What an import would do: one line per row of the table, and whether anything stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.people.importing import Row
from app.people.models import Person
from app.units.models import Unit

NEW, KNOWN, WRONG = "new", "known", "wrong"


@dataclass
class Line:
    """One row with its verdict; `says` are the sentences for whoever must mend it."""

    row: Row
    what: str
    says: list[Any] = field(default_factory=list)
    known: bool = False

    @property
    def verdict(self) -> str:
        """Whether the row would be written, is there already, or must be mended."""
        return WRONG if self.says else KNOWN if self.known else NEW


@dataclass
class UnitLine(Line):
    """A unit to be made; `above` is a known unit or the line of one that is new too."""

    kind: str = ""
    account: bool = True
    above: Unit | UnitLine | None = None
    unit: Unit | None = None


@dataclass
class PersonLine(Line):
    """A person to be entered or found, and her post."""

    login: str = ""
    person: Person | None = None
    seat: Unit | UnitLine | None = None
    post: str = ""
    since: date | None = None
    is_again: bool = False


@dataclass
class Plan:
    """All lines in the order of the table."""

    units: list[UnitLine] = field(default_factory=list)
    people: list[PersonLine] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [*self.units, *self.people]

    @property
    def wrong(self) -> list[Line]:
        """The rows that must be mended before anything is written."""
        return [line for line in self.lines if line.verdict == WRONG]

    def new(self, lines: list[Any]) -> int:
        """How many of these would be written."""
        return sum(line.verdict == NEW for line in lines)

    @property
    def is_ready(self) -> bool:
        """Nothing to mend, and something to write."""
        return not self.wrong and any(line.verdict == NEW for line in self.lines)
