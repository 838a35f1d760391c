"""Ledgers: every row of a grid below its header becomes findings with the measures of the same row."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.intake.readers import checks, filling, worth
from app.intake.readers.cells import Parts, parts_of
from app.intake.readers.grids import Grid
from app.intake.readers.headers import Header, corrected, find_header, header_at
from app.intake.readers.headings import has_passed, says_none
from app.intake.readers.lines import fold
from app.intake.readers.parts import Part
from app.intake.readers.people import unit_alone
from app.intake.readers.values import Row
from app.intake.reading import Link, ReadFinding, ReadMeasure, SetAside
from workflows.grammar import Sentence, say

_TOTAL = re.compile(r"(?:合计|总计|小计|共计|累计)(?:[:\d]|$)|总数$")
_NOTE = re.compile(
    r"(?:备注|注|说明|填表说明|填报说明|注意事项|注释)\d?[:.、]|填表说明|"
    r".{0,8}(?:填报人|填表人|审核人|制表人|报送人|联系人|单位负责人|负责人|检查人员?|责任督学|督学|校长|园长|检查组|领导|陪检人)"
    r"\s?(?:\(?签[字名章]\)?|签章)?\s?[:(]|.{0,12}(?:签字|签名|盖章)\)?[:\s]*$"
)
_ROW = say("The same row names both.")
_NUMBER = say("Both carry the same number in one row.")
_TOGETHER = say("The row names several problems and this measure.")
NO_PROBLEM = say("The row names no problem.")
PASSED = say("The row reads as a passed check.")
TOTAL = say("The row is a total.")
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
    word = next(iter(sorted({name for name in head.names if name}, key=len)), "")
    for at in range(head.body, len(grid.rows)):
        first = next((cell for cell in grid.rows[at] if cell.strip()), "")
        if len(first) <= 12 and not first[:1].isdigit() and word is not None and header_at(grid.rows, at):
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

    def read(self, end: int) -> None:
        """Every row down to `end`."""
        for at in range(self.head.body, end):
            row = self.grid.rows[at]
            if any(row) and any(cell.strip() for cell in row):
                self._row(at, row)

    def _row(self, at: int, row: list[str]) -> None:
        if reason := self._no_item(row):
            return self._aside(at, row, reason) if reason is not _SECTION else self._section(row)
        goes_on, row = self.fill.row(at, row, self.problem)
        if self.last and goes_on:
            return self._answers(at, row, self.last)
        found = self._problems(at, row)
        self.last = found
        return self._answers(at, row, found) if found else None

    def _no_item(self, row: list[str]) -> Sentence | None:
        """Why a row is none of the list: a total, a note, a signature, or the heading of a group."""
        held = [cell.strip() for cell in row if cell.strip()]
        first = held[0] if len(held[0]) < 80 else held[0][:80]
        plain = re.sub(r"\s", "", fold(first))
        if _TOTAL.match(plain):
            return TOTAL
        if _NOTE.match(plain) or (len(held) <= 2 and plain.startswith(("以上", "特此", "此表", "本表"))):
            return NOTE
        alone = len(held) == 1 or (self.grid.merged and len(set(held)) == 1)
        return _SECTION if alone and len(plain) <= 30 and self.problem is not None and not self._is_item(row) else None

    def _is_item(self, row: list[str]) -> bool:
        return self.problem is not None and self.problem < len(row) and bool(row[self.problem].strip())

    def _section(self, row: list[str]) -> None:
        words = next(cell.strip() for cell in row if cell.strip())
        if words.isdigit():
            return
        plain = fold(words)
        self.last = []
        if unit_alone(re.sub(r"^[(\d一二三四五六七八九十)、.]+", "", plain)):
            self.values.group_unit = re.sub(r"^[（(\d一二三四五六七八九十)）、.．]+", "", words)
        else:
            self.values.group = re.sub(r"^[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．]+", "", words).strip(" :：")

    def _aside(self, at: int, row: list[str], reason: Sentence) -> None:
        text = " | ".join(cell.strip() for cell in row if cell.strip())
        self.part.set_aside.append(SetAside(self.grid.name, self.grid.place(at), text[:200], reason))
        if reason is NO_PROBLEM:
            self.part.without_problem.append(self.grid.place(at))

    # the problems of a row

    def _problems(self, at: int, row: list[str]) -> list[int]:
        if self.problem is None:
            named = checks.defects_of(row, self.head, self.results)
            if not named and self._answered(row):
                self.part.passed += 1
                self._aside(at, row, PASSED)
            return self._found(at, row, named)
        text = row[self.problem].strip() if self.problem < len(row) else ""
        plain = fold(text)
        if not text or worth.is_left_open(plain):
            self._aside(at, row, NO_PROBLEM)
            return []
        if says_none(plain) or (len(plain) <= 40 and has_passed(plain)):
            self.part.passed += 1
            self._aside(at, row, PASSED)
            return []
        return self._found(at, row, parts_of(text))

    def _answered(self, row: list[str]) -> bool:
        return any(place < len(row) and row[place].strip() for place in self.results)

    def _found(self, at: int, row: list[str], named: Parts) -> list[int]:
        if not named:
            return []
        said = self.values.said(at, row)
        number = row[self.number].strip() if self.number is not None and self.number < len(row) else ""
        first = len(self.part.findings)
        for label, text in named:
            if text.strip():
                self.part.findings.append(self.values.finding(said, text, label or number, len(named) > 1))
        return list(range(first, len(self.part.findings)))

    # the measures of a row

    def _answers(self, at: int, row: list[str], findings: list[int]) -> None:
        for place in self.measures:
            text = row[place].strip() if place < len(row) else ""
            if not text or self.fill.is_repeated(at, place) or says_none(fold(text)) or worth.is_a_status(fold(text)):
                continue
            named = parts_of(text)
            for which, (label, words) in enumerate(named):
                links = _links(findings, which, len(named))
                self.part.measures.append(self.values.measure(at, row, words, label, links))


def _links(findings: list[int], which: int, of: int) -> tuple[Link, ...]:
    """One problem in the row: certain. Several: at best the same number, and never certain."""
    if len(findings) == 1:
        return (Link(findings[0], True, _ROW),)
    if of == len(findings):
        return (Link(findings[which], False, _NUMBER),)
    return tuple(Link(place, False, _TOGETHER) for place in findings[:5])


_SECTION = say("The row is the heading of a group.")
__all__ = ["ReadFinding", "ReadMeasure", "read_ledger"]
