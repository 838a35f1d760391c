"""The ledger as comma-separated text that Excel opens rightly: a mark of UTF-8, and nothing it would compute."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from app.papers.columns import HEADINGS, cells
from app.papers.queries_ledger import Full

COMPUTED = frozenset("=+-@\t\r＝＋－＠")


def write(path: Path, batches: Iterable[list[Full]], more: Sequence[str] = ()) -> Iterator[int]:
    """Write the file to `path`, with the headings `more` behind ours; yields how many rows are written."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(map(harmless, (*HEADINGS, *more)))
        for batch in batches:
            for full in batch:
                count += 1
                lines.writerow(map(harmless, cells(full, count, more)))
            yield count


def harmless(text: str) -> str:
    """What would be computed is quoted by a mark in front, which programs show as text."""
    return f"'{text}" if text[:1] in COMPUTED and text else text
