"""What a viewer may do with a task, ready to be shown: the next step first, side steps apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.steps.links import is_served, step_page
from app.steps.usual import usual
from app.tasks.models import Task
from app.tasks.perform import missing_for, offers
from app.tasks.refusals import NotYours, OutOfTurn
from app.tasks.standing import roles_of, standing_for
from workflows.grammar import Ask, Sentence, Step, say

# Steps beside the way from finding to closure; a page folds them away.
SIDE = frozenset(
    {
        "comment", "correct", "transfer", "propose_withdrawal", "confirm_withdrawal", "keep", "merge", "discard",
        "reassign", "block", "ask_extension", "cancel", "withdraw",
    }
)  # fmt: skip
BESIDE = frozenset(
    {
        ("inspection", "edit"), ("inspection", "undo_batch"), ("measure", "change"), ("measure", "drop"),
        ("circular", "file"),
    }
)  # fmt: skip
TO_OTHERS = frozenset({"urge"})  # nobody is offered to urge herself
LONG = frozenset({"add_finding", "edit", "paste", "undo_batch"})
KEYS = {"accept": "a", "pass_on": "a", "approve_plan": "a", "send_back": "r", "return_plan": "r"}


@dataclass(frozen=True)
class Offer:
    """One step as a button: where it leads, what it asks, and what is still missing."""

    kind: str
    name: str
    label: str
    url: str
    missing: Sequence[Sentence] = ()
    asks: Sequence[Ask] = ()
    opens: bool = False
    heavy: bool = False
    moves: bool = False
    usual: Mapping[str, Any] = field(default_factory=dict)

    @property
    def at_once(self) -> bool:
        """Whether it is answered where it is offered: a verdict that says yes, and how that was seen."""
        return not self.heavy and any(ask.name == "method" for ask in self.asks)

    @property
    def key(self) -> str:
        """The key that takes it."""
        return KEYS.get(self.name, "")

    @property
    def lifts(self) -> bool:
        """Whether its form is short enough to be lifted into a dialog."""
        return self.name not in LONG

    @property
    def is_side(self) -> bool:
        """Whether it stands beside the way to closure."""
        return self.name in SIDE or (self.kind, self.name) in BESIDE


def offered(task: Task, viewer: Any, now: datetime) -> list[Offer]:
    """The steps `viewer` may take: those possible first, and of these those that carry the task on."""
    barred = TO_OTHERS if _is_hers(task, viewer) else ()
    found = [(step, missing) for step, missing in offers(task, viewer, now)
             if is_served(step) and step.name not in barred]  # fmt: skip
    known = usual(task, [ask for step, missing in found if not missing for ask in step.asks], viewer)
    made = [
        Offer(
            task.kind, step.name, step.label, step_page(task, step), missing,
            asks=step.asks, opens=step.opens, heavy=step.heavy, moves=bool(step.to), usual=known,
        )
        for step, missing in found
    ]  # fmt: skip
    return sorted(made, key=_place)


def _is_hers(task: Task, viewer: Any) -> bool:
    """Whether it waits on her, in her own name or for a unit without an account."""
    return task.workflow.state(task.state).waits_on in roles_of(viewer, task)


def _place(offer: Offer) -> tuple[bool, bool, bool]:
    carries_on = offer.moves and offer.kind != "inspection"  # a visit is filled before it is concluded
    return bool(offer.missing), offer.heavy, not carries_on


def must_be_offered(task: Task, name: str, viewer: Any, now: datetime) -> tuple[Step, list[Sentence]]:
    """The step with what is missing if `viewer` may take it; otherwise whoever asks hears why not."""
    must_be_hers(task, name, viewer)
    step = task.workflow.step(name, task)
    if step is None:
        raise OutOfTurn(say("This step is not possible any more."))
    return step, missing_for(task, step, viewer, now)


def must_be_hers(task: Task, name: str, viewer: Any) -> None:
    """Refuse whoever has no part in a step that exists; one that is gone is refused later, text kept."""
    step = task.workflow.step(name, task)
    if step is not None and standing_for(viewer, task, step) is None:
        raise NotYours(say("Somebody else takes this step."))
