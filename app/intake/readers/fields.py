"""Forms as tables: every label in its cell becomes a column, every problem of the form a row."""

from __future__ import annotations

from collections.abc import Iterator

from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.forms import cells_of, listed, numbered
from app.intake.readers.grids import Grid
from app.intake.readers.labels import KIND_OF
from app.intake.readers.lines import fold
from app.intake.readers.rules import rule
from app.intake.readers.tongues import in_english

_LABEL = rule(r"[\u4e00-\u9fff（()）/、\s]{2,24}[:：]?")
_BEGINS_ANEW = ("problem", "site", "number")
_FEW, _ROWS = 3, 4
_LONGEST = 80  # rows of a form
_NAMES = 3  # labels that follow each other in a row of names


def is_one(grid: Grid) -> bool:
    """Whether nearly every row that holds more than one cell begins with a label and its words, the problem among them."""
    if len(grid.rows) > _LONGEST:
        return False
    rows = [cells for _at, cells in cells_of(grid) if len(cells) > 1]
    rows = [cells for cells in rows if len(cells) > 2 or _is_said(*cells) or not _is_known(cells[0])]
    labelled = [cells for cells in rows if _is_a_label(cells[0]) and _is_said(*cells[:2])]
    told = any(_meaning(cells[0]) == "problem" and cells[1] for cells in labelled)
    names = any(_is_a_row_of_names(cells) for cells in rows) or _lies(rows) or any(map(_begins_a_list, rows, rows[1:]))
    return told and not names and len(labelled) >= _ROWS and len(labelled) * 5 >= len(rows) * 4


def _begins_a_list(cells: list[str], below: list[str]) -> bool:
    """“存在问题 | 整改要求” above rows that count."""
    return below[0].isdigit() and all(map(_is_known, cells)) and "problem" in map(_meaning, cells)


def _lies(rows: list[list[str]]) -> bool:
    """Several values behind one label: a ledger on its side."""
    third = [_is_known(cells[2]) for cells in rows if len(cells) > 2 and cells[2]]
    return sum(third) * 2 < len(third)


def _is_a_row_of_names(cells: list[str]) -> bool:
    return len(cells) >= _NAMES and sum(map(_is_known, cells)) * 5 >= len(cells) * 4


def _is_said(label: str, words: str) -> bool:
    """Whether the words are no label themselves: what is wrong may sound like one (“烟感故障”)."""
    return not _is_known(words) or (_meaning(label) == "problem" and fold(name_of(words)) not in KIND_OF)


def _is_a_label(cell: str) -> bool:
    if cell.isascii():
        return len(cell) <= 30 and in_english(cell) is not None
    return bool(_LABEL.fullmatch(cell)) and len(name_of(cell)) <= 16


def _meaning(cell: str) -> str | None:
    return meaning_of(name_of(cell)) or KIND_OF.get(fold(name_of(cell)))


def _is_known(cell: str) -> bool:
    return _is_a_label(cell) and _meaning(cell) is not None


def as_a_table(grid: Grid) -> Grid | None:
    """A form as a table with one row for each problem it names: labels above, their words below; else None."""
    every = is_one(grid)
    records, spots = [dict[str, str]()], [grid.first]  # each with the row in which its problem stands
    for at, label, words in ((at, *pair) for at, cells in cells_of(grid) for pair in _pairs(cells, every)):
        meaning = meaning_of(label)
        if label in records[-1] and meaning in _BEGINS_ANEW:
            records.append({})
            spots.append(at)
        if meaning == "problem" and label not in records[-1]:
            spots[-1] = at
        if words:
            records[-1].setdefault(label, numbered(listed(words) if meaning == "problem" else words))
    named = [(one, at) for one, at in zip(records, spots, strict=True) if len(one) >= _FEW and _names_a_problem(one)]
    if not named:
        return None
    names = list(dict.fromkeys(label for one, _at in named for label in one))
    rows = [names, *([one.get(name, "") for name in names] for one, _at in named)]
    return Grid(grid.name, rows, grid.first, lines=[grid.first, *(at for _one, at in named)])


def _pairs(cells: list[str], every: bool) -> Iterator[tuple[str, str]]:
    """The labels of one row, each with what stands behind it; `every` label, though nobody knows what it means."""
    at = 0
    while at + 1 < len(cells):
        label, words = cells[at], cells[at + 1]
        known = _is_a_label(label) if every else bool(_LABEL.fullmatch(label) and meaning_of(name_of(label)))
        if known and (
            _is_said(label, words) if every else not (_LABEL.fullmatch(words) and meaning_of(name_of(words)))
        ):
            yield name_of(label), words
            at += 1
        at += 1


def _names_a_problem(record: dict[str, str]) -> bool:
    return any(words and meaning_of(label) == "problem" for label, words in record.items())
