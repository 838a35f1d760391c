"""The whole life of a finding, through the door."""

from __future__ import annotations

from app.tasks.entries import broken_links
from tests import story


def test_a_finding_goes_from_draft_to_closed_and_leaves_an_unbroken_chain(cast):
    finding = story.closed(cast)
    task = finding.task
    assert (task.state, task.open, task.current_wait) == ("closed", False, None)
    assert [e.step for e in task.entries] == [
        "begin", "issue", "acknowledge", "add_measure", "submit_plan", "approve_plan",
        "report_done", "pass_on", "accept",
    ]  # fmt: skip
    assert broken_links(task.entries) == []
