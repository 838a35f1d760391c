"""Columns that hold something below no heading: called by their place, or named by the heading that spans them."""

from __future__ import annotations

from collections.abc import Sequence

from app.intake.readers.headers import Header
from app.intake.readers.rules import rule

BY_PLACE = rule(r"第\d+列")


def by_place(head: Header, rows: Sequence[Sequence[str]]) -> Header:
    """The same header; columns that hold something and have no heading are called by their place."""
    _counted(head, rows)
    wide = max(map(len, rows), default=0)
    for place in range(wide if wide > len(head.names) or not all(head.names) else 0):
        if place >= len(head.names):
            head.names.append("")
            head.meanings.append(None)
        if not head.names[place] and any(place < len(row) and row[place] for row in rows):
            head.names[place] = f"第{place + 1}列"
    return head


def _counted(head: Header, rows: Sequence[Sequence[str]]) -> None:
    """“存在问题” over two columns of which the first counts: the second holds the problems."""
    place = head.first("problem")
    if place is None or place + 1 >= len(head.names) or head.names[place + 1] or head.all("number"):
        return
    cells = [row[place] for row in rows if place < len(row) and row[place]]
    counts = [row for row in rows if place + 1 < len(row) and row[place].isdigit() and row[place + 1]]
    if len(counts) * 2 >= len(cells) and counts:
        head.names[place : place + 2] = ["序号", head.names[place]]
        head.meanings[place : place + 2] = ["number", "problem"]
