"""Rows of a table become findings, each with the measures of its row; merged cells are filled down."""

from __future__ import annotations

import re

from app.intake.readers.blocks import Field
from app.intake.readers.entries import Collected, Entry
from app.intake.readers.headings import has_passed, says_none
from app.intake.readers.lines import Line
from app.intake.readers.numbering import Label, segments_of
from app.intake.readers.tables import Table, is_header

_TOTAL = re.compile(
    r"(?:合计|总计|小计|备注:|注:|填表说明|说明:|填报人|审核人|单位负责人|签字|检查人员?:|检查人员?签|负责人签|校长签)"
)
_SAME = re.compile(r"同上|〃|″|同前")
_FILLED = ("site", "unit", "owner", "leader", "planned", "unknown")

Cells = list[tuple[str, str, Line]]


def read_table(table: Table, found: Collected) -> None:
    """Add what the rows of one table say to `found`."""
    above: dict[int, Line] = {}
    last: list[Entry] = []
    found.headings += 1
    for row in table.rows:
        found.lines += 1
        if is_header(row) or any(_TOTAL.match(cell.plain) for cell in row[:2]):
            continue
        cells = _named(table, row)
        if last and _goes_on(table, cells):
            _measures(cells, last, found)
            continue
        last = _row(table, _filled(table, cells, above), found)


def _named(table: Table, row: list[Line]) -> Cells:
    spare = ("other", "")
    columns = table.columns + [spare] * (len(row) - len(table.columns))
    return [(kind, name, cell) for (kind, name), cell in zip(columns, row, strict=False)]


def _filled(table: Table, cells: Cells, above: dict[int, Line]) -> Cells:
    """An empty cell under a merged one, and 同上, mean the cell above; never for single values in full tables."""
    out: Cells = []
    blank_number = any(kind == "number" and not cell.plain for kind, _, cell in cells)
    for place, (kind, name, cell) in enumerate(cells):
        same = bool(_SAME.fullmatch(cell.plain)) or (not cell.plain and (kind == "site" or name.endswith("类别")))
        same = same or (not cell.plain and kind in _FILLED and blank_number)
        if same and place in above:
            cell = above[place]
        elif cell.plain:
            above[place] = cell
        out.append((kind, name, cell))
    return out


def _of(cells: Cells, kind: str) -> Line | None:
    return next((cell for known, _, cell in cells if known == kind and cell.plain), None)


def _main(table: Table) -> str:
    return "problem" if any(kind == "problem" for kind, _ in table.columns) else "result"


def _goes_on(table: Table, cells: Cells) -> bool:
    return not _of(cells, _main(table)) and _of(cells, "measure") is not None and not _of(cells, "number")


def _row(table: Table, cells: Cells, found: Collected) -> list[Entry]:
    problem = _of(cells, _main(table))
    line = next((cell.number for _, _, cell in cells), 0)
    if problem is None or says_none(problem.plain) or has_passed(problem.plain):
        if problem is None and any(cell.plain for _, _, cell in cells[1:]):
            found.set_aside.append(line)
        found.passed += problem is not None
        return []
    fields = [Field(kind, name or kind, "", cell) for kind, name, cell in cells if _is_told(kind, name, cell, problem)]
    number = _of(cells, "number")
    made = [
        Entry("finding", line, label, [part.raw], fields, number=label.raw if label else number.raw if number else "")
        for label, part in _parts(problem)
    ]
    found.entries += made
    _measures(cells, made, found)
    return made


def _is_told(kind: str, name: str, cell: Line, problem: Line) -> bool:
    return bool(cell.plain) and cell is not problem and kind not in ("number", "measure") and bool(name)


def _parts(cell: Line) -> list[tuple[Label | None, Line]]:
    """Several numbered problems or measures in one cell."""
    last: dict[str, int] = {}
    raws, plains = cell.raw.split("\n"), cell.plain.split("\n")
    pieces = [
        segment
        for raw, plain in zip(raws, plains, strict=False)
        for segment in segments_of(Line(cell.number, raw, plain), last)
    ]
    labelled = [piece for piece in pieces if piece.label and piece.plain]
    if len(labelled) < 2 or pieces[0].label is None:
        first = pieces[0] if pieces and pieces[0].label and len(pieces) == 1 else None
        return [(None, first.line if first else cell)]
    return [(piece.label, piece.line) for piece in labelled]


def _measures(cells: Cells, findings: list[Entry], found: Collected) -> None:
    fields = [
        Field(kind, name, "", cell)
        for kind, name, cell in cells
        if kind in ("owner", "leader", "unit", "planned", "done", "unknown") and cell.plain
    ]
    for kind, _, cell in cells:
        if kind != "measure" or says_none(cell.plain):
            continue
        for label, part in _parts(cell):
            entry = Entry("measure", cell.number, label, [part.raw], fields, number=label.raw if label else "")
            entry.answers = findings[0] if len(findings) == 1 else None
            found.entries.append(entry)
