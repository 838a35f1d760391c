"""A request for more time (延期): asked before the date, decided by a named person."""

from workflows import asks, sources
from workflows.grammar import State, Step, Taking, Workflow, working_days
from workflows.roles import CLOCK, DECIDER, HEAD, INSPECTOR, OWNER

EXTENSION = Workflow(
    kind="extension",
    label="Extension",
    states=(
        State(
            "asked", "Asked for", DECIDER, working_days(3), "waiting",
            (Taking("paper", frozenset({OWNER, HEAD})),), sources.MORE_TIME,
        ),
        State("granted", "Granted", tone="done"),
        State("refused", "Refused", tone="ended"),
        State("lapsed", "Lapsed", tone="ended"),
    ),
    steps=(
        Step(
            "grant", "Grant", ("asked",), "granted", frozenset({DECIDER}),
            asks=(asks.NEW_DATE, asks.REMARK), tells=(OWNER, HEAD, INSPECTOR), through="extensions",
        ),
        Step(
            "refuse", "Refuse", ("asked",), "refused", frozenset({DECIDER}),
            asks=(asks.REASON,), tells=(OWNER, HEAD), heavy=True,
        ),
        Step("take_back", "Take back", ("asked",), "lapsed", frozenset({OWNER, HEAD}), tells=(DECIDER,)),
        Step("lapse", "Lapsed with its finding", ("asked",), "lapsed", frozenset({CLOCK})),
    ),
    starts=("asked",),
    children_end_with="lapse",
)  # fmt: skip
