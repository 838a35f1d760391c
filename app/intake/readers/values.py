"""The values of one row: unit, owner, deadline and everything else, each beside the words it was read from."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from operator import itemgetter
from typing import NamedTuple

from app.intake.readers.dates import deadline_in, read_date
from app.intake.readers.grids import Grid
from app.intake.readers.headers import Header
from app.intake.readers.lines import fold
from app.intake.readers.parts import Part
from app.intake.readers.people import is_nobody, names_in, unit_alone
from app.intake.readers.settle import not_before, split_demand
from app.intake.reading import Link, ReadDate, ReadFinding, ReadMeasure

_TAKEN = {"problem", "number", "measure", "site", "unit", "owner", "planned", "unknown"}
_INSIDE = re.compile(r".{0,10}(?:处|科|室|组|部|队|班|食堂|宿舍|门卫|安办|团委|少先队|工会|年级|办公室|保卫|后勤)")


class Said(NamedTuple):
    """All that a row says beside its problem."""

    unit: str | None
    own_unit: str | None
    owner: str | None
    owner_raw: str
    due: ReadDate | None
    extra: dict[str, str]
    partner: str
    category: str
    row: int
    pictures: tuple[str, ...]


class Row:
    """Reads rows below one header; `group` and `group_unit` come from rows that only name a group."""

    def __init__(self, head: Header, grid: Grid, part: Part) -> None:
        self.head, self.grid, self.part = head, grid, part
        self.of = {meaning: head.all(meaning) for meaning in set(head.meanings) if meaning}
        self.owners = self.of.get("owner") or self.of.get("leader") or []
        named = [(place, name) for place, name in enumerate(head.names) if name]
        taken = {place for meaning in _TAKEN for place in self.of.get(meaning, ())[:1]} | set(
            self.of.get("measure", ())
        )
        self.extra = [(place, name) for place, name in named if place not in taken]
        self.site, self.unit, self.partner, self.category, self.planned, self.unknown = (
            _getter(self.of.get(meaning, []))
            for meaning in ("site", "unit", "partner", "category", "planned", "unknown")
        )
        self.group, self.group_unit = "", ""
        self.sheet_unit = grid.name.strip() if unit_alone(fold(grid.name)) else ""

    def said(self, at: int, row: list[str]) -> Said:
        """Everything the row says; what is no unit, person or day stays in `extra` under its own heading."""
        owner, owner_raw = self._owner(row)
        extra = {name: row[place] for place, name in self.extra if row[place]}
        own_unit = self.unit(row)
        unit, beside = unit_of(self.site(row) or self._default_unit(), own_unit)
        if beside:
            self._keep(extra, "unit" if beside == own_unit else "site", beside)
        if owner_raw and owner is None and not is_nobody(fold(owner_raw)):
            extra[self.head.names[self.owners[0]]] = owner_raw
        due = self._due(row)
        if due and due.meaning == "done":
            self._keep(extra, "unknown", due.raw)
            due = None
        grid = self.grid
        return Said(unit, own_unit or None, owner, owner_raw, due, extra, self.partner(row),
                    self.category(row) or self.group, grid.place(at), grid.pictures.get(at, ()))  # fmt: skip

    def _default_unit(self) -> str:
        return self.group_unit or self.sheet_unit or self.part.unit or ""

    def _keep(self, extra: dict[str, str], meaning: str, words: str) -> None:
        if places := self.of.get(meaning):
            extra[self.head.names[places[0]]] = words

    def _owner(self, row: list[str]) -> tuple[str | None, str]:
        first = ""
        for place in self.owners:
            if cell := row[place]:
                if names := names_of(cell):
                    return names, cell
                first = first or cell
        return None, first

    def _due(self, row: list[str]) -> ReadDate | None:
        if cell := self.planned(row):
            return when(cell, "planned", self.part.year)
        return when(cell, "unknown", self.part.year) if (cell := self.unknown(row)) else None

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
            self.grid.name, said.row, said.pictures,
        )  # fmt: skip

    def measure(self, said: Said, text: str, number: str, links: tuple[Link, ...]) -> ReadMeasure:
        """One measure of the row, with the owner and the day that stand beside it."""
        dates = (said.due,) if said.due else ()
        return ReadMeasure(text, number, said.own_unit, said.owner, said.owner_raw, dates, links, said.row, {},
                           self.grid.name, said.row)  # fmt: skip


def _getter(places: list[int]) -> Callable[[list[str]], str]:
    """What takes the first cell that holds something from these columns; made once a table, called for every row."""
    if not places:
        return lambda _row: ""
    if len(places) == 1:
        return itemgetter(places[0])
    return lambda row: next((row[place] for place in places if row[place]), "")


@functools.lru_cache(maxsize=8192)
def unit_of(site: str, unit: str) -> tuple[str | None, str]:
    """The unit that answers and the other one: the responsible one, or the school where only an office is named."""
    site, unit = ("" if is_nobody(fold(said)) else said for said in (site, unit))
    if not unit or not site:
        return unit or site or None, ""
    inside = (_INSIDE.fullmatch(fold(unit)) or len(unit) <= 3) and not unit_alone(fold(unit))
    return (site, unit) if inside else (unit, site)


@functools.lru_cache(maxsize=8192)
def when(raw: str, meaning: str, year: int | None) -> ReadDate:
    """A cell as a date."""
    return read_date(raw, fold(raw), meaning, year)


@functools.lru_cache(maxsize=8192)
def names_of(raw: str) -> str | None:
    """The persons a cell names."""
    return names_in(fold(raw))
