"""What a viewer may do with a task, ready to be shown: the next step first, side steps apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.steps.links import is_served, step_page
from app.tasks.models import Task
from app.tasks.perform import offers
from workflows.grammar import Ask, Sentence

# Steps beside the way from finding to closure; a page folds them away.
SIDE = frozenset(
    {
        "comment", "correct", "transfer", "propose_withdrawal", "confirm_withdrawal", "keep", "merge", "discard",
        "reassign", "block", "ask_extension", "cancel",
    }
)  # fmt: skip
KEYS = {"accept": "a", "pass_on": "a", "approve_plan": "a", "send_back": "r", "return_plan": "r"}


@dataclass(frozen=True)
class Offer:
    """One step as a button: where it leads, what it asks, and what is still missing."""

    name: str
    label: str
    url: str
    missing: Sequence[Sentence] = ()
    asks: Sequence[Ask] = ()
    opens: bool = False
    heavy: bool = False
    moves: bool = False

    @property
    def key(self) -> str:
        """The key that takes it."""
        return KEYS.get(self.name, "")

    @property
    def is_side(self) -> bool:
        """Whether it stands beside the way to closure."""
        return self.name in SIDE


def offered(task: Task, viewer: Any, now: datetime) -> list[Offer]:
    """The steps `viewer` may take: those possible first, and of these those that carry the task on."""
    made = [
        Offer(step.name, step.label, step_page(task, step), missing, step.asks, step.opens, step.heavy, bool(step.to))
        for step, missing in offers(task, viewer, now) if is_served(step)
    ]  # fmt: skip
    return sorted(made, key=lambda offer: (bool(offer.missing), offer.heavy, not offer.moves))
