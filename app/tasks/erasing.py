"""Erasing the free text of an entry: its words go, its hash stays, and an entry of its own says that it was done.

The chain seals the hash of a text and never the text, so it holds before and after. A text that is gone without
such an entry is named by the audit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from app.db import db
from app.tasks.entries import Entry

Forget = Callable[[Entry], None]
ERASED = "erases"  # the fact of the entry that says it: the numbers of those whose words are gone
_copies: dict[str, list[Forget]] = {}


def keeps_a_copy(*steps: str) -> Callable[[Forget], Forget]:
    """Register what else keeps the words of such an entry, and how that forgets them."""

    def register(forget: Forget) -> Forget:
        for step in steps:
            _copies.setdefault(step, []).append(forget)
        return forget

    return register


def erase_words(entries: Iterable[Entry], now: datetime) -> list[int]:
    """Erase what was said in those entries of one task, wherever it stands; the numbers of those that had words."""
    gone = []
    for entry in entries:
        if entry.words is None or entry.words.erased_at:
            continue
        entry.words.content, entry.words.erased_at = "", now
        for forget in _copies.get(entry.step, []):
            forget(entry)
        gone.append(entry.seq)
    db.session.flush()
    return gone
