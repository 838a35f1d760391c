"""A table that contradicts itself is refused when it is made; the drawing shows what stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflows.book import WORKFLOWS
from workflows.drawing import drawn
from workflows.grammar import Contradiction, State, Step, Workflow, say, working_days
from workflows.roles import HEAD, OWNER

OPEN = State("open", "Open", OWNER, working_days(1))
SHUT = State("shut", "Shut")
CLOSE = Step("close", "Close", ("open",), "shut", frozenset({HEAD}))


def made(states=(OPEN, SHUT), steps=(CLOSE,), starts=("open",)) -> Workflow:
    return Workflow("thing", "Thing", states, steps, starts)


def test_a_sound_table_is_taken():
    assert made().ends == {"shut"}


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"states": (OPEN, OPEN, SHUT)}, "share a name"),
        ({"states": (State("open", "Open", OWNER), SHUT)}, "without a clock"),
        ({"states": (OPEN, State("shut", "Shut", None, working_days(1)))}, "end with a clock"),
        ({"steps": (Step("close", "Close", ("open",), "shut", frozenset()),)}, "nobody may take"),
        ({"steps": (CLOSE, Step("x", "X", (), "shut", frozenset({HEAD})))}, "starts nowhere"),
        ({"steps": (CLOSE, Step("x", "X", ("open",), "moon", frozenset({HEAD})))}, "unknown state"),
        ({"steps": (CLOSE, Step("x", "X", ("shut",), "open", frozenset({HEAD})))}, "leaves an end"),
        ({"states": (OPEN, SHUT, State("lost", "Lost"))}, "cannot be reached"),
        ({"steps": (Step("wait", "Wait", ("open",), None, frozenset({HEAD})),)}, "no end can be reached"),
    ],
)
def test_a_contradiction_is_refused_by_name(broken, says):
    with pytest.raises(Contradiction, match=says):
        made(**broken)


def test_a_sentence_is_text_and_remembers_its_message():
    said = say("%(n)d measures still lack evidence.", n=2)
    assert said == "2 measures still lack evidence."
    assert (said.message, said.values["n"]) == ("%(n)d measures still lack evidence.", 2)


def test_the_drawing_of_the_law_is_fresh():
    law = Path(__file__).parents[2] / "workflows" / "LAW.md"
    assert law.read_text(encoding="utf-8") == drawn(), "run: flask --app wsgi draw"


def test_every_step_of_one_name_in_one_state_is_told_apart():
    for workflow in WORKFLOWS.values():
        for step in workflow.steps:
            twins = [t for t in workflow.steps_called(step.name) if t is not step and set(t.frm) & set(step.frm)]
            assert all(twin.when and step.when and twin.when != step.when for twin in twins), step.name
