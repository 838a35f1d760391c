"""Boxes ticked on a printed form: “☑3. 防火门损坏” is said of this place, “□5. …” is only printed there."""

from __future__ import annotations

from app.intake.readers.lines import Line
from app.intake.readers.rules import rule

_TICKED = rule(r"\s*[☑√✓✔☒■●]\s?(?=\S)")
_EMPTY = rule(r"\s*[□☐○]\s?(?=\S)")


def only_ticked(lines: list[Line]) -> list[Line]:
    """The lines without their boxes; where some are ticked, those that are not are left out."""
    ticked = sum(bool(_TICKED.match(line.plain)) for line in lines)
    empty = sum(bool(_EMPTY.match(line.plain)) for line in lines)
    if not ticked or not empty:
        return lines
    kept = [line for line in lines if not _EMPTY.match(line.plain)]
    return [line.cut(hit.end()) if (hit := _TICKED.match(line.plain)) else line for line in kept]
