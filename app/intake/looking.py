"""A list as it is looked at: every row with what was read, what was corrected, what is wrong and what it may repeat."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from app.intake.differing import Change
from app.intake.fields import day_of, named, wrong_in_measure, wrong_in_row
from app.intake.likeness import Twin
from app.intake.naming import Names, Near
from app.intake.owners import Holder
from app.intake.proposals import Values
from app.intake.reading import ReadDate, ReadFinding, Reading, ReadMeasure
from app.units.models import Unit


@dataclass
class Answer:
    """One measure as a problem's row names it."""

    place: int
    certain: bool
    confirmed: bool


@dataclass
class Problem:
    """One row of problems."""

    place: int
    found: ReadFinding
    said: Values
    wrong: dict[str, str]
    unit: Unit | None
    today: date
    change: Change
    by_alias: bool = False
    answers: list[Answer] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    holder: Holder | None = None
    near_owners: list[Near] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def takes(self) -> bool:
        """Whether it is to be written down."""
        return bool(self.said["take"])

    @property
    def is_bad(self) -> bool:
        """Whether it is to be written down and cannot be."""
        return self.takes and bool(self.wrong)

    @property
    def asks_meaning(self) -> bool:
        """Whether the list leaves open what its date means."""
        return self.found.deadline_meaning == "unknown" and bool(self.found.deadline_raw)

    @property
    def passed(self) -> bool:
        """Whether its deadline has passed."""
        on = day_of(self.said["deadline_on"])
        return bool(on and on < self.today)

    @property
    def lacks(self) -> bool:
        """Whether it could be written down, but not issued yet."""
        return self.unit is None or not self.said["deadline_on"] or self.passed

    @property
    def needs_a_look(self) -> bool:
        """Whether somebody should look at it before it is written down; never at what is there and stays as it is."""
        if self.change.what == "same" and not self.takes:
            return False
        unsure = self.asks_meaning and not self.said["meaning"]
        return bool(self.wrong) or self.lacks or unsure or self.change.what not in ("new", "same")


@dataclass
class Answering:
    """One row of measures."""

    place: int
    read: ReadMeasure
    said: Values
    wrong: dict[str, str]

    @property
    def due(self) -> ReadDate | None:
        return self.read.due

    @property
    def asks_meaning(self) -> bool:
        """Whether the list leaves open what its date means."""
        return self.due is not None and self.due.meaning == "unknown"

    @property
    def is_certain(self) -> bool:
        """Whether the list says of it which problem it answers."""
        return bool(self.read.links) and all(link.certain for link in self.read.links)

    @property
    def answered(self) -> set[int]:
        """The problems it was said to answer."""
        return set(self.said["answers"]) | set(named(self.said))


@dataclass
class Look:
    """The whole list."""

    reading: Reading
    problems: list[Problem]
    measures: list[Answering]
    gone: list[Change] = field(default_factory=list)

    @cached_property
    def taken(self) -> list[Problem]:
        """What is to be written down."""
        return [one for one in self.problems if one.takes]

    @cached_property
    def bad(self) -> list[Problem]:
        """What is to be written down and cannot be."""
        return [one for one in self.problems if one.is_bad]

    @cached_property
    def bad_measures(self) -> list[Answering]:
        return [one for one in self.measures if one.wrong]

    @cached_property
    def bare(self) -> list[int]:
        """Problems for which the list has no measure, not even a suggested one; numbered from 1."""
        return [one.number for one in self.problems if not one.answers]

    @cached_property
    def homeless(self) -> list[int]:
        """Measures that answer no problem, not even perhaps; numbered from 1."""
        answering = {answer.place for problem in self.problems for answer in problem.answers}
        return [one.place + 1 for one in self.measures if one.place not in answering]


def look(
    reading: Reading, rows: list[Values], measures: list[Values], names: Names, changes: list[Change], today: date
) -> Look:
    """Values and readings side by side."""
    problems = [
        Problem(at, found, said, wrong_in_row(said, names), names.find(said["unit"]), today, change,
                names.by_alias(found.unit))
        for at, (found, said, change) in enumerate(zip(reading.findings, rows, changes, strict=True))
    ]  # fmt: skip
    answering = [
        Answering(at, read, said, wrong_in_measure(said, len(problems), [link.finding for link in read.links]))
        for at, (read, said) in enumerate(zip(reading.measures, measures, strict=True))
    ]  # fmt: skip
    for one in answering:
        _answer(problems, one)
    return Look(reading, problems, answering)


def _answer(problems: list[Problem], one: Answering) -> None:
    """Name the measure in the rows of what it answers for certain, by decision, or perhaps."""
    certain = {link.finding for link in one.read.links if link.certain}
    perhaps = {link.finding for link in one.read.links} - certain
    answered = one.answered
    for at in sorted(answered | perhaps):
        if 0 <= at < len(problems):
            problems[at].answers.append(Answer(one.place, at in certain, at in answered))
