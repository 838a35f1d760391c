"""What a list changed since it was last taken in: which rows are new, the same, changed, or gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from flask_babel import lazy_gettext as _l

from app.folding import fold
from app.intake.likeness import ALIKE, bare, overlap, pairs
from app.intake.proposals import category_of
from app.intake.reading import Reading

What = Literal["new", "same", "changed", "moved", "gone"]
LABELS = {
    "text": _l("What is wrong"), "unit": _l("Responsible unit"), "owner": _l("Owner"), "deadline": _l("Deadline"),
    "category": _l("Category"), "measures": _l("Measures"),
}  # fmt: skip
MOST_COMPARED = 200
_COPY = re.compile(r"[\s_\-—]*(?:[(（]\d+[)）]|副本|复件|copy|最新版?|终稿|定稿|修改版?|更新版?|v\d+)$")


@dataclass(frozen=True)
class Before:
    """A finding that came of an earlier batch, and what its row said then."""

    finding_id: int
    task_id: int
    number: str
    state: str
    row: str
    said: dict[str, str]


@dataclass(frozen=True)
class Difference:
    """One value that is not what it was."""

    field: str
    before: str
    now: str

    @property
    def label(self) -> str:
        return str(LABELS[self.field])


@dataclass(frozen=True)
class Change:
    """What became of a row; `was` is the finding it came to be, where there is one."""

    what: What
    was: Before | None = None
    fields: tuple[Difference, ...] = ()


NEW = Change("new")


def source_of(name: str) -> str:
    """What makes files versions of one list: the name without its ending and the marks of copies."""
    stem, known = fold(name.rsplit(".", 1)[0]), ""
    while stem != known:
        known, stem = stem, _COPY.sub("", stem)
    return stem[:255]


def said_of(reading: Reading) -> list[dict[str, str]]:
    """What each row says, as it is kept for the next comparison."""
    measures: dict[int, list[str]] = {}
    for measure in reading.measures:
        for link in measure.links:
            if link.certain:
                measures.setdefault(link.finding, []).append(measure.text)
    return [
        {"text": found.text, "unit": found.unit or "", "owner": found.owner_raw or found.owner or "",
         "deadline": found.deadline_raw, "category": category_of(found), "measures": "\n".join(measures.get(at, []))}
        for at, found in enumerate(reading.findings)
    ]  # fmt: skip


def differences(reading: Reading, before: Iterable[Before]) -> tuple[list[Change], list[Change]]:
    """For each row what became of it, and the findings whose row is gone."""
    rows, rest = said_of(reading), {one.finding_id: one for one in before}
    found: dict[int, Before] = {}
    for key in (_same_words, _same_number(reading)):
        _pair(rows, rest, found, key)
    _pair_alike(rows, rest, found)
    changes = [_change(row, found.get(at)) for at, row in enumerate(rows)]
    return changes, [Change("gone", one) for one in rest.values() if one.state != "withdrawn"]


def is_a_version(reading: Reading, changes: Iterable[Change], before: int) -> bool:
    """Whether the list tells of a third of the same problems: a name alone makes no version, nor does a number."""
    met = [(found, change.was) for found, change in zip(reading.findings, changes, strict=True) if change.was]
    same = sum(overlap(pairs(bare(found.text)), pairs(bare(was.said.get("text", "")))) >= ALIKE for found, was in met)
    return same * 3 >= min(len(reading.findings), before)


Key = Callable[[int, dict[str, str], str], object]


def _same_words(_at: int, said: dict[str, str], _row: str) -> object:
    return fold(said.get("unit", "")), bare(said.get("text", ""))


def _same_number(reading: Reading) -> Key:
    def key(at: int, said: dict[str, str], row: str) -> object:
        number = row if at < 0 else reading.findings[at].number
        return (fold(said.get("unit", "")), number) if number.strip() else None

    return key


def _pair(rows: list[dict[str, str]], rest: dict[int, Before], found: dict[int, Before], key: Key) -> None:
    """Match rows and findings that have a key in common which nobody else has."""
    there: dict[object, list[Before]] = {}
    for one in rest.values():
        there.setdefault(key(-1, one.said, one.row), []).append(one)
    here: dict[object, list[int]] = {}
    for at, row in enumerate(rows):
        if at not in found:
            here.setdefault(key(at, row, ""), []).append(at)
    for name, places in here.items():
        if name is not None and len(places) == len(there.get(name, [])) == 1:
            found[places[0]] = there[name][0]
            del rest[there[name][0].finding_id]


def _pair_alike(rows: list[dict[str, str]], rest: dict[int, Before], found: dict[int, Before]) -> None:
    """Match what is left of a unit where the words are nearly the same."""
    for at, row in enumerate(rows):
        of_unit = [one for one in rest.values() if fold(one.said.get("unit", "")) == fold(row["unit"])][:MOST_COMPARED]
        if at in found or not of_unit:
            continue
        likeness = {one.finding_id: _alike(row, one) for one in of_unit}
        best = max(likeness, key=lambda finding_id: likeness[finding_id])
        if likeness[best] >= ALIKE:
            found[at] = rest.pop(best)


def _alike(row: dict[str, str], one: Before) -> float:
    return overlap(pairs(bare(row["text"])), pairs(bare(one.said.get("text", ""))))


def _change(row: dict[str, str], was: Before | None) -> Change:
    if was is None:
        return NEW
    fields = tuple(
        Difference(name, was.said[name], row[name])
        for name in LABELS if name in was.said and bare(was.said[name]) != bare(row[name])
    )  # fmt: skip
    if not fields:
        return Change("same", was)
    return Change("changed" if was.state == "draft" else "moved", was, fields)
