"""A circular (通报): late matters are named to everybody concerned; the unit may explain itself."""

from workflows import asks
from workflows import conditions as need
from workflows import effects as do
from workflows.grammar import State, Step, Workflow, working_days
from workflows.order import DECIDING, PAPERS, SIGNER
from workflows.roles import HEAD, INSPECTOR, LEADER, OWNER

CIRCULAR = Workflow(
    kind="circular",
    label="Circular",
    states=(
        State("draft", "To be decided", LEADER, working_days(2), "waiting"),
        State("issued", "Explanation awaited", HEAD, working_days(5), "active", PAPERS),
        State("answered", "Explanation to be read", LEADER, working_days(3), "waiting"),
        State("accepted", "Settled", tone="done"),
        State("withdrawn", "Withdrawn", tone="ended"),
    ),
    steps=(
        *DECIDING,
        Step(
            "explain", "Explain", ("issued",), "answered", frozenset({HEAD}),
            needs=(need.nothing_is_on_its_way, need.has_a_scan_when_on_behalf), asks=(asks.EXPLANATION,),
            does=(do.note_explanation, do.stamp_submitted), tells=(LEADER, INSPECTOR),
        ),
        Step("accept", "File with the explanation", ("answered",), "accepted", SIGNER,
             asks=(asks.NOTE,), tells=(HEAD, OWNER, INSPECTOR)),
        Step("file", "File without an explanation", ("issued",), "accepted", SIGNER,
             asks=(asks.REASON,), tells=(HEAD, OWNER, INSPECTOR), heavy=True),
        Step("withdraw", "Withdraw", ("issued", "answered"), "withdrawn", SIGNER,
             asks=(asks.REASON,), tells=(HEAD, OWNER, INSPECTOR), heavy=True),
    ),
    starts=("draft",),
)  # fmt: skip
