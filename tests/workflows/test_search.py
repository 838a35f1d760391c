"""Searched exhaustively: every standing of every workflow, over tracks, levels and proposals."""

from __future__ import annotations

from itertools import product

import pytest

from tests.workflows.stand_ins import task
from workflows.book import TRACKS, WORKFLOWS
from workflows.circular import CIRCULAR
from workflows.finding import FINDING
from workflows.grammar import UNTIL_DUE, Workflow
from workflows.order import ORDER
from workflows.roles import Role
from workflows.talk import TALK

LEVELS = [(level, levels) for levels in (1, 2, 3) for level in range(1, levels + 1)]
EFFECTS_ON_LEVEL = {"pass_on": lambda level, levels: (level + 1, levels)}
Standing = tuple[str, str, tuple[int, int], bool]


def standings(workflow: Workflow) -> list[Standing]:
    states = [state.name for state in workflow.states if not state.is_end]
    return list(product(states, dict(TRACKS), LEVELS, (False, True)))


def at(standing: Standing):
    state, track, (level, levels), proposed = standing
    return task(state=state, track=track, level=level, levels=levels, withdrawal_by_id=1 if proposed else None)


def onward(workflow: Workflow, standing: Standing) -> set[Standing]:
    """Where each step leads from there; an end stands for all its standings."""
    found = set()
    for step in workflow.steps_for(at(standing)):
        state, track, level, proposed = step.to or standing[0], *standing[1:]
        level = EFFECTS_ON_LEVEL[step.name](*level) if step.name in EFFECTS_ON_LEVEL else level
        if step.name == "report_done":
            level = (1, level[1])
        proposed = {"propose_withdrawal": True, "keep": False}.get(step.name, proposed)
        found.add((state, track, level, proposed))
    return found


def ends_from(workflow: Workflow, start: Standing) -> set[str]:
    seen, queue = {start}, [start]
    while queue:
        standing = queue.pop()
        if standing[0] in workflow.ends:
            continue
        for reached in onward(workflow, standing) - seen:
            seen.add(reached)
            queue.append(reached)
    return {standing[0] for standing in seen} & workflow.ends


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=WORKFLOWS)
def test_from_every_standing_an_end_can_be_reached(workflow):
    for standing in standings(workflow):
        assert ends_from(workflow, standing), standing


def test_every_track_at_every_level_can_be_closed_from_the_draft():
    for track, levels in product(dict(TRACKS), (1, 2, 3)):
        assert "closed" in ends_from(FINDING, ("draft", track, (1, levels), False))


def test_nothing_closes_but_by_a_verifier_or_on_the_spot():
    closing = {step.name: step.by for step in FINDING.steps if step.to == "closed"}
    assert closing == {"accept": {Role.VERIFIER}, "close_on_the_spot": {Role.INSPECTOR}}
    assert all(step.through == "verifications" for step in FINDING.steps if step.to == "closed")


def test_closing_always_asks_who_took_part():
    for step in FINDING.steps:
        if step.to == "closed" or step.name in ("pass_on", "send_back"):
            names = {need.__name__ for need in step.needs}
            assert names & {"verifier_is_not_a_doer", "inspector_is_of_another_unit"}, step.name


def test_only_the_last_level_accepts_and_only_earlier_ones_pass_on():
    for level, levels in LEVELS:
        names = {step.name for step in FINDING.steps_for(task(state="verifying", level=level, levels=levels))}
        assert ("accept" in names, "pass_on" in names) == (level == levels, level < levels)


def test_every_state_waits_on_somebody_who_has_a_step_there():
    for workflow in WORKFLOWS.values():
        for state in workflow.states:
            takers = {role for step in workflow.steps if state.name in step.frm for role in step.by}
            assert state.is_end or state.waits_on in takers, (workflow.kind, state.name)


def test_every_child_ends_with_its_parent_by_the_clock_wherever_it_stands():
    for kind in ("measure", "extension", "report"):
        workflow = WORKFLOWS[kind]
        for state in (state for state in workflow.states if not state.is_end):
            step = workflow.step(workflow.children_end_with, task(state=state.name))
            assert step is not None, (kind, state.name)
            assert Role.CLOCK in step.by
            assert step.to in workflow.ends


def test_only_what_is_being_done_waits_until_the_due_date():
    waiting = {(w.kind, s.name) for w in WORKFLOWS.values() for s in w.states if s.within == UNTIL_DUE}
    assert waiting == {
        ("finding", "rectifying"),
        ("measure", "planned"),
        ("report", "writing"),
        ("order", "answering"),
        ("talk", "issued"),
        ("talk", "answering"),
    }


def test_only_a_leader_decides_what_goes_out_and_judges_what_comes_back():
    for workflow in (ORDER, CIRCULAR, TALK):
        assert {s.by for s in workflow.steps if s.to in ("accepted", "withdrawn")} == {frozenset({Role.LEADER})}
        assert {s.by for s in workflow.steps if "draft" in s.frm} == {frozenset({Role.LEADER})}
        assert Role.CLOCK not in {role for step in workflow.steps for role in step.by}, workflow.kind
