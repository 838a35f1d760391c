"""Deciding what the ladder proposes: sent out, changed or not, or declined with a reason; always by a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update

from app.db import db, unit_of_work
from app.escalations import queries_pages
from app.escalations.models import Proposal
from app.orders import actions as orders
from app.orders.addressing import Letter
from app.orders.models import Order
from app.tasks.models import Task
from app.tasks.record import record
from app.tasks.refusals import NotYet, NotYours, OutOfTurn
from app.tasks.standing import CLOCK, described, roles_of
from workflows import asks
from workflows.grammar import Step, say
from workflows.roles import INSPECTOR, LEADER

# Not a step of any workflow: nothing moves. It is written down and told like one.
DECLINE = Step("decline_proposal", "Declined what the ladder proposed", ("",), None, frozenset({LEADER}),
               asks=(asks.REASON,), tells=(INSPECTOR,))  # fmt: skip


def adopt(proposal: Proposal, letter: Letter, tasks: Sequence[Task], actor: Any, *, now: datetime) -> Order:
    """Sign what was drafted, as the letter says; other proposals of that kind about those tasks are settled by it."""
    _must_decide(proposal, actor)
    _settle([proposal.id], actor, now, outcome="adopted", remark="")
    order = orders.send(letter, tasks, actor, now=now, by=CLOCK, facts={"proposal": proposal.id})
    if order.task.issued_at is None:
        raise NotYours(say("A leader above the unit signs this; an inspector may draft it."))
    same = _open_beside(proposal, tasks)
    if same:
        _settle(same, actor, now, outcome="adopted", remark="")
    adopted = update(Proposal).where(Proposal.id.in_([proposal.id, *same]))
    db.session.execute(adopted.values(order_id=order.id))
    return order


def _open_beside(proposal: Proposal, tasks: Sequence[Task]) -> list[int]:
    about = Proposal.task_id.in_([task.id for task in tasks])
    found = db.session.query(Proposal.id).filter(about, Proposal.kind == proposal.kind, Proposal.decided_at.is_(None))
    return [row.id for row in found.order_by(Proposal.id)]


def decline(proposal: Proposal, actor: Any, reason: str, *, now: datetime) -> None:
    """Decide against it, with a reason that stays on the task."""
    _must_decide(proposal, actor)
    if not reason.strip():
        raise NotYet(say("Please fill in: %(field)s.", field=say("Reason")))
    _settle([proposal.id], actor, now, outcome="dismissed", remark=reason.strip())
    task = proposal.task
    role, party = next(iter(roles_of(actor, task).items()), (LEADER, None))
    record(task, DECLINE.name, actor, described(actor, task, role, party), now, from_state=task.state, step=DECLINE,
           given={"reason": reason.strip()}, facts={"proposed": proposal.kind})  # fmt: skip
    db.session.flush()


def lapse(now: datetime) -> int:
    """Let what nobody needs to decide any more leave the list, with its reason; so a later one finds its place free."""
    if not queries_pages.stale(1):
        return 0
    with unit_of_work():
        rows = queries_pages.stale()
        for why in {row.why for row in rows}:
            over = Proposal.id.in_([row.id for row in rows if row.why == why]), Proposal.decided_at.is_(None)
            db.session.execute(update(Proposal).where(*over).values(outcome="lapsed", remark=why, decided_at=now))
        return len(rows)


def _must_decide(proposal: Proposal, actor: Any) -> None:
    if proposal.decider_id not in actor.identities:
        raise NotYours(say("Somebody else decides this."))


def _settle(ids: list[int], actor: Any, now: datetime, **said: str) -> None:
    """Decided once: whoever comes second hears so."""
    still = update(Proposal).where(Proposal.id.in_(ids), Proposal.decided_at.is_(None))
    done = db.session.execute(still.values(decided_at=now, decided_by_id=actor.id, **said))
    if done.rowcount != len(ids):  # type: ignore[attr-defined]
        raise OutOfTurn(say("This was decided already. Nothing was changed."))
