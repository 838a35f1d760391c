"""What a reader found in somebody's text: findings, measures, links and warnings, each beside its raw words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from workflows.grammar import Sentence

Meaning = Literal["unknown", "planned", "done"]  # what is made by the ten thousand is not frozen: five times dearer


class Unreadable(Exception):
    """A file that cannot be read; `sentence` says why and what to do, `status` is the answer of the web."""

    def __init__(self, sentence: Sentence, status: int = 415) -> None:
        super().__init__(sentence)
        self.sentence, self.status = sentence, status


@dataclass(frozen=True)
class ReadDate:
    """A date as written; `on` only when the text carries it, `inferred` when its year or day was completed."""

    raw: str
    on: date | None = None
    meaning: Meaning = "unknown"
    inferred: bool = False


@dataclass(slots=True)
class Link:
    """From a measure to the finding at index `finding`; certain only when the text itself says so."""

    finding: int
    certain: bool
    reason: Sentence


@dataclass(slots=True)
class ReadFinding:
    """One problem; `deadline_meaning` is unknown where the text does not say whether it is planned or done.

    `row` counts from 1 as the file's own program does (0 in prose, where `line` tells the place); `pictures` are parts
    of the file that lie in the row, and `ticks` what its ticks and crosses say; as written they stay in `extra`.
    """

    text: str
    number: str = ""
    unit: str | None = None
    owner: str | None = None
    owner_raw: str = ""
    deadline: date | None = None
    deadline_raw: str = ""
    deadline_meaning: Meaning = "planned"
    deadline_inferred: bool = False
    line: int = 0
    extra: dict[str, str] = field(default_factory=dict)
    supporting: str = ""
    category: str = ""
    sheet: str = ""
    row: int = 0
    pictures: tuple[str, ...] = ()
    ticks: dict[str, bool] = field(default_factory=dict)


@dataclass(slots=True)
class ReadMeasure:
    """One measure with everything that stood under it."""

    text: str
    number: str = ""
    unit: str | None = None
    owner: str | None = None
    owner_raw: str = ""
    dates: tuple[ReadDate, ...] = ()
    links: tuple[Link, ...] = ()
    line: int = 0
    extra: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    row: int = 0

    @property
    def due(self) -> ReadDate | None:
        """The date that may be a deadline: one not known to be the day it was done."""
        return next((when for when in self.dates if when.meaning != "done"), None)


@dataclass(frozen=True)
class ReadColumn:
    """A column of a sheet: its heading as written and what it was taken for; None keeps it as an extra field."""

    sheet: str
    index: int
    heading: str
    meaning: str | None
    hidden: bool = False

    @property
    def key(self) -> str:
        """What names the column when a person hands another meaning back."""
        return f"{self.sheet}:{self.index}"


@dataclass(frozen=True)
class SetAside:
    """A row that holds something but no finding, and why it was left out."""

    sheet: str
    row: int
    text: str
    reason: Sentence


@dataclass(frozen=True)
class Reading:
    """All that one text or file yielded; `seen` holds its first rows, `tried` the shapes that were looked for."""

    findings: tuple[ReadFinding, ...] = ()
    measures: tuple[ReadMeasure, ...] = ()
    warnings: tuple[Sentence, ...] = ()
    columns: tuple[ReadColumn, ...] = ()
    seen: tuple[str, ...] = ()
    tried: tuple[Sentence, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    @property
    def unlinked_measures(self) -> tuple[ReadMeasure, ...]:
        return tuple(measure for measure in self.measures if not measure.links)

    @property
    def findings_without_measure(self) -> tuple[int, ...]:
        answered = {link.finding for measure in self.measures for link in measure.links}
        return tuple(sorted({*range(len(self.findings))} - answered))

    def as_json(self) -> dict[str, Any]:
        """The shape that `flask intake read --json` promises."""
        findings = [_finding(found) for found in self.findings]
        for measure in self.measures:
            for link in measure.links:
                findings[link.finding]["measures"].append(_linked(measure, link))
        return {
            "findings": findings,
            "unlinked_measures": [_measure(measure) for measure in self.unlinked_measures],
            "warnings": [str(warning) for warning in self.warnings],
            "columns": [{"sheet": one.sheet, "index": one.index, "heading": one.heading, "meaning": one.meaning}
                        for one in self.columns],
            "set_aside": [{"sheet": one.sheet, "row": one.row, "text": one.text, "reason": str(one.reason)}
                          for one in self.set_aside],
        }  # fmt: skip


def _finding(found: ReadFinding) -> dict[str, Any]:
    same = ("text", "number", "unit", "owner", "owner_raw", "deadline_raw", "deadline_meaning", "deadline_inferred",
            "supporting", "category", "sheet", "row")  # fmt: skip
    return {name: getattr(found, name) for name in same} | {
        "deadline": found.deadline and found.deadline.isoformat(), "measures": [], "extra": dict(found.extra),
        "ticks": dict(found.ticks), "pictures": list(found.pictures),
    }  # fmt: skip


def _measure(measure: ReadMeasure) -> dict[str, Any]:
    due = measure.due
    return {
        "text": measure.text,
        "owner": measure.owner,
        "owner_raw": measure.owner_raw,
        "deadline": due.on.isoformat() if due and due.on else None,
        "deadline_raw": due.raw if due else "",
    }


def _linked(measure: ReadMeasure, link: Link) -> dict[str, Any]:
    certainty = "certain" if link.certain else "suggested"
    return {**_measure(measure), "link": certainty, "reason": str(link.reason)}
