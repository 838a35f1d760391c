"""The rows below one header: each becomes findings with the measures of the same row, or is set aside with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.intake.readers import checks, each, filling, further, noitem, same_row, spots, usual, whole, worth
from app.intake.readers.cells import Parts, parts_of
from app.intake.readers.grids import Grid
from app.intake.readers.headers import Header
from app.intake.readers.judging import sounds_wrong
from app.intake.readers.left import Left
from app.intake.readers.lines import fold, fold_at_once, keep
from app.intake.readers.pairs import number_of
from app.intake.readers.parts import Part
from app.intake.readers.values import Row, Said
from workflows.grammar import Sentence

_FEW = 3  # rows that are sooner read one by one
_ENOUGH = 200  # rows that show whether columns hold dots only


class Body:
    """The rows below one header, read from top to bottom."""

    def __init__(self, grid: Grid, head: Header, part: Part) -> None:
        self.grid, self.head, self.part = grid, head, part
        self.values, self.left = Row(head, grid, part), Left(grid, part)
        self.problem = head.first("problem")
        self.results = [] if self.problem is not None else head.all("result")
        self.telling = checks.telling(grid.rows[head.body :], self.results) if self.results else frozenset[int]()
        self.may_pass = checks.judges(head) or bool(head.all("category", "weight"))
        self.measures = head.all("measure")
        self.number = head.first("number")
        self.places: list[int] = []
        self.is_alike = False  # one problem of the row, told for several units
        self.fill = filling.Filling(grid, head)
        self.last: list[int] = []
        self.labels: list[int] = []
        self.said: Said | None = None
        self.saids: list[Said] = []  # for each problem of the row
        self.odd: dict[int, set[int]] = {}
        self.is_ours = set(head.names) >= {"问题编号", "问题来源", "当前状态"}  # a ledger we wrote: a row, a problem

    def read(self, end: int) -> None:
        """Every row down to `end`: those that are as most are run by run, the others one by one."""
        begun = self.head.body
        rows = self.grid.rows[begun:end]
        self.places = spots.places_of(self.head, rows[:_ENOUGH])
        for place in self.measures:
            self.odd[place] = self._odd(rows, place, whole.odd_measures)
        for at in (*sorted(self._odd_rows(rows, end)), end):
            if begun + _FEW < at:
                self._usual(begun, self.grid.rows[begun:at])
                begun = at
            for one in range(begun, at):
                self.row(one, self.grid.rows[one])
            if at < end and any(row := self.grid.rows[at]):
                self.row(at, row)
            begun = at + 1
        self.left.end()

    def _odd_rows(self, rows: list[list[str]], end: int) -> set[int]:
        """The rows that all the rules have to look at."""
        every = range(self.head.body, end)
        odd = set(every) if self.problem is None else self.fill.rows.intersection(every)
        if self.problem is not None and not self.is_ours:
            odd |= set(every) if checks.judges(self.head) or self.places else self._odd_problems(rows, self.problem)
        others = ((at, row) for at, row in zip(every, rows, strict=True) if not self._is_numbered(row))
        return odd | {at for at, row in others if at not in odd and not self._is_usual(row)}

    def _odd_problems(self, rows: list[list[str]], problem: int) -> set[int]:
        dated = self.values.dated_in_words
        odd = self._odd(rows, problem, whole.dated_problems if dated else whole.odd_problems)
        for place in self.values.asking if dated else ():
            odd |= self._odd(rows, place, whole.dated)
        return odd | {self.head.body + at for at in usual.praised(rows, self.head)}

    def _odd(self, rows: list[list[str]], place: int, judge: Callable[[Sequence[str]], set[int]]) -> set[int]:
        """The rows whose cell in that column is odd."""
        cells = [row[place] if place < len(row) else "" for row in rows]
        plains = fold_at_once(cells)
        odd = judge(plains)
        keep({cells[at]: plains[at] for at in odd})
        return {self.head.body + at for at in odd}

    def _usual(self, at: int, rows: list[list[str]]) -> None:
        """Rows with one problem each, as most are."""
        assert self.problem is not None
        run, first = usual.Run(self.values, at, self.fill.usual(at, rows, self.problem)), len(self.part.findings)
        self.part.findings += run.findings(self.problem, self.number)
        links, self.saids = same_row.links_alone(first, len(rows)), []
        odd = {place for place in self.measures if not self.odd[place].isdisjoint(range(at, at + len(rows)))}
        if len(self.measures) == 1 and not odd:
            self.part.measures += run.measures(self.measures[0], links)
        for n, row in enumerate(run.rows if odd or len(self.measures) > 1 else ()):
            self.said, self.last = run.said(n), [first + n]
            for place in self.measures:
                if at + n in self.odd[place]:
                    self._answer(at + n, row, place)
                else:
                    self.part.measures.append(self.values.measure(self.said, row[place], "", links[n]))
        self.said, self.last = run.said(-1), [len(self.part.findings) - 1]

    def row(self, at: int, row: list[str]) -> None:
        """Any row, by all the rules."""
        if not self._is_numbered(row) and (reason := self._why_no_item(row)):
            self.left.aside(at, row, reason) if reason is not noitem.GROUP else self._group(at, row)
            return
        goes_on, row = self.fill.row(at, row, self.problem)
        if goes_on := bool(self.last and goes_on):
            self.said, self.saids = self.values.said(at, row), []
        else:
            self.last = self._problems(at, row)
        before = len(self.part.measures)
        for place in self.measures if self.last else ():
            self._answer(at, row, place)
        if goes_on:
            known = [self.part.findings[place] for place in self.last]
            further.of_a_row(self.grid.rows[at], self.head, known, self.part.measures[before:])
        if len(self.last) > 1 and self.values.dated_in_words:
            same_row.date_by(self.part.findings, self.part.measures[before:], self.part.written)

    def _is_usual(self, row: list[str]) -> bool:
        """Whether the row counts itself in another way, or needs not, and names a problem."""
        is_counted = (self._cell(row, self.number) != "") is (self.number is not None)
        return is_counted and self._cell(row, self.problem) != "" and not self._why_no_item(row)

    def _is_numbered(self, row: list[str]) -> bool:
        """A row whose first cell counts and that names a problem: most rows, so it is asked first."""
        least = self.problem if self.number == 0 else None
        return least is not None and len(row) > least and row[0].isdigit() and row[least] != ""

    def _cell(self, row: list[str], place: int | None) -> str:
        return row[place] if place is not None and place < len(row) else ""

    def _why_no_item(self, row: list[str]) -> Sentence | None:
        return noitem.why_no_item(row, bool(self.grid.merged), self._cell(row, self.problem))

    def _group(self, at: int, row: list[str]) -> None:
        if words := self.left.begin(at, row):
            self.last = []
            self.values.begin_group(words)

    # the problems of a row

    def _problems(self, at: int, row: list[str]) -> list[int]:
        if self.problem is None:
            named = checks.defects_of(row, self.head, self.results, self.telling)
            if not named and any(self._cell(row, place) for place in self.results):
                self.left.passed(at, row)
            elif not named:
                self.left.aside(at, row, noitem.NO_RESULT)
            return self._found(at, row, named)
        if self.places and not spots.is_marked(row, self.places):
            self.left.passed(at, row)
            return []
        text = row[self.problem] or checks.failed_item(row, self.head)
        if self.may_pass and checks.passes(row, self.head) and not sounds_wrong(fold(text)):
            self.left.passed(at, row)
            return []
        is_told = row[self.problem] != "" or not text  # and not only what was looked at
        if is_told and len(text) <= (80 if text.isascii() else 40) and (says := noitem.says_nothing(fold(text))):
            self.left.passed(at, row) if says is noitem.PASSED else self.left.aside(at, row, says)
            return []
        named, units = parts_of(text), spots.units_of(self.head, row, self.places)
        self.is_alike = bool(units) and len(named) == 1
        return spots.at_each(self.part.findings, self._found(at, row, named), units)

    def _found(self, at: int, row: list[str], named: Parts) -> list[int]:
        if not named:
            return []
        self.said = said = self.values.said(at, row)
        known = self.part.findings
        number = row[self.number] if self.number is not None else ""
        first, several = len(known), len(named) > 1
        self.labels = [number_of(label) for label, _ in named if label]
        if self.labels and number and self.number is not None:
            said[1][self.head.names[self.number]] = number
        self.saids = each.of_each(self.values, said, row, self.labels, len(named))
        beside = zip(self.saids, named, strict=True)
        known += [self.values.finding(one, text, label or number, several) for one, (label, text) in beside]
        return list(range(first, len(known)))

    def _answer(self, at: int, row: list[str], place: int) -> None:
        assert self.said is not None
        text = row[place]
        if not text or self.fill.is_repeated(at, place):
            return
        named = same_row.measures_of(text, len(self.last))
        labels = [number_of(label) for label, _ in named]
        if not named and not worth.is_left_open(fold(text)):
            further.add([self.part.findings[one] for one in self.last], self.head.names[place], text)
        for which, (label, words) in enumerate(named):
            links = same_row.links_to(
                self.last, which, len(named), is_sure=labels == self.labels, is_alike=self.is_alike
            )
            said = self.saids[which] if len(self.saids) == len(named) and labels == self.labels else self.said
            self.part.measures.append(self.values.measure(said, words, label, links))
