"""What people do with ladders: edit, copy, choose where one holds; and acknowledge what a rung said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from app.db import db
from app.escalations.looking import House
from app.escalations.models import Climb, Ladder, LadderChoice, Rung
from app.people.models import Person
from app.tasks.models import Task
from app.tasks.record import record
from app.tasks.refusals import NotYet, OutOfTurn
from app.tasks.standing import described, roles_of
from workflows import rungs as law
from workflows.roles import Role
from workflows.sentence import say

HOLDS = 3  # working days, once for a rung


def rewrite(ladder: Ladder, written: law.Ladder, *, now: datetime, seen: int | None) -> None:
    """Make the rungs those that were written; what is taken away is retired, for climbs name it."""
    if seen is not None and seen != ladder.version:
        raise OutOfTurn(say("Somebody changed this ladder meanwhile. Look at it again; nothing was saved."))
    standing = {rung.id: rung for rung in ladder.standing}
    kept = {rung.id for rung in written.rungs} & standing.keys()
    for number, rung in standing.items():
        if number not in kept:
            rung.retired_at = now
    _make_room(ladder, [standing[number] for number in kept], now)
    for line in written.rungs:
        _write(ladder, standing.get(line.id), line)
    db.session.flush()
    db.session.connection().execute(update(Ladder).where(Ladder.id == ladder.id).values(version=Ladder.version + 1))
    db.session.expire(ladder)
    look_again(now)


def _make_room(ladder: Ladder, kept: list[Rung], now: datetime) -> None:
    """Rungs may trade days: they step aside one by one before they stand where they shall."""
    db.session.flush()
    for rung in kept:
        rung.retired_at = now
    db.session.flush()


def _write(ladder: Ladder, rung: Rung | None, line: law.Rung) -> None:
    rung = rung or Rung(ladder_id=ladder.id)
    rung.days, rung.kind, rung.light, rung.decides = line.days, line.kind, line.light, line.decides
    rung.hears, rung.channels, rung.retired_at = list(line.hears), list(line.channels), None
    db.session.add(rung)


def look_again(now: datetime) -> None:
    """After the rules changed, the tick looks at every open task."""
    db.session.connection().execute(update(Task).where(Task.open).values(alarm_at=now))


def copy(ladder: Ladder, name: str) -> Ladder:
    """A new ladder with the same rungs."""
    if db.session.scalar(select(Ladder.id).where(Ladder.name == name)):
        raise NotYet(say("A ladder is called “%(name)s” already.", name=name))
    made = Ladder(name=name, version=1)
    db.session.add(made)
    db.session.flush()
    for rung in ladder.standing:
        _write(made, None, rung.as_law())
    db.session.flush()
    return made


def choose(ladder: Ladder, unit_id: int | None, weight: str, *, now: datetime) -> LadderChoice:
    """Let a ladder hold for a unit with everything below it and a weight; what held there before gives way."""
    same = LadderChoice.unit_id == unit_id if unit_id else LadderChoice.unit_id.is_(None)
    db.session.execute(delete(LadderChoice).where(same, LadderChoice.weight == weight))
    choice = LadderChoice(unit_id=unit_id, weight=weight, ladder_id=ladder.id)
    db.session.add(choice)
    db.session.flush()
    look_again(now)
    return choice


def unchoose(choice: LadderChoice, *, now: datetime) -> None:
    """Let the next higher choice hold again; the house itself always has one."""
    if choice.unit_id is None and not choice.weight:
        raise NotYet(say("The house needs a ladder; choose another one instead."))
    db.session.delete(choice)
    db.session.flush()
    look_again(now)


def acknowledge(task: Task, actor: Person, at: House, *, now: datetime) -> Climb:
    """已知悉: whoever holds the task has heard, and the machine waits a little; the deadline does not move."""
    climb = to_acknowledge(task)
    if climb is None:
        raise OutOfTurn(say("There is nothing to acknowledge: it was done already, or a paper is under way."))
    if not may_acknowledge(task, actor):
        raise OutOfTurn(say("Only whoever it waits on acknowledges."))
    climb.held_at, climb.held_by = now, actor
    climb.held_until = at.office.moment(HOLDS, now)
    role, party = next(iter(roles_of(actor, task).items()))
    facts: dict[str, Any] = {"held_until": climb.held_until.isoformat(), "days": climb.days}
    record(task, "aware", actor, described(actor, task, role, party), now, from_state=task.state, facts=facts)
    task.alarm_at = now
    db.session.flush()
    return climb


def to_acknowledge(task: Task) -> Climb | None:
    """The last rung that spoke, as long as it is the machine's, nobody acknowledged it, and no paper followed."""
    wait = task.current_wait
    if wait is None:
        return None
    spoken = select(Climb).where(Climb.wait_id == wait.id, Climb.until == wait.until, Climb.outcome == "spoke")
    last = db.session.scalar(spoken.order_by(Climb.days.desc()).limit(1))
    return last if last and last.kind in law.MACHINE and last.held_at is None else None


def may_acknowledge(task: Task, actor: Person) -> bool:
    """Whether it waits on her: by name, or by a post that she fills."""
    wait = task.current_wait
    if wait is None:
        return False
    if wait.person_id is not None:
        return wait.person_id in actor.identities
    return actor.sits(wait.post or "", wait.unit_id) or Role(wait.role) in roles_of(actor, task)
