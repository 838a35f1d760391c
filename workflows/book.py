"""The whole law, by kind of task."""

from workflows.circular import CIRCULAR
from workflows.extension import EXTENSION
from workflows.finding import FINDING
from workflows.grammar import Workflow
from workflows.inspection import INSPECTION
from workflows.measure import MEASURE
from workflows.order import ORDER
from workflows.report import REPORT
from workflows.talk import TALK

WORKFLOWS: dict[str, Workflow] = {
    workflow.kind: workflow for workflow in (INSPECTION, FINDING, MEASURE, EXTENSION, REPORT, ORDER, CIRCULAR, TALK)
}

WEIGHTS = (("ordinary", "Ordinary"), ("serious", "Serious"), ("major", "Major"))
TRACKS = (
    ("immediate", "At once"),
    ("deadline", "By a deadline"),
    ("long_term", "Long-term"),
)
