"""An admonitory talk (约谈): decided and signed by a leader, held on its day, minuted, and its promise kept."""

from workflows import asks
from workflows import effects as do
from workflows.grammar import UNTIL_DUE, State, Step, Workflow, working_days
from workflows.order import ANSWERING, DECIDING, PAPERS
from workflows.roles import HEAD, INSPECTOR, LEADER, OWNER

TALK = Workflow(
    kind="talk",
    label="Admonitory talk",
    states=(
        State("draft", "To be decided", LEADER, working_days(2), "waiting"),
        State("issued", "Talk to be held", LEADER, UNTIL_DUE, "active", PAPERS),
        State("answering", "Promise to be kept", HEAD, UNTIL_DUE, "active", PAPERS),
        State("answered", "Report to be judged", LEADER, working_days(3), "waiting"),
        State("accepted", "Settled", tone="done"),
        State("withdrawn", "Withdrawn", tone="ended"),
    ),
    steps=(
        *DECIDING,
        Step("explain", "Explain", ("issued",), None, frozenset({HEAD}),
             asks=(asks.EXPLANATION,), does=(do.note_explanation,), tells=(LEADER, INSPECTOR)),
        Step(
            "hold", "Record the talk", ("issued",), "answering", frozenset({LEADER, INSPECTOR}),
            asks=(asks.HELD_ON, asks.MINUTES, asks.PROMISE, asks.KEPT_BY), does=(do.note_talk,),
            tells=(HEAD, OWNER, LEADER, INSPECTOR), through="orders",
        ),
        *ANSWERING,
    ),
    starts=("draft",),
)  # fmt: skip
