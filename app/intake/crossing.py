"""How a reading goes from process to process: column by column, which costs a quarter of row by row."""

from __future__ import annotations

import copyreg
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import islice
from operator import attrgetter
from typing import Any

from app.intake.reading import Link, ReadDate, ReadFinding, Reading, ReadMeasure

Column = Sequence[Any] | str  # its words with a sign between that is in none of them
_BETWEEN, _FEW = "\x1f", 50


def _names(kind: type[Any]) -> list[str]:
    return [one.name for one in fields(kind)]


_LINKS, _REST = _names(ReadMeasure).index("links"), _names(Reading)[2:]
_OF_DATE = attrgetter(*_names(ReadDate))


# Every field by its name, in the order in which it is declared: asked so, it costs half.
def _findings(rows: Sequence[ReadFinding]) -> list[tuple[Any, ...]]:
    return [
        (one.text, one.number, one.unit, one.owner, one.owner_raw, one.deadline, one.deadline_raw,
         one.deadline_meaning, one.deadline_inferred, one.line, one.extra, one.supporting, one.category, one.sheet,
         one.row, one.pictures, one.ticks)
        for one in rows
    ]  # fmt: skip


def _measures(rows: Sequence[ReadMeasure]) -> list[tuple[Any, ...]]:
    return [
        (one.text, one.number, one.unit, one.owner, one.owner_raw, one.dates, len(one.links), one.line, one.extra,
         one.sheet, one.row)
        for one in rows
    ]  # fmt: skip


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[Column]:
    return [_joined(column) for column in zip(*rows, strict=True)]


def _joined(column: Sequence[Any]) -> Column:
    """Words that differ from row to row go over as one text; what repeats costs less as it is."""
    if not _differs(column[:_FEW]) or not _differs(column):
        return column
    joined = _BETWEEN.join(column)
    return joined if joined.count(_BETWEEN) == len(column) - 1 else column


def _differs(column: Sequence[Any]) -> bool:
    return set(map(type, column)) == {str} and len(set(column)) * 2 > len(column)


def _rows(kind: type[Any], columns: Sequence[Column]) -> Iterator[Any]:
    split = [column.split(_BETWEEN) if isinstance(column, str) else column for column in columns]
    return map(kind, *split) if split else iter(())


def _taken_apart(reading: Reading) -> tuple[Any, ...]:
    links = [(link.finding, link.certain, link.reason) for one in reading.measures for link in one.links]
    rows = (_findings(reading.findings), _measures(reading.measures), links)
    return rebuilt, (*map(_columns, rows), [getattr(reading, name) for name in _REST])


def rebuilt(findings: list[Column], measures: list[Any], links: list[Column], rest: list[Any]) -> Reading:
    """A reading that came from another process."""
    if measures:
        flat = _rows(Link, links)
        measures[_LINKS] = [tuple(islice(flat, count)) for count in measures[_LINKS]]
    return Reading(tuple(_rows(ReadFinding, findings)), tuple(_rows(ReadMeasure, measures)), *rest)


copyreg.pickle(Reading, _taken_apart)
copyreg.pickle(ReadDate, lambda when: (ReadDate, _OF_DATE(when)))
