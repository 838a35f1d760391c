"""The values of one row: unit, owner, deadline and everything else, each beside the words it was read from."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date

from app.intake.readers.dates import deadline_in, read_date
from app.intake.readers.grids import Grid
from app.intake.readers.headers import Header
from app.intake.readers.lines import fold
from app.intake.readers.parts import Part
from app.intake.readers.people import is_nobody, names_in, unit_alone
from app.intake.readers.settle import not_before, split_demand
from app.intake.readers.worth import ticked
from app.intake.reading import Link, ReadDate, ReadFinding, ReadMeasure

_TAKEN = {"problem", "number", "measure", "site", "unit", "owner", "planned", "unknown"}
_INSIDE = re.compile(r".{0,10}(?:处|科|室|组|部|队|班|食堂|宿舍|门卫|安办|团委|少先队|工会|年级|办公室|保卫|后勤)")


@dataclass(frozen=True)
class Said:
    """All that a row says beside its problem."""

    unit: str | None
    owner: str | None
    owner_raw: str
    due: ReadDate | None
    extra: dict[str, str]
    raw: dict[str, str]
    partner: str
    category: str
    sheet: str
    row: int
    pictures: tuple[str, ...]


class Row:
    """Reads rows below one header; `group` and `group_unit` come from rows that only name a group."""

    def __init__(self, head: Header, grid: Grid, part: Part) -> None:
        self.head, self.grid, self.part = head, grid, part
        self.of = {meaning: head.all(meaning) for meaning in set(head.meanings) if meaning}
        owners = self.of.get("owner") or self.of.get("leader") or []
        self.owners = owners
        self.named = [(place, name) for place, name in enumerate(head.names) if name]
        taken = {place for meaning in _TAKEN for place in self.of.get(meaning, ())[:1]} | set(
            self.of.get("measure", ())
        )
        self.extra = [(place, name) for place, name in self.named if place not in taken]
        self.group, self.group_unit = "", ""
        self.sheet_unit = grid.name.strip() if unit_alone(fold(grid.name)) else None

    def _cell(self, row: list[str], meaning: str) -> str:
        for place in self.of.get(meaning, ()):
            if row[place] and row[place].strip():
                return row[place].strip()
        return ""

    def said(self, at: int, row: list[str]) -> Said:
        """Everything the row says; what is no unit, person or day stays in `extra` under its own heading."""
        owner, owner_raw = self._owner(row)
        raw = {name: row[place] for place, name in self.named if row[place] and row[place].strip()}
        extra = {name: row[place].strip() for place, name in self.extra if row[place] and row[place].strip()}
        unit = self._unit(row, extra)
        if owner_raw and owner is None and not is_nobody(fold(owner_raw)):
            extra[self.head.names[self.owners[0]]] = owner_raw
        due = self._due(row)
        if due and due.meaning == "done":
            extra.setdefault(self.head.names[self.of["unknown"][0]] if "unknown" in self.of else "完成时间", due.raw)
            due = None
        return Said(
            unit, owner, owner_raw, due, extra, raw, self._cell(row, "partner"), self._cell(row, "category") or self.group,
            self.grid.name, self.grid.place(at), self.grid.pictures.get(at, ()),
        )  # fmt: skip

    def _owner(self, row: list[str]) -> tuple[str | None, str]:
        first = ""
        for place in self.owners:
            cell = row[place].strip() if row[place] else ""
            if cell and (names := names_of(cell)):
                return names, cell
            first = first or cell
        return None, first

    def _unit(self, row: list[str], extra: dict[str, str]) -> str | None:
        """The unit that answers: the responsible one, or the school where only an office inside it is named."""
        site = self._cell(row, "site") or self.group_unit or self.sheet_unit or self.part.unit or ""
        unit = self._cell(row, "unit")
        site, unit = ("" if is_nobody(fold(said)) else said for said in (site, unit))
        if not unit or not site:
            return unit or site or None
        inside = _INSIDE.fullmatch(fold(unit)) or len(unit) <= 3
        kept, other = ("unit", unit) if inside and not unit_alone(fold(unit)) else ("site", site)
        if place := self.of.get(kept):
            extra[self.head.names[place[0]]] = other
        return site if kept == "unit" else unit

    def _due(self, row: list[str]) -> ReadDate | None:
        for meaning in ("planned", "unknown"):
            if cell := self._cell(row, meaning):
                return when(cell, meaning, self.part.year)
        return None

    def finding(self, said: Said, text: str, number: str, one_of_many: bool) -> ReadFinding:
        """One problem of the row."""
        words, demand = split_demand(text)
        due = said.due
        if due is None and "planned" not in self.of:
            due = deadline_in(text, fold(text), self.part.year)
        due = not_before(due, self.part.written)
        extra = dict(said.extra) if demand or one_of_many else said.extra
        if demand:
            extra.setdefault("整改要求", demand)
        return ReadFinding(
            words, number, said.unit, said.owner, said.owner_raw, due.on if due else None, due.raw if due else "",
            due.meaning if due else "planned", bool(due and due.inferred), said.row, extra, said.partner, said.category,
            said.sheet, said.row, said.raw, said.pictures,
        )  # fmt: skip

    def measure(self, at: int, row: list[str], text: str, number: str, links: tuple[Link, ...]) -> ReadMeasure:
        """One measure of the row, with the owner and the day that stand beside it."""
        owner, owner_raw = self._owner(row)
        due = self._due(row)
        place = self.grid.place(at)
        return ReadMeasure(
            text, number, self._cell(row, "unit") or None, owner, owner_raw, (due,) if due else (), links, place, {},
            self.grid.name, place,
        )  # fmt: skip

    def ticks(self, row: list[str]) -> dict[str, bool]:
        """The columns that ask yes or no, answered."""
        said = {self.head.names[place]: ticked(fold(row[place])) for place in self.of.get("tick", ()) if row[place]}
        return {name: answer for name, answer in said.items() if answer is not None}


@functools.lru_cache(maxsize=8192)
def when(raw: str, meaning: str, year: int | None) -> ReadDate:
    """A cell as a date."""
    return read_date(raw, fold(raw), meaning, year)


@functools.lru_cache(maxsize=8192)
def names_of(raw: str) -> str | None:
    """The persons a cell names."""
    return names_in(fold(raw))


__all__ = ["Row", "Said", "date", "names_of", "when"]
