"""The whole law, by kind of task."""

from workflows.extension import EXTENSION
from workflows.finding import FINDING
from workflows.grammar import Workflow
from workflows.inspection import INSPECTION
from workflows.measure import MEASURE
from workflows.report import REPORT

WORKFLOWS: dict[str, Workflow] = {
    workflow.kind: workflow for workflow in (INSPECTION, FINDING, MEASURE, EXTENSION, REPORT)
}

WEIGHTS = (("ordinary", "Ordinary"), ("serious", "Serious"), ("major", "Major"))
TRACKS = (
    ("immediate", "At once"),
    ("deadline", "By a deadline"),
    ("long_term", "Long-term"),
)
