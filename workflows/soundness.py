"""Whether the table of a workflow is sound: every way in which it could contradict itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflows.grammar import Step, Workflow


def contradictions(workflow: Workflow) -> Iterator[str]:
    """Every way in which the table of `workflow` contradicts itself."""
    names = [state.name for state in workflow.states]
    if len(set(names)) < len(names):
        yield "two states share a name"
    yield from _limbo(workflow)
    for step in workflow.steps:
        yield from _broken_row(step, set(names), workflow.ends)
    yield from _unreachable(workflow)
    yield from _dead_ends(workflow)


def _limbo(workflow: Workflow) -> Iterator[str]:
    for state in workflow.states:
        if not state.is_end and state.within is None:
            yield f"{state.name} waits without a clock"
        if state.is_end and state.within is not None:
            yield f"{state.name} is an end with a clock"


def _broken_row(step: Step, names: set[str], ends: frozenset[str]) -> Iterator[str]:
    if not step.by:
        yield f"nobody may take {step.name}"
    if not step.frm:
        yield f"{step.name} starts nowhere"
    for name in {*step.frm, *([step.to] if step.to else [])} - names:
        yield f"{step.name} names the unknown state {name}"
    if ends & set(step.frm):
        yield f"{step.name} leaves an end"


def _unreachable(workflow: Workflow) -> Iterator[str]:
    onward = {s.name: {t.to or s.name for t in workflow.steps if s.name in t.frm} for s in workflow.states}
    for name in {s.name for s in workflow.states} - reachable(set(workflow.starts), onward):
        yield f"{name} cannot be reached"


def _dead_ends(workflow: Workflow) -> Iterator[str]:
    backward: dict[str, set[str]] = {state.name: set() for state in workflow.states}
    for step in workflow.steps:
        for frm in set(step.frm) & set(backward):
            if step.to in backward:
                backward[step.to].add(frm)
    for name in {s.name for s in workflow.states} - reachable(set(workflow.ends), backward):
        yield f"no end can be reached from {name}"


def reachable(starts: set[str], onward: Mapping[str, set[str]]) -> set[str]:
    """All names that can be reached from `starts` along `onward`."""
    seen, queue = set(starts), deque(starts)
    while queue:
        for name in onward.get(queue.popleft(), set()) - seen:
            seen.add(name)
            queue.append(name)
    return seen
