"""What a row says beside its problem and its measures where no rule asks for it: kept with the problem it stands by."""

from __future__ import annotations

from collections.abc import Iterable

from app.intake.readers.headers import Header
from app.intake.reading import ReadFinding, ReadMeasure


def add(findings: Iterable[ReadFinding], name: str, words: str) -> None:
    """Below what these problems say under that heading already, unless they say it."""
    for found in findings:
        before = found.extra.get(name, "")
        if words not in before:
            found.extra[name] = f"{before}\n{words}" if before else words


def of_a_row(row: list[str], head: Header, findings: list[ReadFinding], made: list[ReadMeasure]) -> None:
    """The cells of a row that goes on with a problem above, without those that its measures hold."""
    held = {words for one in made for words in (one.unit, one.owner_raw, *(when.raw for when in one.dates)) if words}
    measures = head.all("measure") if made else []
    for place, (name, words) in enumerate(zip(head.names, row, strict=False)):
        counts = head.meanings[place] == "number" and words.isdigit()
        if name and words and words not in held and place not in measures and not counts:
            add(findings, name, words)
