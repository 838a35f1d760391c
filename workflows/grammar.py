"""The words the law is written in: State, Ask, Step, Workflow; a table that contradicts itself is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from workflows import sources
from workflows.roles import Role
from workflows.sentence import Sentence, say
from workflows.soundness import contradictions, reachable

__all__ = [
    "UNTIL_DUE", "Ask", "Case", "Contradiction", "Sentence", "State", "Step", "Taking", "Within", "Workflow",
    "calendar_days", "contradictions", "reachable", "say", "working_days",
]  # fmt: skip


@dataclass(frozen=True)
class Within:
    """How long a state may wait: `days` working or calendar days, or until the unit's due date."""

    days: int = 0
    unit: Literal["working", "calendar", "due"] = "working"


def working_days(days: int) -> Within:
    """`days` days on which the county works."""
    return Within(days, "working")


def calendar_days(days: int) -> Within:
    """`days` days of the calendar."""
    return Within(days, "calendar")


UNTIL_DUE = Within(0, "due")

Tone = Literal["waiting", "active", "returned", "done", "ended"]


@dataclass(frozen=True)
class Taking:
    """A kind of evidence that a state takes, and from whom."""

    kind: Literal["before", "after", "paper", "scan"]
    by: frozenset[Role]


@dataclass(frozen=True)
class State:
    """Where a task stands, whom it waits on and for how long; without `waits_on` it is an end."""

    name: str
    label: str
    waits_on: Role | None = None
    within: Within | None = None
    tone: Tone = "active"
    takes: tuple[Taking, ...] = ()
    source: str = ""  # the rule its days are taken from, where there is one

    @property
    def days_from(self) -> str:
        """Where its days come from."""
        return self.source or (sources.GIVEN if self.within == UNTIL_DUE else sources.HOUSE)

    @property
    def is_end(self) -> bool:
        return self.waits_on is None


@dataclass(frozen=True)
class Ask:
    """One thing a step asks of the person who takes it; forms, JSON and OpenAPI are built from it."""

    name: str
    label: str
    kind: Literal["text", "line", "date", "choice", "person", "unit", "task", "number"] = "text"
    required: bool = True
    limit: int = 2000
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    bound: Literal["", "future", "past"] = ""


@dataclass(frozen=True)
class Case:
    """What the law looks at when somebody asks for a step."""

    task: Any
    actor: Any
    now: datetime
    today: date
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def subject(self) -> Any:
        """The finding, measure … that the task is about; fetched only by a step whose law asks for it."""
        return self.task.subject


Condition = Callable[[Case], "Sentence | None"]
Effect = Callable[[Case], None]
Test = Callable[[Any], bool]


@dataclass(frozen=True)
class Step:
    """One row of the law: from where, to where (None: stays), by whom, and what must be true first.

    `when` says for which tasks the row exists at all (a track, the last level); `needs` says what is
    still missing and is shown under the button. `through` names the room whose record the step needs;
    `opens` says that this room has a page of its own for it; `heavy` steps ask to be confirmed.
    """

    name: str
    label: str
    frm: tuple[str, ...]
    to: str | None
    by: frozenset[Role]
    when: tuple[Test, ...] = ()
    needs: tuple[Condition, ...] = ()
    asks: tuple[Ask, ...] = ()
    sets: tuple[tuple[str, object], ...] = ()
    does: tuple[Effect, ...] = ()
    tells: tuple[Role, ...] = ()
    through: str | None = None
    opens: bool = False
    heavy: bool = False

    def applies_to(self, task: Any) -> bool:
        """Whether this row exists for `task` as it stands now."""
        return task.state in self.frm and all(test(task) for test in self.when)

    def missing(self, case: Case) -> list[Sentence]:
        """Every sentence that still stands in the way."""
        return [sentence for needed in self.needs if (sentence := needed(case)) is not None]


class Contradiction(ValueError):
    """The table of a workflow contradicts itself."""


@dataclass(frozen=True)
class Workflow:
    """One kind of task: its states and the steps between them, checked when it is made."""

    kind: str
    label: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    starts: tuple[str, ...]
    children_end_with: str | None = None

    def __post_init__(self) -> None:
        problems = list(contradictions(self))
        if problems:
            raise Contradiction(f"{self.kind}: " + "; ".join(problems))

    def state(self, name: str) -> State:
        """The state called `name`."""
        return next(state for state in self.states if state.name == name)

    def steps_called(self, name: str) -> list[Step]:
        """Every row with that name; several rows may share one, told apart by `frm` and `when`."""
        return [step for step in self.steps if step.name == name]

    def step(self, name: str, task: Any) -> Step | None:
        """The row called `name` that exists for `task` as it stands, or None."""
        return next((step for step in self.steps_called(name) if step.applies_to(task)), None)

    def steps_for(self, task: Any) -> list[Step]:
        """Every row that exists for `task` as it stands."""
        return [step for step in self.steps if step.applies_to(task)]

    @property
    def ends(self) -> frozenset[str]:
        return frozenset(state.name for state in self.states if state.is_end)
