"""What must always hold of tasks, waits, dates and entries: each check finds the tasks for which it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from app.tasks.due import DueDate
from app.tasks.entries import Entry
from app.tasks.models import NO_DATE, Task, Wait
from workflows.sentence import Sentence, say


@dataclass(frozen=True)
class Check:
    """One thing that must hold; `broken` selects the ids of the tasks for which it does not."""

    name: str
    says: Sentence
    broken: Callable[[datetime], Select[Any]]


def _open_waits() -> Any:
    count = select(func.count()).where(Wait.task_id == Task.id, Wait.ended_at.is_(None))
    return count.correlate(Task).scalar_subquery()


def _open_wait(*conditions: Any) -> Select[Any]:
    return select(Task.id).join(Wait, and_(Wait.task_id == Task.id, Wait.ended_at.is_(None))).where(*conditions)


def _last_entry(*conditions: Any) -> Select[Any]:
    last = and_(Entry.task_id == Task.id, Entry.seq == Task.entry_seq)
    return select(Task.id).outerjoin(Entry, last).where(Task.entry_head != "", *conditions)


def _last_due() -> Any:
    last = select(DueDate.on).where(DueDate.task_id == Task.id).order_by(DueDate.id.desc()).limit(1)
    return last.correlate(Task).scalar_subquery()


PARENT, BEFORE = aliased(Task), aliased(Entry)
CHAIN = and_(BEFORE.task_id == Entry.task_id, BEFORE.seq == Entry.seq - 1)

OF_TASKS = (
    Check("no_wait", say("open, but it waits on nobody"),
          lambda now: select(Task.id).where(Task.open, _open_waits() == 0)),
    Check("two_waits", say("waits on two at once"), lambda now: select(Task.id).where(_open_waits() > 1)),
    Check("ended_waits", say("ended, but it still waits"), lambda now: _open_wait(not_(Task.open))),
    Check("wait_elsewhere", say("waits in another state than its own"),
          lambda now: _open_wait(Task.open, or_(Wait.state != Task.state, Wait.level != Task.level))),
    Check("ended_alarm", say("ended, but its alarm is still set"),
          lambda now: select(Task.id).where(not_(Task.open), Task.alarm_at.is_not(None))),
    Check("wait_backwards", say("a wait ended before it began"),
          lambda now: select(Wait.task_id).where(Wait.ended_at < Wait.started_at)),
    Check("no_outcome", say("a wait ended by no step"),
          lambda now: select(Wait.task_id).where(Wait.ended_at.is_not(None), Wait.outcome.is_(None))),
    Check("due_elsewhere", say("its due date is not the last one promised"),
          lambda now: select(Task.id).where(Task.due_on.is_not(None),
                                            func.coalesce(_last_due(), NO_DATE) != Task.due_on)),
    Check("due_key", say("it is sorted under another date than its own"),
          lambda now: select(Task.id).where(func.coalesce(Task.due_on, NO_DATE) != Task.due_key)),
    Check("not_submitted", say("awaits verification, but was never submitted"),
          lambda now: select(Task.id).where(Task.state == "verifying", Task.submitted_at.is_(None))),
    Check("orphan", say("open, although what it belongs to has ended"),
          lambda now: select(Task.id).join(PARENT, PARENT.id == Task.parent_id).where(
              Task.open, not_(PARENT.open), PARENT.kind == "finding")),
    Check("last_entry", say("its last entry is missing"), lambda now: _last_entry(Entry.id.is_(None))),
    Check("head", say("its chain ends in another hash"), lambda now: _last_entry(Entry.hash != Task.entry_head)),
    Check("state_elsewhere", say("stands where no entry led"), lambda now: _last_entry(Entry.to_state != Task.state)),
    Check("chain_gap", say("an entry is missing in its chain"),
          lambda now: select(Entry.task_id).outerjoin(BEFORE, CHAIN).where(Entry.seq > 1, BEFORE.id.is_(None))),
    Check("chain_link", say("an entry does not follow the one before"),
          lambda now: select(Entry.task_id).join(BEFORE, CHAIN).where(Entry.previous != BEFORE.hash)),
    Check("entry_beyond", say("it has entries that it does not know of"),
          lambda now: select(Task.id).where(exists().where(Entry.task_id == Task.id, Entry.seq > Task.entry_seq),
                                            Task.entry_head != "")),
)  # fmt: skip
