"""Boxes ticked on a printed form: “☑3. 防火门损坏” is said of this place, “□5. …” is only printed there."""

from __future__ import annotations

from app.intake.readers.lines import Line
from app.intake.readers.named_items import numbers_in
from app.intake.readers.rules import rule

_TICKED = rule(r"\s*[☑√✓✔☒■●]\s?(?=\S)")
_EMPTY = rule(r"\s*[□☐○]\s?(?=\S)")

_CHOSEN = rule(r"(?:下列|以下|下述)\s?第\s?(?P<items>\d{1,2}(?:\s?[、,和及]\s?第?\d{1,2})*)\s?[项条款]")


def chosen(lines: list[Line]) -> set[int]:
    """“存在下列第3、5、7项违法行为”: the printed items that are said of this place; empty where all are."""
    hits = (hit for line in lines if "第" in line.plain and (hit := _CHOSEN.search(line.plain[:600])))
    first = next(hits, None)
    return set(numbers_in(first["items"])) if first else set()


def only_ticked(lines: list[Line]) -> list[Line]:
    """The lines without their boxes; where some are ticked, those that are not are left out."""
    ticked = sum(bool(_TICKED.match(line.plain)) for line in lines)
    empty = sum(bool(_EMPTY.match(line.plain)) for line in lines)
    if not ticked or not empty:
        return lines
    kept = [line for line in lines if not _EMPTY.match(line.plain)]
    return [line.cut(hit.end()) if (hit := _TICKED.match(line.plain)) else line for line in kept]
