"""What one table or one stretch of prose yields, before the parts of a file become its reading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from app.intake.readers.grids import Grid
from app.intake.readers.headers import Header
from app.intake.reading import ReadColumn, ReadFinding, ReadMeasure, SetAside


@dataclass
class Part:
    """Findings and measures whose links count within this part; what the whole file says of year, day and unit."""

    year: int | None = None
    written: date | None = None
    unit: str | None = None
    place: str = ""  # what the line before a table names
    findings: list[ReadFinding] = field(default_factory=list)
    measures: list[ReadMeasure] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    columns: list[ReadColumn] = field(default_factory=list)
    without_problem: list[int] = field(default_factory=list)
    passed: int = 0
    after: set[tuple[str, int, str]] = field(default_factory=set)  # pictures of what was done, by sheet and row

    def note_columns(self, grid: Grid, head: Header) -> None:
        """Remember what every column was taken for, so that a person can say otherwise."""
        known = {one.key for one in self.columns}
        named = [
            ReadColumn(grid.name, place, name, meaning, place in grid.hidden_columns)
            for place, (name, meaning) in enumerate(zip(head.names, head.meanings, strict=True))
            if name
        ]
        self.columns += [one for one in named if one.key not in known]

    def add(self, other: Part) -> None:
        """Append what another part yielded; its links move along."""
        moved = len(self.findings)
        self.findings += other.findings
        self.measures += [_moved(measure, moved) for measure in other.measures] if moved else other.measures
        self.set_aside += other.set_aside
        self.columns += other.columns
        self.without_problem += other.without_problem
        self.passed += other.passed
        self.after |= other.after


def _moved(measure: ReadMeasure, by: int) -> ReadMeasure:
    return replace(measure, links=tuple(replace(link, finding=link.finding + by) for link in measure.links))
