"""What a reader found in somebody's text: findings, measures, links and warnings, each beside its raw words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from workflows.grammar import Sentence

Meaning = Literal["unknown", "planned", "done"]


@dataclass(frozen=True)
class ReadDate:
    """A date as written; `on` only when the text carries it, `inferred` when its year or day was completed."""

    raw: str
    on: date | None = None
    meaning: Meaning = "unknown"
    inferred: bool = False


@dataclass(frozen=True)
class Link:
    """From a measure to the finding at index `finding`; certain only when the text itself says so."""

    finding: int
    certain: bool
    reason: Sentence


@dataclass(frozen=True)
class ReadFinding:
    """One problem; `deadline_meaning` is unknown where the text does not say whether it is planned or done."""

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


@dataclass(frozen=True)
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

    @property
    def due(self) -> ReadDate | None:
        """The date that may be a deadline: one not known to be the day it was done."""
        return next((when for when in self.dates if when.meaning != "done"), None)


@dataclass(frozen=True)
class Reading:
    """All that one text yielded."""

    findings: tuple[ReadFinding, ...] = ()
    measures: tuple[ReadMeasure, ...] = ()
    warnings: tuple[Sentence, ...] = ()

    @property
    def unlinked_measures(self) -> tuple[ReadMeasure, ...]:
        return tuple(measure for measure in self.measures if not measure.links)

    @property
    def findings_without_measure(self) -> tuple[int, ...]:
        answered = {link.finding for measure in self.measures for link in measure.links}
        return tuple(index for index in range(len(self.findings)) if index not in answered)

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
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _finding(found: ReadFinding) -> dict[str, Any]:
    return {
        "text": found.text,
        "unit": found.unit,
        "owner": found.owner,
        "deadline": _iso(found.deadline),
        "deadline_raw": found.deadline_raw,
        "deadline_meaning": found.deadline_meaning,
        "measures": [],
        "extra": dict(found.extra),
    }


def _measure(measure: ReadMeasure) -> dict[str, Any]:
    due = measure.due
    return {
        "text": measure.text,
        "owner": measure.owner,
        "owner_raw": measure.owner_raw,
        "deadline": _iso(due.on) if due else None,
        "deadline_raw": due.raw if due else "",
    }


def _linked(measure: ReadMeasure, link: Link) -> dict[str, Any]:
    certainty = "certain" if link.certain else "suggested"
    return {**_measure(measure), "link": certainty, "reason": str(link.reason)}
