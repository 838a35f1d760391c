"""The table of how well the reader reads, printed at the end of every run that measured it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.intake.scoring import share

KEY = "corpus"
HEADS = (
    "files",
    "wanted",
    "found",
    "right",
    "recall",
    "precision",
    "dates +/miss/wrong/invented",
    "owners +/miss/wrong/invented",
    "units",
    "sure links +/wrong/of",
    "measures",
    "extras",
)
WIDTHS = (5, 6, 5, 5, 7, 9, 27, 28, 7, 21, 9, 7)


def _cells(counts: Counter[str]) -> list[str]:
    def each(what: str) -> str:
        return "/".join(str(counts[f"{what} {verdict}"]) for verdict in ("right", "missed", "wrong", "invented"))

    return [
        *(str(counts[key]) for key in ("files", "wanted", "found", "right")),
        f"{share(counts['right'], counts['wanted']):.1%}",
        f"{share(counts['right'], counts['found']):.1%}",
        each("date"),
        each("owner"),
        f"{counts['units right']}/{counts['units']}",
        f"{counts['link right']}/{counts['link wrong']}/{counts['links']}",
        f"{counts['measures found']}/{counts['measures']}",
        f"{counts['extras kept']}/{counts['extras']}",
    ]


def lines(part: str, shapes: dict[str, dict[str, int]]) -> Iterator[str]:
    """One part of the corpus, a line a shape and one for all of them."""
    yield f"{part:<15}" + "  ".join(head.rjust(width) for head, width in zip(HEADS, WIDTHS, strict=True))
    total = sum((Counter(counts) for counts in shapes.values()), Counter())
    for shape, counts in [*sorted(shapes.items()), ("all", total)]:
        cells = zip(_cells(Counter(counts)), WIDTHS, strict=True)
        yield f"  {shape:<13}" + "  ".join(cell.rjust(width) for cell, width in cells)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Prints what the tests of the corpus measured, on however many workers they ran."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    measured = {
        value["part"]: value["shapes"]
        for report in reports
        for key, value in getattr(report, "user_properties", [])
        if key == KEY
    }
    if measured:
        terminalreporter.section("how well the reader reads")
    for part, shapes in sorted(measured.items(), reverse=True):
        for line in lines(part, shapes):
            terminalreporter.write_line(line)
