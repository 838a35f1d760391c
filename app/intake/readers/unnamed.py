"""Columns that hold something below no heading: called by their place, so that what they hold is kept."""

from __future__ import annotations

from collections.abc import Sequence

from app.intake.readers.headers import Header
from app.intake.readers.rules import rule

BY_PLACE = rule(r"第\d+列")


def by_place(head: Header, rows: Sequence[Sequence[str]]) -> Header:
    """The same header; columns that hold something and have no heading are called by their place."""
    wide = max(map(len, rows), default=0)
    for place in range(wide if wide > len(head.names) or not all(head.names) else 0):
        if place >= len(head.names):
            head.names.append("")
            head.meanings.append(None)
        if not head.names[place] and any(place < len(row) and row[place] for row in rows):
            head.names[place] = f"第{place + 1}列"
    return head
