"""What is wrong in a list, each fault with the row of the file where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.intake.looking import Look, Problem


def faults(seen: Look, bad_rows: list[Problem]) -> Iterator[dict[str, Any]]:
    """Each fault: which row of the file, which problem or measure, which field, and the sentence."""
    for one in bad_rows:
        for name, said in one.wrong.items():
            yield {"id": f"rows-{one.place}-{name}", "kind": "problem", "n": one.number, "row": one.found.row,
                   "sheet": one.found.sheet, "field": name, "said": said}  # fmt: skip
    for measure in seen.bad_measures:
        for name, said in measure.wrong.items():
            yield {"id": f"measures-{measure.place}-{name}", "kind": "measure", "n": measure.place + 1,
                   "row": measure.read.row, "sheet": measure.read.sheet, "field": name, "said": said}  # fmt: skip
