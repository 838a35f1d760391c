"""What proves a finding on its page: the pieces of it and of its measures, each with what else is known of it."""

from __future__ import annotations

from typing import Any

from app.evidence.likeness import judges, worth
from app.evidence.proving import checklist
from app.evidence.serving import also_used, shown
from app.findings.models import Finding
from app.findings.sheet import measure_url
from app.tasks.models import Task


def worth_of(finding: Finding, viewer: Any) -> dict[int, dict[str, Any]]:
    """For whoever judges: what each photo of the finding and its measures is worth; nothing for the unit itself."""
    if not judges(viewer, [finding.task]):
        return {}
    tasks = [finding.task, *(one.task for one in finding.measures)]
    pieces = [piece for task in tasks for piece in task.live_evidence]
    return worth(pieces, viewer, finding.task.found_on, finding.task.unit) if pieces else {}


def more_of(finding: Finding, viewer: Any) -> dict[int, dict[str, Any]]:
    """Of each piece of the finding and its measures: where else its file is used, and for whoever judges its worth."""
    tasks = [finding.task, *(one.task for one in finding.measures)]
    pieces = [piece for task in tasks for piece in task.evidence if piece.is_kept]
    said: dict[int, dict[str, Any]] = {piece.id: {} for piece in pieces}
    also_used(pieces, viewer, said)
    judged = worth_of(finding, viewer)
    return {number: more | judged.get(number, {}) for number, more in said.items()}


def measure(one: Any, judged: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """A measure with its owner, date, result and evidence."""
    checked = checklist(one.proofs, one.task.live_evidence)
    pieces = [shown(piece) | judged.get(piece.id, {}) for piece in one.task.evidence if piece.is_kept]
    return {"text": one.text, "url": measure_url(one), "state": one.task.workflow.state(one.task.state).label,
            "done": one.task.state == "done", "dropped": one.task.state == "dropped", "owner": one.task.owner,
            "due_on": one.task.due_on, "result": one.result, "finished_on": one.finished_on,
            "pieces": pieces, "checked": checked}  # fmt: skip


def by_kind(task: Task, judged: dict[int, dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The standing evidence of the finding itself, ready to be shown."""
    kinds: dict[str, list[dict[str, Any]]] = {}
    for piece in (one for one in task.evidence if one.is_kept):
        kinds.setdefault("before" if piece.kind == "before" else "after", []).append(
            shown(piece) | judged.get(piece.id, {})
        )
    return kinds
