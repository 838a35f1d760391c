"""What the preview shows beside its fields: what was read, what it may repeat, what is still lacking."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.intake import queries
from app.intake.forms import PreviewForm
from app.intake.forms_row import MeasureForm, RowForm
from app.intake.likeness import Likeness, Twin
from app.intake.naming import Names
from app.intake.reading import ReadDate, ReadFinding, Reading, ReadMeasure
from app.people.models import Person


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
    form: RowForm
    found: ReadFinding
    answers: list[Answer]
    twins: list[Twin]
    passed: bool

    @property
    def asks_meaning(self) -> bool:
        """Whether the list leaves open what its date means."""
        return self.found.deadline_meaning == "unknown" and bool(self.found.deadline_raw)


@dataclass
class Answering:
    """One row of measures."""

    place: int
    form: MeasureForm
    read: ReadMeasure
    texts: dict[int, str] = field(default_factory=dict)

    @property
    def due(self) -> ReadDate | None:
        return self.read.due

    @property
    def asks_meaning(self) -> bool:
        """Whether the list leaves open what its date means."""
        return self.due is not None and self.due.meaning == "unknown"


@dataclass
class Look:
    """The whole preview."""

    problems: list[Problem]
    measures: list[Answering]

    @property
    def bare(self) -> list[int]:
        """Problems for which the list has no measure, not even a suggested one; numbered from 1."""
        return [one.place + 1 for one in self.problems if not one.answers]

    @property
    def homeless(self) -> list[int]:
        """Measures that answer no problem, not even perhaps; numbered from 1."""
        named = {answer.place for problem in self.problems for answer in problem.answers}
        return [one.place + 1 for one in self.measures if one.place not in named]


def look(form: PreviewForm, reading: Reading, names: Names, known: Likeness, today: date) -> Look:
    """Fields and readings side by side."""
    answers = _answers(form, reading)
    problems = [
        _problem(part.form, found, names, known, today, at, answers[at])
        for at, (part, found) in enumerate(zip(form.rows, reading.findings, strict=True))
    ]
    measures = [
        Answering(at, part.form, read, {link.finding: reading.findings[link.finding].text for link in read.links})
        for at, (part, read) in enumerate(zip(form.measures, reading.measures, strict=True))
    ]
    return Look(problems, measures)


def _problem(
    part: RowForm, found: ReadFinding, names: Names, known: Likeness, today: date, at: int, answers: list[Answer]
) -> Problem:
    unit, on = names.find(part.unit.data), part.deadline_on.data
    twins = list(known.twins(part.text.data or "", unit.id if unit else None))
    return Problem(at, part, found, answers, twins, bool(on and on < today))


def _answers(form: PreviewForm, reading: Reading) -> dict[int, list[Answer]]:
    """By problem: what answers it for certain, by decision, or perhaps."""
    found: dict[int, list[Answer]] = {at: [] for at in range(len(reading.findings))}
    for place, (part, read) in enumerate(zip(form.measures, reading.measures, strict=True)):
        certain = {link.finding for link in read.links if link.certain}
        perhaps = {link.finding for link in read.links} - certain
        answered = part.form.answered & set(found)
        for at in sorted(answered | perhaps):
            found[at].append(Answer(place, at in certain, at in answered))
    return found


def known_to(viewer: Person, visit: Any, form: PreviewForm, names: Names) -> Likeness:
    """What is there already at the units that the rows name."""
    units = [names.find(part.form.unit.data) for part in form.rows]
    return Likeness(queries.already_there(viewer, visit, {unit.id for unit in units if unit}))


def leave_out_twins(seen: Look) -> None:
    """At the first look, what the visit has written down word for word is not ticked again."""
    for problem in seen.problems:
        if any(twin.same_words and twin.known.of_this_visit for twin in problem.twins):
            problem.form.take.data = False
