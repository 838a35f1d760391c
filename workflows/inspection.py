"""A visit (检查): recorded, its findings issued, then concluded."""

from workflows import asks
from workflows import conditions as need
from workflows.grammar import State, Step, Workflow, working_days
from workflows.roles import INSPECTOR

FINDERS = frozenset({INSPECTOR})

INSPECTION = Workflow(
    kind="inspection",
    label="Inspection",
    states=(
        State("recording", "Being recorded", INSPECTOR, working_days(5), "active"),
        State("concluded", "Concluded", tone="done"),
        State("cancelled", "Cancelled", tone="ended"),
    ),
    steps=(
        Step("edit", "Edit", ("recording",), None, FINDERS, through="inspections", opens=True),
        Step("add_finding", "Add a finding", ("recording",), None, FINDERS, through="findings", opens=True),
        Step("paste", "Take a list in", ("recording",), None, FINDERS, through="intake", opens=True),
        Step("undo_batch", "Lists taken in", ("recording",), None, FINDERS, through="intake", opens=True),
        Step(
            "conclude", "Conclude", ("recording",), "concluded", FINDERS,
            needs=(need.all_findings_are_issued,), asks=(asks.NOTE,),
        ),
        Step(
            "cancel", "Cancel", ("recording",), "cancelled", FINDERS,
            needs=(need.has_no_findings,), asks=(asks.REASON,), heavy=True,
        ),
    ),
    starts=("recording",),
)  # fmt: skip
