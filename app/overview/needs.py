"""What needs a leader's decision, from every room that has such things: a room adds its own to the list below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.escalations import queries_pages
from app.overview import queries
from app.overview.desk import Slip
from app.people.models import Person
from workflows.rungs import LABELS

DECIDED = {"extension", "order", "circular", "talk"}  # kinds of task that are decisions


@dataclass(frozen=True)
class Need:
    """One thing to decide: what it is about, which decision, and where it is taken."""

    title: str
    unit: str
    tag: Any
    page: str
    number: int
    tone: str = ""

    @property
    def url(self) -> str:
        """Where it is decided; asked for by pages only."""
        kind = "proposal" if self.page == "escalations.proposal" else self.page.removesuffix("s.show")
        place: dict[str, Any] = {f"{kind}_id": self.number}
        return url_for(self.page, **place)


def is_decision(slip: Slip) -> bool:
    """Whether what lies in her hands is a decision: more time, an order, an objection."""
    return slip.kind in DECIDED or slip.state == "contested"


def in_hand(_viewer: Person, slips: Iterable[Slip]) -> Iterator[Need]:
    """Requests for more time, orders to sign or accept, and objections that wait on her."""
    for slip in slips:
        if is_decision(slip):
            yield Need(slip.title, slip.unit, slip.verb, f"{slip.kind}s.show", slip.subject_id)


def withdrawals(viewer: Person, _slips: Iterable[Slip]) -> Iterator[Need]:
    """Withdrawals that somebody else proposed and she may confirm."""
    for row in queries.to_withdraw(viewer):
        yield Need(row.title, row.unit or "", _l("Withdrawal proposed"), "findings.show", row.subject_id)


def papers(viewer: Person, _slips: Iterable[Slip]) -> Iterator[Need]:
    """Papers that the ladder drafted for her."""
    for proposal in queries_pages.proposals(viewer):
        unit = proposal.task.unit
        yield Need(proposal.task.title, unit.name if unit else "", LABELS[proposal.kind], "escalations.proposal",
                   proposal.id, proposal.climb.rung.light)  # fmt: skip


NEEDS: tuple[Callable[[Person, Iterable[Slip]], Iterator[Need]], ...] = (in_hand, withdrawals, papers)


def of(viewer: Person, slips: Iterable[Slip]) -> list[Need]:
    """All of them, room by room."""
    slips = list(slips)
    return [need for ask in NEEDS for need in ask(viewer, slips)]
