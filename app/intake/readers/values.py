"""The values of one row: unit, owner, deadline and everything else, each beside the words it was read from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from app.intake.readers import closing
from app.intake.readers.due import deadline_in, of_a_measure
from app.intake.readers.grids import Grid
from app.intake.readers.headers import Header
from app.intake.readers.lines import fold
from app.intake.readers.parts import Part
from app.intake.readers.people import answers, is_nobody, unit_alone
from app.intake.readers.settle import DEMAND, not_before, split_demand
from app.intake.readers.spelled import owners_of, tick, unit_of, when
from app.intake.readers.written import whose
from app.intake.reading import Link, Meaning, ReadDate, ReadFinding, ReadMeasure

_TAKEN = {"problem", "number", "measure", "site", "unit", "owner", "planned", "unknown"}
GROUP = "分组"
_ASKING = ("demand", "measure", "remark")
_REPEATED = ("site", "unit", "partner", "category", "planned", "unknown")


class Beside(NamedTuple):
    """What stands beside a problem and repeats from row to row; `kept` goes to the extra fields."""

    unit: str | None
    own_unit: str | None
    owner: str | None
    owner_raw: str
    due: ReadDate | None
    partner: str
    category: str
    kept: dict[str, str]
    ends: tuple[date | None, str, Meaning, bool]
    dates: tuple[ReadDate, ...]


# All that a row says beside its problem: what repeats, extra fields, its number, pictures and ticks. Most rows are
# told once and asked once, so it has no names: that costs more than half of the rest.
Said = tuple[Beside, dict[str, str], int, tuple[str, ...], dict[str, bool]]


class Row:
    """Reads rows below one header; a row that only names a group counts for those below it."""

    def __init__(self, head: Header, grid: Grid, part: Part) -> None:
        self.head, self.grid, self.part = head, grid, part
        self.of = {meaning: head.all(meaning) for meaning in set(head.meanings) if meaning}
        owners = self.of.get("owner") or self.of.get("leader") or []
        self.owners = sorted(owners, key=lambda place: "牵头" in head.names[place])  # who does it before who leads it
        named = [(place, name) for place, name in enumerate(head.names) if name]
        taken = {place for meaning in _TAKEN for place in self.of.get(meaning, ())[:1]} | set(
            self.of.get("measure", ())
        )
        self.extra = [(place, name) for place, name in named if place not in taken]
        self.ticks = [(place, head.names[place]) for place in self.of.get("tick", ()) if head.names[place]]
        self.site, self.unit, self.partner, self.category, self.planned, self.unknown = (
            _getter(self.of.get(meaning, [])) for meaning in _REPEATED
        )
        places = {place for meaning in _REPEATED for place in self.of.get(meaning, ())} | set(self.owners)
        self.after = {place for place, name in named if "整改后" in name or name.endswith(("后照片", "后图片"))}
        self.key: Callable[[list[str]], Any] = itemgetter(*sorted(places)) if places else lambda _row: ""
        self.known: dict[Any, Beside] = {}
        self.dated_in_words = "planned" not in self.of
        self.asking = [at for kind in _ASKING if "unknown" not in self.of for at in self.of.get(kind, ())]
        self.category_above, self.unit_above = "", ""
        self.sheet_unit = (grid.name.strip() if unit_alone(fold(grid.name)) else whose(grid)) or part.place

    def begin_group(self, words: str) -> None:
        """A row that only names a school or a category."""
        self.known.clear()
        if answers(fold(words)):
            self.unit_above = words.strip(" :：")
        else:
            self.category_above = words.strip(" :：")

    def said(self, at: int, row: list[str]) -> Said:
        """Everything the row says; what is no unit, person or day stays in `extra` under its own heading."""
        beside = self.known.get(key := self.key(row))
        if beside is None:
            beside = self.known[key] = self.beside(row)
        extra = {name: cell for place, name in self.extra if (cell := row[place])}
        if beside.kept:
            extra.update(beside.kept)
        ticks = {}
        if self.ticks:
            ticks = {name: said for place, name in self.ticks if (said := tick(row[place])) is not None}
        pictures = self.pictures(at) if at in self.grid.pictures else ()
        return beside, extra, self.grid.place(at), pictures, ticks

    def pictures(self, at: int) -> tuple[str, ...]:
        """What lies in the row and shows what is wrong; what shows the result belongs to who puts it right."""
        lying = self.grid.pictures[at]
        self.part.after |= {(self.grid.name, at, part) for column, part in lying if column in self.after}
        return tuple(part for column, part in lying if column not in self.after)

    def beside(self, row: list[str]) -> Beside:
        """What stands beside the problem of a row; the cells of its `key` tell all of it."""
        kept: dict[str, str] = {}
        owner, owner_raw = self._owner(row)
        own_unit = self.unit(row)
        unit, other = unit_of(self.site(row) or self._default_unit(), own_unit)
        if other:
            self._keep(kept, "unit" if other == own_unit else "site", other)
        if owner_raw and owner is None and not is_nobody(fold(owner_raw)):
            kept[self.head.names[self.owners[0]]] = owner_raw
        for place in self.owners if owner else ():
            if row[place] and row[place] != owner_raw:
                kept[self.head.names[place]] = row[place]
        due = self._due(row)
        if due and due.meaning == "done":
            self._keep(kept, "unknown" if due.raw == self.unknown(row) else "planned", due.raw)
            due = None
        elif due and (other := self.unknown(row)) and other != due.raw:
            self._keep(kept, "unknown", other)
        category = self.category(row) or self.category_above
        above = [one for one in (self.category_above, self.unit_above) if one not in ("", category, unit)]
        if above:
            kept[GROUP] = "\n".join(dict.fromkeys(above))
        ends = _as_it_ends(not_before(due, self.part.written))
        return Beside(unit, own_unit or None, owner, owner_raw, due, self.partner(row), category, kept, ends,
                      (due,) if due else ())  # fmt: skip

    def _default_unit(self) -> str:
        return self.unit_above or self.sheet_unit or self.part.unit or ""

    def _keep(self, extra: dict[str, str], meaning: str, words: str) -> None:
        if places := self.of.get(meaning):
            extra[self.head.names[places[0]]] = words

    def _owner(self, row: list[str]) -> tuple[str | None, str]:
        first = ""
        for place in self.owners:
            if cell := row[place]:
                if names := owners_of(cell):
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
        beside, extra, place, pictures, ticks = said
        if beside.due is None and self.dated_in_words:
            asked = closing.of_all(self._asked(place)) if one_of_many else self._asked(place)
            spoken = deadline_in(text, fold(text), year := self.part.year)
            spoken = spoken or next((due for one in asked if (due := of_a_measure(one, fold(one), year))), None)
            beside = beside._replace(ends=_as_it_ends(not_before(spoken, self.part.written)))
        if demand or one_of_many:
            asked = [said for said in (extra.get(DEMAND), demand) if said]
            extra = {**extra, DEMAND: "\n".join(asked)} if demand else dict(extra)
        return self.whole((beside, extra, place, pictures, ticks), words, number)

    def _asked(self, place: int) -> list[str]:
        """The cells that say what is to be done in that row."""
        row = self.grid.row(place)
        return [row[at] for at in self.asking if at < len(row) and row[at]]

    def whole(self, said: Said, text: str, number: str) -> ReadFinding:
        """A problem whose cell holds nothing else."""
        beside, extra, row, pictures, ticks = said
        on, raw, meaning, inferred = beside.ends
        return ReadFinding(
            text, number, beside.unit, beside.owner, beside.owner_raw, on, raw, meaning, inferred, row, extra,
            beside.partner, beside.category, self.grid.name, row, pictures, ticks,
        )  # fmt: skip

    def measure(self, said: Said, text: str, number: str, links: tuple[Link, ...]) -> ReadMeasure:
        """One measure of the row, with the owner and the day that stand beside it."""
        beside, _extra, row, *_shown = said
        dates = beside.dates
        if not dates and self.dated_in_words and (due := deadline_in(text, fold(text), self.part.year)):
            dates = tuple(filter(None, [not_before(due, self.part.written)]))
        return ReadMeasure(text, number, beside.own_unit, beside.owner, beside.owner_raw, dates, links, row, {},
                           self.grid.name, row)  # fmt: skip


def _as_it_ends(due: ReadDate | None) -> tuple[date | None, str, Meaning, bool]:
    """A deadline as a finding holds it."""
    return (due.on, due.raw, due.meaning, due.inferred) if due else (None, "", "planned", False)


def _getter(places: list[int]) -> Callable[[list[str]], str]:
    """What takes the first cell that holds something from these columns; made once a table, called for every row."""
    if not places:
        return lambda _row: ""
    if len(places) == 1:
        return itemgetter(places[0])
    return lambda row: next((row[place] for place in places if row[place]), "")
