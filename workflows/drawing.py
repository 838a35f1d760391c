"""Draws the law: a diagram and two tables for each kind of task, for the handbook."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.book import WORKFLOWS
from workflows.grammar import State, Step, Within, Workflow
from workflows.roles import LABELS

HEADER = "# The law, drawn\n\nWritten by `flask draw` from `workflows/`; do not edit.\n"


def drawn() -> str:
    """The whole law as Markdown with Mermaid diagrams."""
    return "\n".join([HEADER, *(section(workflow) for workflow in WORKFLOWS.values())])


def section(workflow: Workflow) -> str:
    """One kind of task: its diagram, its states, its steps."""
    return "\n".join([f"## {workflow.label}\n", diagram(workflow), states_table(workflow), steps_table(workflow)])


def diagram(workflow: Workflow) -> str:
    """The states and the steps between them as a Mermaid state diagram."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"  {state.name}: {state.label}" for state in workflow.states]
    lines += [f"  [*] --> {name}" for name in workflow.starts]
    moves = [(frm, step.to, step.label) for step in workflow.steps if step.to for frm in step.frm]
    lines += [f"  {frm} --> {to}: {label}" for frm, to, label in dict.fromkeys(moves)]
    lines += [f"  {state.name} --> [*]" for state in workflow.states if state.is_end]
    return "\n".join([*lines, "```\n"])


def states_table(workflow: Workflow) -> str:
    """Whom each state waits on, and for how long."""
    return table(("State", "Waits on", "Within"), (_state_row(state) for state in workflow.states))


def _state_row(state: State) -> tuple[str, str, str]:
    return state.label, LABELS[state.waits_on] if state.waits_on else "–", spoken(state.within)


def spoken(within: Within | None) -> str:
    """A length of time in words."""
    if within is None:
        return "–"
    return "until the due date" if within.unit == "due" else f"{within.days} {within.unit} days"


def steps_table(workflow: Workflow) -> str:
    """Every step: from where, to where, by whom, what is needed and who is told."""
    return table(
        ("Step", "From", "To", "By", "When", "Needs", "Asks", "Tells"), (_step_row(step) for step in workflow.steps)
    )


def _step_row(step: Step) -> tuple[str, ...]:
    return (
        step.label, ", ".join(step.frm), step.to or "stays", ", ".join(sorted(step.by)),
        _names(step.when), _names(step.needs), ", ".join(ask.name for ask in step.asks), ", ".join(step.tells),
    )  # fmt: skip


def _names(rules: Iterable[object]) -> str:
    return ", ".join(getattr(rule, "__name__", "").replace("_", " ") for rule in rules)


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *(list(row) for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
