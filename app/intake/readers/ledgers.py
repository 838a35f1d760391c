"""Ledgers: every row of a grid below its header becomes findings with the measures of the same row."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.intake.readers import checks, filling, worth
from app.intake.readers.cells import Parts, parts_of
from app.intake.readers.grids import Grid
from app.intake.readers.headers import Header, corrected, find_header, header_at
from app.intake.readers.judging import has_passed, says_none
from app.intake.readers.lines import fold, fold_at_once
from app.intake.readers.parts import Part
from app.intake.readers.rules import rule
from app.intake.readers.values import Row, Said
from app.intake.reading import Link, SetAside
from workflows.grammar import Sentence, say

_TOTAL = rule(r"(?:合计|总计|小计|共计|累计)(?:[:\d]|$)|总数$")
_NOTE = rule(
    r"(?:备注|注|说明|填表说明|填报说明|注意事项|注释)\d?[:.、]|填表说明|"
    r".{0,8}(?:填报人|填表人|审核人|制表人|报送人|联系人|单位负责人|负责人|检查人员?|责任督学|督学|校长|园长|检查组|领导|陪检人)"
    r"\s?(?:\(?签[字名章]\)?|签章)?\s?[:(]|.{0,12}(?:签字|签名|盖章)\)?[:\s]*$"
)
_LEADING = rule(r"^[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）、.．]+\s*")
_ROW = say("The same row names both.")
_NUMBER = say("Both carry the same number in one row.")
_TOGETHER = say("The row names several problems and this measure.")
NO_PROBLEM = say("The row names no problem.")
PASSED = say("The row reads as a passed check.")
TOTAL = say("The row is a total.")
GROUP = say("The row is the heading of a group.")
NOTE = say("The row is a note or a signature.")


def read_ledger(grid: Grid, part: Part, columns: Mapping[str, str]) -> bool:
    """Add what every table of one sheet says to `part`; False when the sheet has none."""
    head = find_header(grid, 0)
    if head is None:
        return False
    while head is not None:
        head = corrected(head, grid, columns)
        part.note_columns(grid, head)
        end = _end(grid, head)
        _Body(grid, head, part).read(end)
        head = find_header(grid, end, 1) if end < len(grid.rows) else None
    return True


def _end(grid: Grid, head: Header) -> int:
    """Where the next header stands that names other columns than this one."""
    for at in range(head.body, len(grid.rows)):
        first = next(filter(None, grid.rows[at]), "")
        if first and len(first) <= 12 and not first[:1].isdigit() and header_at(grid.rows, at):
            return at
    return len(grid.rows)


class _Body:
    """The rows below one header, read from top to bottom."""

    def __init__(self, grid: Grid, head: Header, part: Part) -> None:
        self.grid, self.head, self.part = grid, head, part
        self.values = Row(head, grid, part)
        self.problem = head.first("problem")
        self.results = [] if self.problem is not None else head.all("result")
        self.measures = head.all("measure")
        self.number = head.first("number")
        self.fill = filling.Filling(grid, head)
        self.last: list[int] = []
        self.said: Said | None = None

    def read(self, end: int) -> None:
        """Every row down to `end`."""
        told = [place for place in (self.problem, *self.measures) if place is not None]
        rows = self.grid.rows[self.head.body : end]
        fold_at_once([row[place] for row in rows for place in told if place < len(row)])
        for at, row in enumerate(rows, self.head.body):
            if any(row):
                self._row(at, row)

    def _row(self, at: int, row: list[str]) -> None:
        if not self._is_numbered(row) and (reason := self._no_item(row)):
            return self._aside(at, row, reason) if reason is not GROUP else self._group(row)
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

    def _no_item(self, row: list[str]) -> Sentence | None:
        """Why a row is none of the list: a total, a note, a signature, or the heading of a group."""
        held = [cell for cell in row if cell]
        plain = re.sub(r"\s", "", fold(held[0][:80]))
        if _TOTAL.match(plain):
            return TOTAL
        if _NOTE.match(plain) or (len(held) <= 2 and plain.startswith(("以上", "特此", "此表", "本表"))):
            return NOTE
        alone = len(held) == 1 or (bool(self.grid.merged) and len(set(held)) == 1)
        return GROUP if alone and len(plain) <= 30 and not self._cell(row, self.problem) else None

    def _group(self, row: list[str]) -> None:
        words = _LEADING.sub("", next(cell for cell in row if cell))
        if words.isdigit() or not words:
            return
        self.last = []
        self.values.begin_group(words)

    def _aside(self, at: int, row: list[str], reason: Sentence) -> None:
        text = " | ".join(filter(None, row))
        self.part.set_aside.append(SetAside(self.grid.name, self.grid.place(at), text[:200], reason))
        if reason is NO_PROBLEM:
            self.part.without_problem.append(self.grid.place(at))

    # the problems of a row

    def _problems(self, at: int, row: list[str]) -> list[int]:
        if self.problem is None:
            named = checks.defects_of(row, self.head, self.results)
            if not named and any(self._cell(row, place) for place in self.results):
                self._passed(at, row)
            return self._found(at, row, named)
        text = row[self.problem]
        if len(text) <= 40 and (says := _says_nothing(fold(text))):
            self._passed(at, row) if says is PASSED else self._aside(at, row, says)
            return []
        return self._found(at, row, parts_of(text))

    def _passed(self, at: int, row: list[str]) -> None:
        self.part.passed += 1
        self._aside(at, row, PASSED)

    def _found(self, at: int, row: list[str], named: Parts) -> list[int]:
        if not named:
            return []
        self.said = said = self.values.said(at, row)
        known = self.part.findings
        number = row[self.number] if self.number is not None else ""
        first, several = len(known), len(named) > 1
        known += [self.values.finding(said, text, label or number, several) for label, text in named]
        return list(range(first, len(known)))

    # the measures of a row

    def _answers(self, at: int, row: list[str]) -> None:
        assert self.said is not None
        for place in self.measures:
            text = row[place]
            if not text or self.fill.is_repeated(at, place):
                continue
            if len(text) <= 24 and (says_none(plain := fold(text)) or worth.is_a_status(plain)):
                continue
            named = parts_of(text)
            for which, (label, words) in enumerate(named):
                links = _links(self.last, which, len(named))
                self.part.measures.append(self.values.measure(self.said, words, label, links))


def _says_nothing(plain: str) -> Sentence | None:
    if len(plain) > 24 and not has_passed(plain):
        return None
    if not plain or worth.is_left_open(plain):
        return NO_PROBLEM
    return PASSED if has_passed(plain) else None


def _links(findings: list[int], which: int, of: int) -> tuple[Link, ...]:
    """One problem in the row: certain. Several: at best the same number, and never certain."""
    if len(findings) == 1:
        return (Link(findings[0], True, _ROW),)
    if of == len(findings):
        return (Link(findings[which], False, _NUMBER),)
    return tuple(Link(place, False, _TOGETHER) for place in findings[:5])
