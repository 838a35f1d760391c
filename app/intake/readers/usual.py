"""Runs of rows as most are, one whole problem in each: told column by column, a third of the cost of row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat

from app.intake.readers.checks import PRAISE
from app.intake.readers.headers import Header
from app.intake.readers.spelled import tick
from app.intake.readers.values import Beside, Row, Said
from app.intake.reading import Link, ReadFinding, ReadMeasure


class Run:
    """Rows of one table that follow each other, the first in row `at`; their gaps are filled."""

    def __init__(self, values: Row, at: int, rows: Sequence[list[str]]) -> None:
        self.values, self.rows, self.sheet = values, rows, values.grid.name
        self.columns = list(zip(*rows, strict=False))  # to the end of the shortest, and none ends before the header
        self.besides = self._besides()
        self.fields = dict(zip(Beside._fields, zip(*self.besides, strict=True), strict=True))
        self.extras = self._extras()
        self.places = values.grid.places(at, len(rows))
        self.pictures = [
            values.pictures(row) if row in values.grid.pictures else () for row in range(at, at + len(rows))
        ]
        self.ticks = self._ticks()

    def _besides(self) -> list[Beside]:
        """What stands beside the problems, told once for rows that say the same there."""
        keys, known = list(map(self.values.key, self.rows)), self.values.known
        for key, row in dict(zip(keys, self.rows, strict=True)).items():
            if key not in known:
                known[key] = self.values.beside(row)
        return list(map(known.__getitem__, keys))

    def _extras(self) -> list[dict[str, str]]:
        held = [(name, self.columns[place]) for place, name in self.values.extra]
        has_gaps = any("" in column for _name, column in held)
        blank = {} if has_gaps else {name: "" for name, _column in held}  # to be filled costs less than to grow
        extras = [blank.copy() for _row in self.rows]
        for name, column in held:
            for extra, cell in zip(extras, column, strict=True):
                if cell:
                    extra[name] = cell
        for extra, kept in zip(extras, self.fields["kept"], strict=True) if any(self.fields["kept"]) else ():
            extra.update(kept)
        return extras

    def _ticks(self) -> list[dict[str, bool]]:
        asked = self.values.ticks
        if not asked:
            return [{} for _row in self.rows]
        return [{name: said for place, name in asked if (said := tick(row[place])) is not None} for row in self.rows]

    def findings(self, problem: int, number: int | None) -> Iterable[ReadFinding]:
        """One problem a row."""
        numbers = repeat("") if number is None else self.columns[number]
        beside, ends = self.fields, zip(*self.fields["ends"], strict=True)
        return map(ReadFinding, self.columns[problem], numbers, beside["unit"], beside["owner"], beside["owner_raw"],
                   *ends, self.places, self.extras, beside["partner"], beside["category"], repeat(self.sheet),
                   self.places, self.pictures, self.ticks)  # fmt: skip

    def measures(self, place: int, links: Iterable[tuple[Link, ...]]) -> Iterable[ReadMeasure]:
        """One measure a row, from the column at `place`."""
        beside, nothing = self.fields, map(dict.copy, repeat(dict[str, str]()))
        return map(ReadMeasure, self.columns[place], repeat(""), beside["own_unit"], beside["owner"],
                   beside["owner_raw"], beside["dates"], links, self.places, nothing, repeat(self.sheet), self.places)  # fmt: skip

    def said(self, n: int) -> Said:
        """All that one of the rows says beside its problem."""
        return self.besides[n], self.extras[n], self.places[n], self.pictures[n], self.ticks[n]


def praised(rows: Sequence[Sequence[str]], head: Header) -> set[int]:
    """The places of the rows whose kind is a good practice."""
    kinds = [[row[place] if place < len(row) else "" for row in rows] for place in head.all("category", "weight")]
    return {at for column in kinds if any(map(PRAISE.fullmatch, {*column}))
            for at, kind in enumerate(column) if PRAISE.fullmatch(kind)}  # fmt: skip
