"""The monthly progress report (进展报告) of a long-term finding: it keeps the long road on a clock."""

from workflows import asks, sources
from workflows import effects as do
from workflows.grammar import UNTIL_DUE, State, Step, Workflow, working_days
from workflows.roles import CLOCK, HEAD, OWNER, REVIEWER

REPORT = Workflow(
    kind="report",
    label="Progress report",
    states=(
        State("writing", "To be written", OWNER, UNTIL_DUE, "active", (), sources.MONTHLY),
        State("reading", "To be read", REVIEWER, working_days(5), "waiting"),
        State("filed", "Filed", tone="done"),
        State("dropped", "Dropped", tone="ended"),
    ),
    steps=(
        Step(
            "hand_in", "Hand in", ("writing",), "reading", frozenset({OWNER, HEAD}),
            asks=(asks.PROGRESS, asks.PERCENT),
            does=(do.note_progress, do.stamp_submitted), tells=(REVIEWER,),
        ),
        Step(
            "file", "Noted", ("reading",), "filed", frozenset({REVIEWER}),
            asks=(asks.NOTE,), tells=(OWNER,),
        ),
        Step(
            "ask_again", "Send back", ("reading",), "writing", frozenset({REVIEWER}),
            asks=(asks.REASON,), does=(do.clear_submitted,),
            tells=(OWNER, HEAD), through="reports", heavy=True,
        ),
        Step("drop", "Dropped with its finding", ("writing", "reading"), "dropped", frozenset({CLOCK})),
    ),
    starts=("writing",),
    children_end_with="drop",
)  # fmt: skip
