"""A corrective measure (整改措施): planned, then done with its evidence, or dropped with a reason."""

from workflows import asks
from workflows import conditions as need
from workflows import effects as do
from workflows.grammar import UNTIL_DUE, State, Step, Taking, Workflow
from workflows.roles import CLOCK, HEAD, OWNER

DOERS = frozenset({OWNER, HEAD})

MEASURE = Workflow(
    kind="measure",
    label="Measure",
    states=(
        State(
            "planned", "Planned", OWNER, UNTIL_DUE, "active",
            (Taking("after", DOERS), Taking("paper", DOERS), Taking("scan", DOERS)),
        ),
        State("done", "Done", tone="done"),
        State("dropped", "Dropped", tone="ended"),
    ),
    steps=(
        Step("change", "Change", ("planned",), None, DOERS, through="measures", opens=True),
        Step(
            "finish", "Done", ("planned",), "done", DOERS,
            needs=(need.has_its_evidence, need.nothing_is_on_its_way), asks=(asks.RESULT, asks.FINISHED_ON),
            does=(do.note_finished,), through="measures",
        ),
        Step(
            "drop", "Drop", ("planned",), "dropped", DOERS | {CLOCK},
            asks=(asks.REASON,), through="measures", heavy=True,
        ),
    ),
    starts=("planned", "done"),
    children_end_with="drop",
)  # fmt: skip
