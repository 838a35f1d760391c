"""To whom an order goes and who signs it: whoever the late task waits on, and the leader above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.people.models import Seat
from app.tasks.models import Party, Task
from app.tasks.refusals import NotYet
from app.units.models import Unit
from workflows.grammar import say
from workflows.roles import Role

OWN_HANDS = (Role.OWNER, Role.HEAD)
HEADED = ("school", "other")  # units with a head; elsewhere whoever reviews for the unit answers


@dataclass(frozen=True)
class Letter:
    """What goes out: to which unit and which post there, what it demands, until when, and where a talk is held."""

    kind: str
    unit: Unit
    demand: str
    due_on: date
    place: str = ""
    light: str = ""
    post: str = ""

    @property
    def answering_post(self) -> str:
        """The post that answers for the unit."""
        return self.post or ("head" if self.unit.kind in HEADED else "reviewer")


@dataclass(frozen=True)
class Sheet:
    """One order of several: to which unit and which post there, about which tasks."""

    unit: Unit
    post: str
    tasks: list[Task]

    def key(self, task: Task) -> str:
        """A row as it was looked at: the task and in whose hands it lay."""
        return f"{task.id}.{self.unit.id}.{self.post}"


def sheets(tasks: Iterable[Task]) -> list[Sheet]:
    """As few orders as there are hands in which those tasks lie, in the order of the tasks."""
    found: dict[tuple[int, str], Sheet] = {}
    for task in tasks:
        unit, post = addressee(task)
        if unit is not None:
            found.setdefault((unit.id, post), Sheet(unit, post, [])).tasks.append(task)
    return list(found.values())


def addressee(task: Task) -> tuple[Unit | None, str]:
    """The unit and the post in whose hands it lies; nobody answers for another's delay."""
    wait = task.current_wait
    if wait is None or wait.role in OWN_HANDS or wait.unit is None or wait.unit_id == task.unit_id:
        return task.unit, ""
    return wait.unit, wait.post or ""


def is_in_own_hands(task: Task) -> bool:
    """Whether the responsible unit holds it now, and not whoever reviews or verifies."""
    wait = task.current_wait
    return wait is None or wait.role in OWN_HANDS


def signing(actor: Any, tasks: Iterable[Task]) -> Seat | None:
    """The seat from which she signs or drafts for all of those tasks: a leader's before an inspector's."""
    paths = [task.unit_path for task in tasks]
    fits = [s for s in actor.seats if s.kind in ("leader", "inspector") and all(p.startswith(s.reach) for p in paths)]
    return next(iter(sorted(fits, key=lambda seat: seat.kind != "leader")), None)


def parties(letter: Letter, tasks: Sequence[Task], actor: Any, seat: Seat, now: datetime) -> list[Party]:
    """Who signs, who answers, who hears of it."""
    answering = [Party(role=Role.HEAD, unit_id=letter.unit.id, post=letter.answering_post, since=now)]
    owners = {task.owner_id for task in tasks if task.owner_id and task.unit_id == letter.unit.id}
    answering += [Party(role=Role.OWNER, unit_id=letter.unit.id, person_id=one, since=now) for one in sorted(owners)]
    signers = _signers(tasks, actor, seat, now)
    if not signers:
        raise NotYet(say("Nobody leads the issuing side, so nobody could sign it. Name a leader first."))
    return [*signers, *answering, *_beside(tasks, actor, seat, now)]


def _signers(tasks: Sequence[Task], actor: Any, seat: Seat, now: datetime) -> list[Party]:
    if seat.kind == "leader":
        who = seat.for_id or actor.id
        return [Party(role=Role.LEADER, unit_id=seat.unit_id, post="leader", since=now),
                Party(role=Role.LEADER, unit_id=seat.unit_id, person_id=who, since=now)]  # fmt: skip
    return _copied(Role.LEADER, tasks, now)


def _beside(tasks: Sequence[Task], actor: Any, seat: Seat, now: datetime) -> list[Party]:
    """The inspectors of what is covered, and by name whoever drafted it."""
    drafted = [Party(role=Role.INSPECTOR, unit_id=seat.unit_id, person_id=actor.id, since=now)]
    return [*(drafted if seat.kind == "inspector" else []), *_copied(Role.INSPECTOR, tasks, now)]


def _copied(role: Role, tasks: Sequence[Task], now: datetime) -> list[Party]:
    stand = {(p.unit_id, p.post, p.person_id): p for task in tasks for p in task.parties_as(role)}
    return [Party(role=role, unit_id=unit, post=post, person_id=person, since=now) for unit, post, person in stand]
