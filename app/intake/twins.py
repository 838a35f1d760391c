"""Which open findings may be the same as one: told alike, or with a photo that is on both."""

from __future__ import annotations

from typing import Any

from app.evidence.queries_alike import hints
from app.intake.likeness import bare, overlap, pairs
from app.intake.queries_twins import beside
from app.steps.usual import Likely, suggests
from app.tasks.models import Task
from workflows.grammar import say

MOST, LIKE = 5, 0.2  # a person decides, so rather one too many
SAME, ALIKE, PHOTO = say("The same words"), say("Told alike"), say("The same photo")


@suggests("original")
def twins(task: Task, viewer: Any) -> list[Likely]:
    """Open findings of its unit or visit that it may double, the likeliest first."""
    own, pictured = bare(task.finding.text), _pictured(task, viewer)
    found = []
    for other, text in beside(viewer, task):
        near = overlap(pairs(own), pairs(bare(text)))
        why = SAME if near == 1 else PHOTO if other.id in pictured else ALIKE if near >= LIKE else None
        if why is not None:
            found.append((why is SAME, why is PHOTO, near, Likely(other.number, other.title, why)))
    found.sort(key=lambda one: one[:3], reverse=True)
    return [likely for *_rank, likely in found[:MOST]]


def _pictured(task: Task, viewer: Any) -> set[int]:
    """The tasks whose photos are on it, too, as far as she may see them."""
    pieces = [piece.id for piece in task.live_evidence]
    return {hint.other.task_id for hint, is_seen in hints(viewer, pieces) if is_seen and hint.dismissed_at is None}
