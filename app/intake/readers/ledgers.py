"""Ledgers: every row of a grid below its header becomes findings with the measures of the same row."""

from __future__ import annotations

from collections.abc import Mapping

from app.intake.readers import abreast, by_content, checks, filling, matrices, noitem, spots, whole, worth
from app.intake.readers.cells import Parts, parts_of
from app.intake.readers.grids import Grid
from app.intake.readers.headers import Header, corrected, find_header, header_at
from app.intake.readers.judging import says_none, sounds_wrong
from app.intake.readers.lines import fold, fold_at_once
from app.intake.readers.pairs import number_of
from app.intake.readers.parts import Part
from app.intake.readers.same_row import links_to
from app.intake.readers.values import Row, Said
from app.intake.reading import SetAside
from workflows.grammar import Sentence

_ENOUGH = 200  # rows that show whether columns hold dots only


def read_ledger(grid: Grid, part: Part, columns: Mapping[str, str]) -> bool:
    """Add what every table of one sheet says to `part`; False when the sheet has none."""
    grid = spots.problems_down(abreast.laid_out(grid))
    head = find_header(grid, 0)
    if head is None or not head.all("problem"):
        grid, head = matrices.header_of(grid, head) or (grid, head)
    head = head or by_content.guessed(grid)
    if head is None:
        return False
    while head is not None:
        by_content.settle(head, grid)
        head = corrected(head, grid, columns)
        part.note_columns(grid, head)
        end = _end(grid, head)
        Body(grid, head, part).read(end)
        head = find_header(grid, end, 1) if end < len(grid.rows) else None
    return True


def _end(grid: Grid, head: Header) -> int:
    """Where the next header stands that names other columns than this one."""
    for at in range(head.body, len(grid.rows)):
        first = next(filter(None, grid.rows[at]), "")
        if first and len(first) <= 12 and not first[:1].isdigit() and header_at(grid.rows, at):
            return at
    return len(grid.rows)


