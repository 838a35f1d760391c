"""No cell of a table disappears without a word: it is read, or its row is named."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.intake.readers.columns import meaning_of, name_of
from app.intake.readers.filling import _SAME
from app.intake.readers.grids import Grid
from app.intake.readers.labels import KIND_OF
from app.intake.readers.lines import fold
from app.intake.readers.noitem import is_a_note
from app.intake.readers.reader import read_grids
from app.intake.readers.workbooks import grids_of
from app.intake.reading import ReadFinding, Reading, ReadMeasure
from tests.intake.test_corpus import sources

HAN = re.compile(r"[\u4e00-\u9fff]")
PIECE = re.compile(r"[^。；;，,\n：:①-⑳]+")
COUNT = re.compile(r"^(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳])(?![\d年月日号])")
QUIET = 6  # names of fields and of people may be as long
Table = tuple[str, list[tuple[int, list[str]]]]  # the name, and the rows with their numbers


def bare(words: str) -> str:
    return re.sub(r"\W", "", fold(words))


def words_of(one: ReadFinding | ReadMeasure) -> str:
    """Everything that one finding or measure keeps."""
    dates = [one.deadline_raw] if isinstance(one, ReadFinding) else [when.raw for when in one.dates]
    more = [one.supporting, one.category, *one.extra] if isinstance(one, ReadFinding) else []
    return bare(
        "|".join([one.text, one.number, one.unit or "", one.owner_raw, one.sheet, *one.extra.values(), *dates, *more])
    )


def tables_of(path: Path, source: Path) -> Iterator[Table]:
    """The tables of a file, as it was written down."""
    if source.suffix in (".sheet", ".xls"):
        yield from ((grid.name, list(enumerate(grid.rows, 1))) for grid in grids_of(path)[0])
    elif source.suffix == ".csv":
        yield "", list(enumerate(csv.reader(io.StringIO(source.read_text("utf-8"))), 1))
    else:
        for is_table, lines in groupby(source.read_text("utf-8").split("\n"), lambda line: line.startswith("|")):
            rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines if is_table]
            yield (
                "",
                list(
                    enumerate([["" if cell in "^<" else cell.replace("\\n", "\n") for cell in row] for row in rows], 1)
                ),
            )


def named(reading: Reading) -> set[tuple[str, int]]:
    """The rows that are set aside or named by a warning."""
    rows = {(one.sheet, one.row) for one in reading.set_aside}
    for told in map(str, reading.warnings):
        if "rows of forms" in told:
            rows |= {("", int(at)) for at in re.findall(r"(\d+) “", told)}
        for name, first, last in re.findall(r"(?:“([^”]*)”|\d+) \((\d+)–(\d+)\)", told):
            rows |= {(name, at) for at in range(int(first), int(last) + 1)}
    return rows


def is_kept(cell: str, said: str) -> bool:
    pieces = [COUNT.sub("", bare(piece)) for piece in PIECE.findall(cell)]
    return cell in _SAME or bare(cell) in said or all(piece in said for piece in pieces)


def lost(name: str, rows: list[tuple[int, list[str]]], reading: Reading) -> Iterator[str]:
    """The cells of a table of which nothing is said."""
    read = [*reading.findings, *reading.measures]
    said, heads = (
        "|".join(map(words_of, read)),
        {bare(part) for one in reading.columns for part in one.heading.split("/")},
    )
    aside, own = named(reading), {one.row for one in reading.findings if one.sheet == name}
    beside = own | {one.row for one in reading.measures if one.sheet == name}
    first = min((one.row for one in reading.findings if one.row and one.sheet == name), default=0)
    for at, row in rows:
        cells = [cell.strip() for cell in dict.fromkeys(row) if cell.strip()]
        mine = "|".join(words_of(one) for one in read if (one.sheet, one.row) == (name, at)) if at in own else ""
        if {(name, at), ("", at)} & aside or is_about(cells, at < first, heads):
            continue
        for cell in cells:
            label = meaning_of(name_of(cell)) or cell in KIND_OF or is_a_note(fold(cell))
            quiet = label or (at not in beside and len(HAN.findall(cell)) <= QUIET)
            if not (quiet or is_kept(cell, mine or said) or bare(cell) in heads):
                yield f"{name}:{at}: {cell}"


def is_about(cells: list[str], is_above: bool, heads: set[str]) -> bool:
    """A title, the heading of a group, names of columns, facts about the whole table."""
    if len(cells) < 2:
        return not cells or (len(cells[0]) <= 60 and not {"。", "；"} & {*cells[0]})
    above = any("：" in cell or ":" in cell or re.search(r"\d[年-]\d", cell) for cell in cells)
    return (is_above and above) or all(bare(cell) in heads or meaning_of(name_of(cell)) for cell in cells)


def test_every_cell_of_every_table_of_the_corpus_is_read_or_its_row_named(opened):
    fallen = []
    for source, wanted in sources("open"):
        if source.suffix == ".txt":
            continue
        path, reading = opened(source, wanted.get("year"))
        for name, rows in tables_of(path, source) if reading.findings else ():
            fallen += [f"{source.name} {cell}" for cell in lost(name, rows, reading)]
    assert not fallen, "\n".join(fallen)


_LISTED = {
    "存在问题": st.integers(100, 999).map("第{}间教室的灯坏了".format),
    "整改措施": st.integers(100, 999).map("更换第{}间教室的灯".format) | st.sampled_from(["已完成", "正在推进", "√"]),
    "责任人": st.sampled_from(["王建平", "总务处", "李秀云、赵国庆", "XX"]),
    "负责人": st.sampled_from(["何俊杰", "德育处"]),
    "责任单位": st.sampled_from(["总务处", "清河小学"]),
    "学校": st.sampled_from(["清河小学", "柳溪小学"]),
    "整改时限": st.sampled_from(["2026-05-10", "5月底前", "长期坚持", "已完成", "同上"]),
    "完成时间": st.sampled_from(["2026年6月1日", "6月底"]),
    "整改要求": st.integers(100, 999).map("于5月{}日前修好".format),
    "序号": st.integers(1, 99).map(str),
    "问题类别": st.sampled_from(["消防", "食堂"]),
    "是否完成": st.sampled_from(["√", "×", "是", "部分"]),
    "备注": st.integers(100, 999).map("见附件{}".format),
    "栏目甲": st.integers(100, 999).map("甲{}".format),
    "": st.integers(100, 999).map("乙{}".format),
}


@st.composite
def ledgers(draw: st.DrawFn) -> Grid:
    """A sheet whose columns stand in any order, with gaps, empty rows, cells merged downwards and a group or two."""
    names = draw(st.permutations(list(_LISTED)))[: draw(st.integers(3, 12))]
    names = [*names, *({"存在问题", "整改措施"} - {*names})]
    rows = [["整改台账"], names]
    for _row in range(draw(st.integers(1, 7))):
        cells = [draw(_LISTED[name] | st.just("")) for name in names]
        rows.append(draw(st.sampled_from([cells] * 6 + [[""] * len(names), ["一、消防方面"], ["合计", "3项"]])))
    column = draw(st.integers(0, len(names) - 1))
    top = draw(st.integers(2, len(rows) - 1))
    bottom = min(len(rows) - 1, top + draw(st.integers(0, 2)))
    for at in range(top + 1, bottom + 1):
        if column < len(rows[at]):
            rows[at] = [*rows[at][:column], "", *rows[at][column + 1 :]]
    merged = [(top, column, bottom, column)] if bottom > top else []
    return Grid(draw(st.sampled_from(["汇总", "清河小学", "3月"])), rows, merged=merged)


def check(sheets: list[Grid]) -> None:
    sheets = [Grid(f"{at}{one.name}", one.rows, merged=one.merged) for at, one in enumerate(sheets)]
    reading = read_grids(sheets, 2026)
    assert reading.findings or reading.warnings
    for one in sheets if reading.findings else ():
        assert not list(lost(one.name, list(enumerate(one.rows, 1)), reading))


@settings(max_examples=60)
@given(st.lists(ledgers(), min_size=1, max_size=2))
def test_every_cell_of_any_ledger_is_read_or_its_row_named(sheets: list[Grid]) -> None:
    check(sheets)


@pytest.mark.soak
@settings(max_examples=5000)
@given(st.lists(ledgers(), min_size=1, max_size=3))
def test_every_cell_of_thousands_of_ledgers_is_read_or_its_row_named(sheets: list[Grid]) -> None:
    check(sheets)
