"""Values that are numbered like the problems of their row: ①4月20日②4月30日 beside ①…②…."""

from __future__ import annotations

from collections.abc import Sequence

from app.intake.readers.cells import parts_of
from app.intake.readers.pairs import number_of
from app.intake.readers.values import Row, Said

_NUMBERED = ("planned", "unknown", "owner")


def of_each(values: Row, said: Said, row: Sequence[str], labels: Sequence[int], many: int) -> list[Said]:
    """What the row says beside each of its problems; `labels` are their numbers."""
    if len(labels) != many or many < 2:
        return [said] * many
    rows: list[list[str]] = []
    for place in (place for meaning in _NUMBERED for place in values.of.get(meaning, ())):
        parts = parts_of(row[place]) if row[place] else []
        if [number_of(label) for label, _words in parts] == list(labels):
            rows = rows or [list(row) for _problem in range(many)]
            for one, (_label, words) in zip(rows, parts, strict=True):
                one[place] = words.rstrip("；;，,。 ")
    return [(values.beside(one), *said[1:]) for one in rows] if rows else [said] * many