class Body:
    """The rows below one header, read from top to bottom."""

    def __init__(self, grid: Grid, head: Header, part: Part) -> None:
        self.grid, self.head, self.part = grid, head, part
        self.values = Row(head, grid, part)
        self.problem = head.first("problem")
        self.results = [] if self.problem is not None else head.all("result")
        self.telling = checks.telling(grid.rows[head.body :], self.results) if self.results else frozenset[int]()
        self.measures = head.all("measure")
        self.number = head.first("number")
        self.places: list[int] = []
        self.is_alike = False  # one problem of the row, told for several units
        self.fill = filling.Filling(grid, head)
        self.last: list[int] = []
        self.labels: list[int] = []
        self.said: Said | None = None
        self.odd: dict[int, set[int]] = {}
        self.is_ours = set(head.names) >= {"问题编号", "问题来源", "当前状态"}  # a ledger we wrote: a row, a problem

    def read(self, end: int) -> None:
        """Every row down to `end`."""
        rows = self.grid.rows[self.head.body : end]
        self.places = spots.places_of(self.head, rows[:_ENOUGH])
        for place in self.measures:
            self.odd[place] = self._places(whole.odd_measures(self._column(rows, place)))
        odd = set(range(self.head.body, end))
        if self.problem is not None:
            dated = self.values.dated_in_words
            odd = self._places(whole.odd_problems(self._column(rows, self.problem), dated=dated))
            for place in self.values.asking if dated else ():
                odd |= self._places(whole.dated(self._column(rows, place)))
            if checks.judges(self.head) or self.places:
                odd = set(range(self.head.body, end))
        odd = self.fill.rows if self.is_ours else odd | self.fill.rows
        for at, row in enumerate(rows, self.head.body):
            if at not in odd and self._is_numbered(row):
                self._usual(at, row)
            elif any(row):
                self.row(at, row)

    def _column(self, rows: list[list[str]], place: int) -> list[str]:
        return fold_at_once([row[place] if place < len(row) else "" for row in rows])

    def _places(self, odd: set[int]) -> set[int]:
        return {self.head.body + at for at in odd}

    def _usual(self, at: int, row: list[str]) -> None:
        """A numbered row with one problem, as most are."""
        assert self.problem is not None
        _goes_on, row = self.fill.row(at, row, self.problem)
        self.said = said = self.values.said(at, row)
        self.last = [len(self.part.findings)]
        self.part.findings.append(self.values.whole(said, row[self.problem], row[0]))
        links = links_to(self.last, 0, 1)
        for place in self.measures:
            if at in self.odd[place]:
                self._answer(at, row, place)
            else:
                self.part.measures.append(self.values.measure(said, row[place], "", links))

    def row(self, at: int, row: list[str]) -> None:
        """Any row, by all the rules."""
        if not self._is_numbered(row) and (reason := self._why_no_item(row)):
            return self._aside(at, row, reason) if reason is not noitem.GROUP else self._group(row)
        goes_on, row = self.fill.row(at, row, self.problem)
        if self.last and goes_on:
            self.said = self.values.said(at, row)
        else:
            self.last = self._problems(at, row)
        return self._answers(at, row) if self.last else None

    def _is_numbered(self, row: list[str]) -> bool:
        """A row whose first cell counts and that names a problem: most rows, so it is asked first."""
        return self.number == 0 and row[0].isdigit() and self._cell(row, self.problem) != ""

    def _cell(self, row: list[str], place: int | None) -> str:
        return row[place] if place is not None and place < len(row) else ""

    def _why_no_item(self, row: list[str]) -> Sentence | None:
        return noitem.why_no_item(row, bool(self.grid.merged), self._cell(row, self.problem))

    def _group(self, row: list[str]) -> None:
        if words := noitem.name_of_group(row):
            self.last = []
            self.values.begin_group(words)

    def _aside(self, at: int, row: list[str], reason: Sentence) -> None:
        text = " | ".join(filter(None, row))
        self.part.set_aside.append(SetAside(self.grid.name, self.grid.place(at), text[:200], reason))
        if reason is noitem.NO_PROBLEM:
            self.part.without_problem.append(self.grid.place(at))

    # the problems of a row

    def _problems(self, at: int, row: list[str]) -> list[int]:
        if self.problem is None:
            named = checks.defects_of(row, self.head, self.results, self.telling)
            if not named and any(self._cell(row, place) for place in self.results):
                self._passed(at, row)
            return self._found(at, row, named)
        if self.places and not spots.is_marked(row, self.places):
            self._passed(at, row)
            return []
        text = row[self.problem] or checks.failed_item(row, self.head)
        if checks.passes(row, self.head) and not sounds_wrong(fold(text)):
            self._passed(at, row)
            return []
        if len(text) <= 40 and (says := noitem.says_nothing(fold(text))):
            self._passed(at, row) if says is noitem.PASSED else self._aside(at, row, says)
            return []
        named, units = parts_of(text), spots.units_of(self.head, row, self.places)
        self.is_alike = bool(units) and len(named) == 1
        return spots.at_each(self.part.findings, self._found(at, row, named), units)

    def _passed(self, at: int, row: list[str]) -> None:
        self.part.passed += 1
        self._aside(at, row, noitem.PASSED)

    def _found(self, at: int, row: list[str], named: Parts) -> list[int]:
        if not named:
            return []
        self.said = said = self.values.said(at, row)
        known = self.part.findings
        number = row[self.number] if self.number is not None else ""
        first, several = len(known), len(named) > 1
        self.labels = [number_of(label) for label, _ in named if label]
        known += [self.values.finding(said, text, label or number, several) for label, text in named]
        return list(range(first, len(known)))

    # the measures of a row

    def _answers(self, at: int, row: list[str]) -> None:
        for place in self.measures:
            self._answer(at, row, place)

    def _answer(self, at: int, row: list[str], place: int) -> None:
        assert self.said is not None
        text = row[place]
        if not text or self.fill.is_repeated(at, place):
            return
        if len(text) <= 24 and (says_none(plain := fold(text)) or worth.is_a_status(plain)):
            return
        named = parts_of(text)
        labels = [number_of(label) for label, _ in named]
        for which, (label, words) in enumerate(named):
            links = links_to(self.last, which, len(named), is_sure=labels == self.labels, is_alike=self.is_alike)
            self.part.measures.append(self.values.measure(self.said, words, label, links))
