"""What must always hold of what was climbed, proposed and told, and of the alarms that lead there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, func, not_, or_, select

from app.escalations.checks import Check
from app.escalations.models import PROPOSED, Climb, Proposal
from app.escalations.watches import SetAside
from app.tasks.entries import Entry, Listener
from app.tasks.models import Task, Wait
from workflows.rungs import MACHINE
from workflows.sentence import say

PATIENCE = timedelta(minutes=15)  # a sweep of many is still under way


def _climbed(*conditions: Any) -> Select[Any]:
    return select(Climb.task_id).where(*conditions)


def _twice(now: datetime) -> Select[Any]:
    same = select(Climb.task_id).group_by(Climb.task_id, Climb.wait_id, Climb.rung_id, Climb.until)
    return same.having(func.count() > 1)


def _entry(*conditions: Any) -> Any:
    return exists().where(Entry.id == Climb.entry_id, *conditions)


def _unproposed(now: datetime) -> Select[Any]:
    """A paper's rung that spoke, whose day of grace is over, without a proposal of that kind for its task."""
    there = exists().where(Proposal.task_id == Climb.task_id, Proposal.kind == Climb.kind)
    waits = exists().where(Wait.id == Climb.wait_id, Wait.ended_at.is_(None))
    return _climbed(Climb.kind.in_(PROPOSED), Climb.outcome == "spoke", Climb.grace_until.is_(None),
                    not_(there), waits)  # fmt: skip


def _open_climb(*conditions: Any) -> Any:
    return exists().where(Climb.id == Proposal.climb_id, *conditions)


OF_THE_LADDER = (
    Check("climbed_twice", say("a rung was climbed twice"), _twice),
    Check("climb_elsewhere", say("a climb names another task's wait"),
          lambda now: _climbed(not_(exists().where(Wait.id == Climb.wait_id, Wait.task_id == Climb.task_id)))),
    Check("climb_unsaid", say("a rung spoke, but its entry is missing"),
          lambda now: _climbed(Climb.outcome == "spoke", not_(_entry(Entry.task_id == Climb.task_id)))),
    Check("climb_untold", say("a rung spoke and nobody was told"),
          lambda now: _climbed(Climb.outcome == "spoke", _entry(Entry.facts["unheard"].as_boolean().is_(None)),
                               not_(exists().where(Listener.entry_id == Climb.entry_id)))),
    Check("climb_early", say("a rung spoke before its time"), lambda now: _climbed(Climb.fired_at < Climb.due_at)),
    Check("climb_human", say("a rung was spoken by a person"),
          lambda now: _climbed(Climb.outcome == "spoke", _entry(Entry.actor_id.is_not(None)))),
    Check("held_too_long", say("an acknowledgement holds a paper"),
          lambda now: _climbed(Climb.held_until.is_not(None), Climb.kind.not_in(MACHINE))),
    Check("unproposed", say("a paper should be proposed and is not"), _unproposed),
    Check("grace_over", say("a day of grace is over and nothing was proposed"),
          lambda now: _climbed(Climb.grace_until < now - timedelta(days=1),
                               exists().where(Wait.id == Climb.wait_id, Wait.ended_at.is_(None)))),
    Check("proposal_elsewhere", say("a proposal rests on another task's climb"),
          lambda now: select(Proposal.task_id).where(not_(_open_climb(Climb.task_id == Proposal.task_id)))),
    Check("proposal_kind", say("a proposal is of another kind than its rung"),
          lambda now: select(Proposal.task_id).where(_open_climb(Climb.kind != Proposal.kind))),
    Check("alarm_unheard", say("its alarm rang and nobody looked"),
          lambda now: select(Task.id).where(Task.open, Task.alarm_at < now - PATIENCE)),
    Check("set_aside_long", say("it has broken the tick for more than a day"),
          lambda now: select(SetAside.task_id).where(SetAside.since < now - timedelta(days=1))),
    Check("climb_missing", say("an entry says a rung spoke, but no climb does"),
          lambda now: select(Entry.task_id).where(
              or_(Entry.step == "remind", Entry.step == "urge"), Entry.actor_id.is_(None),
              not_(exists().where(and_(Climb.entry_id == Entry.id))))),
)  # fmt: skip
